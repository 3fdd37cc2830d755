#!/usr/bin/env python3
"""disk-full.py: fills a real disk, a small tmpfs, and builds, checks, fixes and starts projects on it.

With every amount of space that is too little, from none to nearly enough, and with too few inodes, `placard build` fails
with exit code 3, names what it could not write and a way out, leaves the previous build as it was, byte for byte, and
nothing beside it. With space again, the next build is the one that an empty disk gets. The other commands that write
never leave half a file. What is mounted in a build stays.

Mounts in a mount namespace of its own, which goes with the process: root has one made, others one of a user namespace.
"""
import errno
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.path.abspath(os.environ.get("PLACARD_BIN", root / ".build/release/placard"))
page = 4096
DISK = 4 << 20


def enter_namespace():
    """Runs this script anew where it may mount; says why when it may not."""
    if not sys.platform.startswith("linux"):
        skip("tmpfs is Linux's")
    flags = "-m" if os.getuid() == 0 else "-Urm"
    probe = ["unshare", flags, "sh", "-c", 'd=$(mktemp -d) && mount -t tmpfs none "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s']
    try:
        trial = subprocess.run(probe, capture_output=True, text=True)
    except FileNotFoundError:
        skip("there is no unshare")
    if trial.returncode != 0:
        skip((trial.stderr.strip().splitlines() or ["not permitted"])[0])
    os.environ["PLACARD_MOUNTS"] = "own"
    os.execvp("unshare", ["unshare", flags, sys.executable, *sys.argv])


def skip(reason):
    print(f"disk full: skipped, cannot mount: {reason}")
    sys.exit(0)


def fail(reason, result=None):
    print(f"disk full: FAILED: {reason}")
    if result is not None:
        print(result.stdout + result.stderr)
    sys.exit(1)


