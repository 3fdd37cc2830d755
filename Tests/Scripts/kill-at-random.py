#!/usr/bin/env python3
"""kill-at-random.py [COUNT]: kills `placard build` at random moments and reads the output each time.

Whatever the moment, the output folder holds one whole build, the previous or the next: the manifest parses, every
file that it names is there with its length and hash, and the preview is complete. Between kills the project changes,
so that a mixture of two builds would show. Moments are drawn from the time of a build, which is measured again as it
changes. While builds run, another reader takes the manifest and then the files that it
names, again and again: they are there, though a build may have put another manifest in its place meanwhile.
"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.path.abspath(os.environ.get("PLACARD_BIN", root / ".build/release/placard"))
count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
seed = int(os.environ.get("PLACARD_SEED", "20261122"))
chance = random.Random(seed)


def build(project):
    """A build that is not killed; what it finds in a project that no translator has seen is of no interest."""
    subprocess.run([placard, "build", "--project", str(project)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fail(reason):
    print(f"kill at random: FAILED after {killed} kills (PLACARD_SEED={seed}): {reason}")
    sys.exit(1)


def read_build(folder):
    """The release that the folder holds, as the number that its message tells; fails when it is not whole."""
    bundle = folder / "bundle"
    manifest = json.loads((bundle / "manifest.json").read_bytes())
    named = [manifest["catalog"], *manifest["locales"].values(), *manifest.get("assets", {}).values()]
    for target in named:
        data = (bundle / target["path"]).read_bytes()
        if len(data) != target["bytes"] or hashlib.sha256(data).hexdigest() != target["sha256"]:
            fail(f"{target['path']} is not what the manifest says")
    texts = json.loads((bundle / manifest["locales"][manifest["source"]]["path"]).read_bytes())
    number = texts["messages"]["welcome"]["fields"]["body"]["text"].split()[1]
    index = folder / "preview/index.html"
    if not index.read_bytes().rstrip().endswith(b"</html>"):
        fail("the preview's index is not whole")
    page = folder / "preview/m/welcome.html"
    if not page.read_bytes().rstrip().endswith(b"</html>"):
        fail("a page of the preview is not whole")
    sent = {json.loads(path.read_bytes())["aps"]["alert"]["body"] for path in folder.glob("push/*/*.apns.json")}
    if len(sent) != 1:
        fail(f"the notifications are of {len(sent)} builds")
    return number


def write(project, number):
    """A project in which every file of the output differs from build to build."""
    path = project / "content/hello/welcome.md"
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    path.write_text(f"---\n{front}---\nBuild {number} of many.\n", encoding="utf-8")
    for name in ("one", "two"):
        (project / f"content/hello/news-{name}.md").write_text(
            f"---\ntemplate: push\ntrigger: {{event: session_start}}\npush: {{body: Build {number} of many}}\n---\n")
    source = (project / "content/hello/trial-ending.md").read_text(encoding="utf-8")
    for index in range(40):
        (project / f"content/hello/copy-{index}.md").write_text(source.replace("Your trial", f"Trial {number}"))


class Reader(threading.Thread):
    """Reads the bundle as a client does, as often as it can."""

    def __init__(self, bundle):
        super().__init__(daemon=True)
        self.bundle, self.reads, self.missing, self.ends = bundle, 0, [], False

    def run(self):
        while not self.ends:
            manifest = json.loads((self.bundle / "manifest.json").read_bytes())
            for target in [manifest["catalog"], *manifest["locales"].values(), *manifest.get("assets", {}).values()]:
                try:
                    data = (self.bundle / target["path"]).read_bytes()
                except FileNotFoundError:
                    self.missing.append(target["path"])
                    continue
                if hashlib.sha256(data).hexdigest() != target["sha256"]:
                    self.missing.append(target["path"] + " (other bytes)")
            self.reads += 1
            time.sleep(0.001)


killed = 0
with tempfile.TemporaryDirectory() as work:
    project = pathlib.Path(work) / "project"
    subprocess.run([placard, "init", str(project)], check=True, stdout=subprocess.DEVNULL)
    write(project, "0")
    output = project / "build"

    def measured(number):
        """How long a build takes now, from the start of its process to its end."""
        write(project, number)
        begin = time.monotonic()
        build(project)
        return time.monotonic() - begin

    # A build over another is what is killed; the first one is of an empty folder, and of a cold cache.
    measured("0")
    whole = min(measured(f"0.{attempt}") for attempt in range(3))
    seen = {"old": 0, "new": 0}
    reader = Reader(output / "bundle")
    reader.start()
    for attempt in range(1, count + 1):
        before = read_build(output)
        write(project, str(attempt))
        begin = time.monotonic()
        process = subprocess.Popen(
            [placard, "build", "--project", str(project)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Every fifth build ends by itself: it tells how long one takes, since machines are busy at times.
        ends = attempt % 5 == 0
        try:
            process.wait(None if ends else chance.uniform(0, whole * 1.1))
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.wait()
        if ends:
            whole = time.monotonic() - begin
        after = read_build(output)
        if after not in (before, str(attempt)):
            fail(f"build {after} instead of {before} or {attempt}")
        seen["new" if after == str(attempt) else "old"] += 1
    reader.ends = True
    reader.join()
    if killed < count // 2 or min(seen.values()) < count // 10:
        fail(f"{killed} of {count} builds were killed, the old build stood {seen['old']} times and the new one {seen['new']}")
    if reader.missing:
        fail(f"in {reader.reads} reads files of the manifest were not there: {reader.missing[:3]}")
    write(project, "last")
    build(project)
    if read_build(output) != "last":
        fail("the last build is not there")
    left = [path.name for path in output.iterdir() if "staging" in path.name]
    if left:
        fail(f"left behind: {left}")
    shutil.rmtree(project)
print(f"kill at random: ok, {count} builds, {killed} killed; {seen['old']} times the old build stood, {seen['new']} the new; "
      f"{reader.reads} reads meanwhile")
