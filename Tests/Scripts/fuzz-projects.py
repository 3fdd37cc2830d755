#!/usr/bin/env python3
"""fuzz-projects.py: whole projects, partly hostile, through the tool; what must hold of any project is held by other parsers.

Each input is a project with an outside that nothing may touch: files, links, pipes, names, front matter, Markdown,
MessageFormat, CEL, Mustache, CSS, images, an output folder that a repository brought along. Of each run: it ends in time
and memory, with an exit code from 0 to 3; twice the same, it prints and writes the same; the outside and the project's
files stay as they are and what is outside is not told; the bundle is what its manifest says; the preview is inert;
everything printed is clean.

PLACARD_FUZZ_SECONDS (30) is how long; PLACARD_FUZZ_SEED (1) where to begin; PLACARD_FUZZ_ONE=SEED repeats one input and
keeps its project; PLACARD_FUZZ_LIMIT (20) the seconds that a run may take.
"""
import collections
import concurrent.futures
import os
import pathlib
import random
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import time

import fuzz_oracles as oracles
from fuzz_inputs import SECRET, Project

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Runs stand in folders of their own, so that a relative path would lead to nothing there.
PLACARD = os.path.abspath(os.environ.get("PLACARD_BIN", ROOT / ".build/release/placard"))
LIMIT = float(os.environ.get("PLACARD_FUZZ_LIMIT", "20"))
MEMORY = 1 << 30
BYTES = 200 << 20
MOMENT = re.compile(rb", \d+(?:\.\d+)? m?s\b")


class Fault(Exception):
    """What does not hold."""


class Input:
    """One project, and the runs of the tool on it."""

    def __init__(self, seed, folder):
        self.chance = random.Random(seed)
        self.project = Project(self.chance, folder)
        self.folder = pathlib.Path(folder)
        self.runs = 0
        self.codes = collections.Counter()

    def run(self, *arguments, form="human"):
        """Runs the tool in the project's folder; gives its exit code and all that it printed."""
        self.runs += 1
        # Output goes to files, so that a tool which prints without end fills no memory here.
        with open(self.folder / "stdout", "w+b") as out, open(self.folder / "stderr", "w+b") as err:
            process = subprocess.Popen([PLACARD, *map(str, arguments)], cwd=self.project.root, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                       env={"PATH": os.environ["PATH"], "CI": "true"}, preexec_fn=bounded)
            end = time.monotonic() + LIMIT
            pid = 0
            while not pid:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if not pid and time.monotonic() > end:
                    process.kill()
                    os.wait4(process.pid, 0)
                    process.returncode = -9
                    raise Fault(f"placard {arguments[0]} does not end within {LIMIT} s")
                time.sleep(0.002)
            process.returncode = code = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            streams = (out.read(), err.read())
        where = f"placard {' '.join(map(str, arguments))}"
        if not 0 <= code <= 3:
            raise Fault(f"{where}: exit code {code}: {streams[1][-300:]!r}")
        if usage.ru_maxrss * 1024 > MEMORY:
            raise Fault(f"{where}: {usage.ru_maxrss >> 10} MB of memory")
        self.codes[code] += 1
        for data, stream in zip(streams, ("stdout", "stderr")):
            fault = oracles.printed(data, form, stream)
            if fault:
                raise Fault(f"{where}: {fault}")
            if SECRET.encode() in data:
                raise Fault(f"{where}: prints what is outside of the project")
        return code, MOMENT.sub(b"", streams[0] + streams[1])

    def build(self):
        """Builds twice, and reads what came out."""
        output = self.folder / "output"
        first = self.run("build", "--output", output)
        written = oracles.tree(output) if output.exists() else {}
        if output.exists():
            shutil.rmtree(output)
        if self.run("build", "--output", output) != first:
            raise Fault("the second build prints something else")
        if (oracles.tree(output) if output.exists() else {}) != written:
            raise Fault("the second build writes something else")
        if first[0] != 0:
            if written:
                raise Fault("a build with errors wrote something")
            return
        if any(SECRET.encode() in data for data in written.values()):
            raise Fault("the build holds what is outside of the project")
        fault = oracles.bundle(output / "bundle") or oracles.preview(output / "preview", lambda pages: self.chance.sample(sorted(pages), min(2, len(pages))))
        if fault:
            raise Fault(fault)

    def others(self):
        """Some of the other commands."""
        chance = self.chance
        for kind in chance.sample(["check", "test", "explain", "output", "fix"], 2):
            if kind == "check":
                form = chance.choice(["human", "json", "sarif", "github"])
                self.run("check", "--format", form, form=form)
            elif kind == "test":
                form = chance.choice(["human", "junit"])
                self.run("test", "--format", form, form=form)
            elif kind == "explain":
                self.run("explain", "--event", "order", "--context", '{"user":{"country":"FR","tags":["gold"]},"app":{"version":"3.4.0"}}', "--properties",
                         '{"order_id":"A-1","items":2,"status":"ready","when":"2026-12-02T06:00:00Z"}', *chance.choice([(), ("--json",), ("--message", self.project.messages[0])]))
            elif kind == "output":
                self.run("build")
            else:
                self.run("check", "--fix")

    def check(self):
        self.project.make()
        outside = oracles.snapshot(self.project.outside)
        inside = oracles.snapshot(self.project.root)
        self.build()
        if oracles.snapshot(self.project.root) != inside:
            raise Fault("a build changes the project")
        self.others()
        changed = [name for name, value in oracles.snapshot(self.project.outside).items() if outside.get(name) != value]
        if changed or len(oracles.snapshot(self.project.outside)) != len(outside):
            raise Fault(f"what is outside has changed: {changed}")