def run(*arguments, stdout=subprocess.PIPE):
    return subprocess.run([placard, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True)


def snapshot(folder):
    """Every path below `folder`, hidden ones too, with its bytes; None for a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def free_pages(disk):
    return os.statvfs(disk).f_bavail


def fill(disk, pages):
    """Leaves `pages` pages free."""
    with open(disk / "filler", "wb") as filler:
        filler.truncate(0)
        size = (free_pages(disk) - pages) * page
        if size > 0:
            os.posix_fallocate(filler.fileno(), 0, size)


def fill_inodes(disk, count):
    """Leaves `count` inodes free."""
    (disk / "inodes").mkdir()
    while os.statvfs(disk).f_favail > count:
        (disk / "inodes" / str(os.statvfs(disk).f_favail)).touch()


def change(project, number):
    """A project in which every file of the output differs from the one before."""
    path = project / "content/hello/welcome.md"
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    path.write_text(f"---\n{front}---\nBuild {number} of many.\n", encoding="utf-8")


def expect_failure(result, named, what):
    words = result.stderr
    if result.returncode != 3:
        fail(f"{what}: exit code {result.returncode}", result)
    if os.strerror(errno.ENOSPC) not in words or named not in words or ".placard-staging" in words:
        fail(f"{what}: the error does not say what could not be written", result)
    if "help: free some space" not in words:
        fail(f"{what}: the error does not say what to do", result)


def builds(work, disk):
    project, output = work / "project", disk / "out"
    if run("init", str(project)).returncode != 0:
        fail("the project could not be made")

    def build(folder=output):
        return run("build", "--project", str(project), "--output", str(folder))

    # A disk that is full from the beginning: no build, and the next one is not kept from writing.
    for pages in range(0, 8):
        fill(disk, pages)
        expect_failure(build(), str(output), f"the first build, {pages} pages free")
        if any(path.is_file() and path.stat().st_size for path in output.rglob("*") if path.name[0] != "."):
            fail("a first build that failed left files")
    (disk / "filler").unlink()
    before_first = free_pages(disk)
    result = build()
    if result.returncode != 0:
        fail("the build with space again", result)
    needed = before_first - free_pages(disk)

    failures = 0
    previous = snapshot(output)
    attempt, pages = 0, 0
    while True:
        attempt += 1
        change(project, attempt)
        fill(disk, pages)
        result = build()
        if result.returncode == 0:
            break
        failures += 1
        expect_failure(result, str(output), f"{pages} pages free")
        if snapshot(output) != previous:
            fail(f"{pages} pages free: the previous build is another now")
        if pages > 2 * needed:
            fail(f"{pages} pages do not suffice for a build of {needed}", result)
        pages += 1 if pages < 8 else 3
    if failures < 10:
        fail(f"only {failures} amounts of space were too little")
    (disk / "filler").unlink()

    previous = snapshot(output)
    inodes = 0
    while True:
        attempt += 1
        change(project, attempt)
        fill_inodes(disk, inodes)
        result = build()
        shutil.rmtree(disk / "inodes")
        if result.returncode == 0:
            break
        failures += 1
        expect_failure(result, str(output), f"{inodes} inodes free")
        if snapshot(output) != previous:
            fail(f"{inodes} inodes free: the previous build is another now")
        inodes += 2

    # Whatever failed before, the build is the one that an empty folder gets; the targets of the one before go with the second.
    if build(work / "elsewhere").returncode != 0 or build().returncode != 0 or build().returncode != 0:
        fail("the builds with space again")
    elsewhere, here = snapshot(work / "elsewhere"), snapshot(output)
    # It tells a folder from any other.
    if elsewhere.pop(".placard-output") == here.pop(".placard-output"):
        fail("two folders have the same mark")
    if elsewhere != here:
        fail("the build on the disk that was full is another")
    return failures


def other_commands(disk):
    """What else writes: `init`, `new`, `check --fix`, and standard output into a file."""
    project = disk / "project"
    if run("init", str(project)).returncode != 0:
        fail("the project could not be made")
    source = project / "content/hello/welcome.md"
    source.write_text(source.read_text(encoding="utf-8") + "A bell: \a.\n", encoding="utf-8")
    wrong = source.read_bytes()
    fill(disk, 0)
    for arguments in (["init", str(disk / "other")], ["new", "message", "sale", "--template", "banner"],
                      ["check", "--fix"]):
        where = ["--project", str(project)] if arguments[0] != "init" else []
        result = run(*arguments, *where)
        if result.returncode != 3 or os.strerror(errno.ENOSPC) not in result.stderr:
            fail(f"placard {arguments[0]} on a full disk: exit code {result.returncode}", result)
        if source.read_bytes() != wrong:
            fail(f"placard {arguments[0]} on a full disk damaged a source file")
    for path in [*(project / "content").rglob("sale.md"), *disk.glob("other*")]:
        fail(f"on a full disk {path} was left")
    with open(disk / "report.sarif", "w", encoding="utf-8") as report:
        result = run("check", "--format", "sarif", "--project", str(project), stdout=report)
    if result.returncode != 3 or "standard output" not in result.stderr:
        fail(f"a report that could not be written: exit code {result.returncode}", result)
    (disk / "filler").unlink()
    if run("check", "--fix", "--project", str(project)).returncode != 0:
        fail("check --fix with space again")


def mounted(work, disk):
    """A folder of the same disk, mounted in the preview, is somebody else's: it goes with no build."""
    project = work / "mounted"
    run("init", str(project))
    out, mine = disk / "out", disk / "mine"
    (mine / "below").mkdir(parents=True)
    (mine / "below" / "diary.txt").write_text("mine", encoding="utf-8")
    where = ["--project", str(project), "--output", str(out)]
    for place in ["preview/m/data", "bundle/targets/data"]:
        result = run("build", *where)
        if result.returncode != 0:
            fail("a build before a folder is mounted in it", result)
        (out / place).mkdir()
        subprocess.run(["mount", "--bind", str(mine), str(out / place)], check=True)
        try:
            for _ in range(2):
                result = run("build", *where)
                if result.returncode == 0 and any(out.glob(".placard-staging-*")) and "is mounted in it" not in result.stderr:
                    fail("a build left its staging folder without a word", result)
                if [path.name for path in mine.rglob("*")] != ["below", "diary.txt"]:
                    fail(f"what was mounted in {place} is gone")
        finally:
            # It may have been moved with the folder that it was in.
            for line in pathlib.Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
                if line.split()[1].endswith("/data") and line.split()[1].startswith(str(out)):
                    subprocess.run(["umount", line.split()[1]], check=True)


if "PLACARD_MOUNTS" not in os.environ:
    enter_namespace()
with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    disk = work / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},nr_inodes=2000", "none", str(disk)], check=True)
    try:
        failures = builds(work, disk)
        shutil.rmtree(disk / "out")
        other_commands(disk)
        mounted(work, disk)
    finally:
        subprocess.run(["umount", str(disk)], check=False)
print(f"disk full: ok, {failures} builds failed for want of space or inodes, and the previous one stood each time")