def bounded():
    resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def one(seed, keep=False):
    """Why an input fails, how often the tool ran for it, and the exit codes."""
    folder = tempfile.mkdtemp(prefix="placard-fuzz-")
    subject = Input(seed, folder)
    fault = None
    try:
        subject.check()
    except Fault as found:
        fault = str(found)
    except Exception as found:  # What an oracle cannot read is a fault of what it read.
        fault = f"{type(found).__name__}: {found}"
    if keep:
        print(folder)
    else:
        shutil.rmtree(folder, onerror=lambda function, path, _: (os.chmod(path, stat.S_IRWXU), function(path)))
    return seed, fault, subject.runs, subject.codes


def main():
    if not os.access(PLACARD, os.X_OK):
        sys.exit(f"fuzz projects: FAILED, there is no tool at {PLACARD}; make build, or name another in PLACARD_BIN")
    if "PLACARD_FUZZ_ONE" in os.environ:
        seed, fault, runs, codes = one(int(os.environ["PLACARD_FUZZ_ONE"]), keep=True)
        print(f"fuzz projects: seed {seed}: {fault or 'holds'}; {runs} runs, exit codes {dict(codes)}")
        sys.exit(fault is not None)
    seconds = float(os.environ.get("PLACARD_FUZZ_SECONDS", "30"))
    seed = int(os.environ.get("PLACARD_FUZZ_SEED", "1"))
    inputs = runs = 0
    faults, codes = [], collections.Counter()
    end = time.monotonic() + seconds
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        waiting = set()
        while time.monotonic() < end and len(faults) < 50 or waiting:
            while time.monotonic() < end and len(faults) < 50 and len(waiting) < 2 * (os.cpu_count() or 1):
                waiting.add(pool.submit(one, seed))
                seed += 1
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for result in done:
                failed, fault, count, seen = result.result()
                inputs, runs = inputs + 1, runs + count
                codes.update(seen)
                if fault:
                    faults.append(f"PLACARD_FUZZ_ONE={failed}: {fault[:600]}")
    for fault in faults:
        print(fault)
    told = ", ".join(f"{count} ended with {code}" for code, count in sorted(codes.items()))
    if faults or inputs < 10 or codes[0] == 0:
        print(f"fuzz projects: FAILED, {len(faults)} of {inputs} inputs; {runs} runs: {told}")
        sys.exit(1)
    print(f"fuzz projects: ok, {inputs} inputs, {runs} runs: {told}")


main()
