#!/usr/bin/env python3
"""distribution.py: what `make dist` writes is what people can install and use.

The archives are the same bytes whoever makes them from the same binary. The .deb is installed by dpkg into a root folder with nothing
in it but the C library, and the tool run there. The man page is clean to man and mandoc and has every command and option; the
completions are asked of the shells; the GitHub action, the workflow of Documentation/CI.md and the pre-commit hook are run.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

import shell_completions

root = pathlib.Path(__file__).resolve().parents[2]
placard = pathlib.Path(os.environ.get("PLACARD_BIN", root / ".build/optimized/release/placard")).resolve()
problems = []
said = []
# What lintian finds and is meant: libraries are linked into the one file, and a release has its maintainer from the environment.
MEANT = {"embedded-library", "bogus-mail-host", "bogus-mail-host-in-debian-changelog"}


def run(*arguments, fails=False, **options):
    """Runs a program that must succeed, or must fail; all that it wrote."""
    result = subprocess.run([str(argument) for argument in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            **{"timeout": 300, **options})
    if (result.returncode != 0) != fails:
        problems.append(f"{' '.join(map(str, arguments[:6]))}: exit code {result.returncode}\n{result.stdout[-1500:]}")
    return result.stdout


def copy_demo(folder):
    for part in ("content", "templates", "scenarios"):
        shutil.copytree(root / part, folder / part)
    for part in ("placard.yaml", "translations.lock"):
        shutil.copy(root / part, folder)
    return folder


def make_twice(folder):
    """The archives, made by different people: another folder, umask, time zone and language."""
    makers = [("one", {}, 0o022, root), ("two", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": str(folder)}, 0o077, folder)]
    made = []
    for name, environment, umask, here in makers:
        made.append(subprocess.Popen(
            [sys.executable, str(root / ".packaging/dist.py"), str(placard), str(folder / name)], cwd=here, umask=umask,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1764500000", **environment}, stdout=subprocess.DEVNULL))
    for process in made:
        if process.wait() != 0:
            sys.exit("distribution: dist.py failed")
    sums = (folder / "one/SHA256SUMS").read_text()
    if sums != (folder / "two/SHA256SUMS").read_text():
        problems.append("the archives are not the same bytes in another folder, umask, time zone and language")
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=folder / "one")
    return folder / "one"


def check_package(package, folder):
    """Installs the package in a bare root, where nothing but the C library is, and runs the tool in it."""
    target = folder / "root"
    enter = [] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user"]
    if not shutil.which("dpkg") or subprocess.run(enter + ["true"], capture_output=True).returncode:
        said.append("no bare root here")
        return
    state = target / "var/lib/dpkg"
    for part in ("info", "updates", "triggers"):
        (state / part).mkdir(parents=True)
    (state / "status").touch()
    (target / "tmp").mkdir()
    install = [*enter, "dpkg", f"--root={target}", "--log=/dev/null", "--install", package]
    if "libc6" not in run(*install, fails=True):
        problems.append("the package does not ask for the C library")
    shutil.rmtree(target / "usr")
    status = subprocess.run(["dpkg-query", "--status", "libc6"], check=True, capture_output=True, text=True).stdout
    (state / "status").write_text("\n".join(line for line in status.splitlines() if not line.startswith(
        ("Depends:", "Conffiles:", " /etc/ld.so", "Recommends:", "Suggests:"))) + "\n\n")
    run(*install)
    for library in re.findall(r"\s(/[^ ]*) \(0x", run("ldd", placard)):
        place = target / library.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(os.path.realpath(library), place)
    (target / "demo").mkdir()
    copy_demo(target / "demo")
    chroot = shutil.which("chroot", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    for arguments in (["--version"], ["check", "--strict", "--project", "/demo"], ["test", "--project", "/demo"],
                      ["init", "/tmp/app"], ["build", "--project", "/tmp/app"]):
        run("env", "-i", *enter, chroot, target, "/usr/bin/placard", *arguments)
    run(*enter, "dpkg", f"--root={target}", "--verify", "placard")
    run(*enter, "dpkg", f"--root={target}", "--log=/dev/null", "--remove", "placard")
    if (target / "usr/bin/placard").exists():
        problems.append("the package leaves the tool behind when it is removed")
    if shutil.which("lintian"):
        found = re.findall(r"^[EW]: placard: ([\w-]+).*$", run("lintian", "--allow-root", "--fail-on", "none", package), re.MULTILINE)
        problems.extend(f"lintian: {tag}" for tag in found if tag not in MEANT)
        said.append("lintian")
    said.append("dpkg in a bare root")


def check_manual(page):
    """No warnings, and every command and option in what a reader sees."""
    if shutil.which("man"):
        text = run("man", "--warnings", "-E", "UTF-8", "-Tutf8", "-l", page, env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "200"})
        text = re.sub(r".\x08|\x1b\[[0-9;]*m", "", text)
        if "warning" in text.split("NAME", 1)[0]:
            problems.append(f"man: {text[:400]}")
        said.append("man")

        def walk(command, names):
            if len(names) > 1 and f"\n   {' '.join(names)}\n" not in text:
                problems.append(f"the man page has no section {' '.join(names)}")
            section = text.split(f"\n   {' '.join(names)}\n")[-1].split("\n   placard ", 1)[0] if len(names) > 1 else text
            for argument in command.get("arguments", []):
                for name in argument.get("names", []):
                    if name["kind"] == "long" and name["name"] not in ("help", "version") and f"--{name['name']}" not in section:
                        problems.append(f"the man page of {' '.join(names)} has no --{name['name']}")
            for below in command.get("subcommands", []):
                if below["commandName"] != "help":
                    walk(below, names + [below["commandName"]])

        walk(json.loads(subprocess.run([placard, "--experimental-dump-help"], capture_output=True).stdout)["command"], ["placard"])
    if shutil.which("mandoc"):
        run("mandoc", "-T", "lint", "-W", "style", page)
        said.append("mandoc")


def run_steps(steps, folder, inputs, path, fails=False):
    """Runs the `run` steps of a workflow or an action as GitHub's runner does."""
    files = {name: folder / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    for step in steps:
        if "run" not in step or "inputs.base" in str(step.get("if")) and not inputs.get("BASE"):
            continue
        environment = {**{name: "" for name in step.get("env", {})}, **inputs, **{name: str(file) for name, file in files.items()},
                       "GITHUB_BASE_REF": "main", "RUNNER_TEMP": str(folder / "runner"), "PATH": path, "HOME": str(folder)}
        output = run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], cwd=folder, env=environment, fails=fails)
        if fails:
            return output
    return files["GITHUB_PATH"].read_text().strip()


def check_action(archive, sums, folder):
    """The action installs an archive, and refuses another one; then the workflow of CI.md is run with what it installed."""
    action = yaml.safe_load((root / ".github/actions/placard/action.yml").read_text())
    page = (root / "Documentation/CI.md").read_text("utf-8")
    workflow = yaml.safe_load(re.search(r"```yaml\n(name: messages\n.*?)```", page, re.DOTALL).group(1))
    steps = workflow["jobs"]["messages"]["steps"]
    if not any(re.match(r"[\w-]+/placard/\.github/actions/placard@v", step.get("uses", "")) for step in steps):
        problems.append("the workflow of CI.md does not use the action")
    if re.search(r"swift (build|run)|make ", json.dumps(workflow)):
        problems.append("the workflow of CI.md compiles the tool")
    copy_demo(folder)
    # As checked out with the history of the base.
    git = ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@b"]
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "one"],
                      ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        run(*git, *arguments)
    right = dict(re.findall(r"^(\w+)  (\S+)$", sums, re.MULTILINE)[::-1])
    digest = next(digest for digest, name in right.items() if name == archive.name)
    inputs = {"ARCHIVE": str(archive), "SHA256": digest}
    places = [f"{pathlib.Path(tool).parent}" for tool in (sys.executable, "/usr/bin/env")]
    place = run_steps(action["runs"]["steps"], folder, inputs, ":".join(places[1:]))
    for wrong in ({"ARCHIVE": str(archive), "SHA256": "0" * 64}, {"VERSION": "main; true", "SERVER": "https://localhost:1"}):
        if "::error title=placard::" not in run_steps(action["runs"]["steps"], folder, wrong, places[1], fails=True):
            problems.append(f"the action does not say what is wrong with {wrong}")
    inputs = {"ARCHIVE": str(archive), "SHA256": digest}
    place = run_steps(action["runs"]["steps"], folder, inputs, places[1])
    run_steps(steps, folder, {}, f"{place}:{places[1]}")
    check_comment(folder, places[1], action["runs"]["steps"], inputs)
    for name in ("placard-junit.xml", "build/bundle/manifest.json", "placard.sarif"):
        if not (folder / name).is_file():
            problems.append(f"the workflow of CI.md writes no {name}")


# In the place of GitHub's own tool: it keeps what it is asked, and knows one comment once there is one.
GH = """#!/bin/sh
echo "$@" >> "$HOME/asked"
for argument in "$@"; do
  case $argument in
    --jq) [ ! -s "$HOME/comment" ] || echo 42 ;;
    body=@*) cp "${argument#body=@}" "$HOME/comment" ;;
  esac
done
"""


def check_comment(folder, path, steps, inputs):
    """With a base the action builds, and comments on the pull request: once, and then that comment is written anew."""
    tools = folder / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    inputs = {**inputs, "BASE": "origin/main", "PROJECT": ".", "OUTPUT": "", "SUMMARY": "build/preview/summary.md", "PULL_REQUEST": "7",
              "GH_REPO": "a/b", "GH_TOKEN": "x"}
    message = folder / "content/coffee/rewards-added.fr.md"
    message.write_text(message.read_text("utf-8").replace("Merci", "Grand merci"), "utf-8")
    for method in ("POST repos/a/b/issues/7/comments", "PATCH repos/a/b/issues/comments/42"):
        run_steps(steps, folder, inputs, f"{tools}:{path}")
        asked = (folder / "asked").read_text().splitlines()
        if method not in asked[-1] or "--jq" not in asked[-2]:
            problems.append(f"the action asks GitHub {asked} in place of {method}")
    comment = (folder / "comment").read_text("utf-8")
    summary = (folder / "build/preview/summary.md").read_text("utf-8")
    if not comment.startswith("<!-- placard ") or not comment.endswith(summary) or "rewards-added" not in summary:
        problems.append(f"the action comments {comment[:300]!r}")
    if (folder / "GITHUB_STEP_SUMMARY").read_text("utf-8") != summary:
        problems.append("the action does not put the summary into the job's")
    (tools / "gh").write_text("#!/bin/sh\nexit 1\n")
    run_steps(steps, folder, inputs, f"{tools}:{path}")


def check_hook(folder, path):
    """The hook, run by pre-commit itself: on a clean commit, and on one with a slip beside another slip that is not in it."""
    tool = pathlib.Path(sys.executable).parent / "pre-commit"
    if not tool.exists():
        said.append("no pre-commit here")
        return
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}", "PRE_COMMIT_HOME": str(folder / "cache"),
                   "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a",
                   "GIT_COMMITTER_EMAIL": "a@b"}
    hooks, project = folder / "hooks", folder / "project"
    hooks.mkdir()
    shutil.copy(root / ".pre-commit-hooks.yaml", hooks)
    run(placard, "init", project)
    for repository in (hooks, project):
        for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "one"]):
            run("git", "-C", repository, *arguments, env=environment)
    hook = [tool, "try-repo", hooks, "placard"]
    run(*hook, "--all-files", cwd=project, env=environment)
    message = project / "content/hello/welcome.md"
    message.write_text(message.read_text("utf-8").replace("trigger:", "triger:"), "utf-8")
    if "welcome.md" not in run(*hook, "--files", "content/hello/welcome.md", "placard.yaml", cwd=project, env=environment, fails=True):
        problems.append("the hook does not name the file")
    run(*hook, "--files", "content/hello/trial-ending.md", cwd=project, env=environment)
    said.append("pre-commit")


def check_image(dist, folder):
    """The Dockerfile makes an image without a network, and the tool in it checks and builds a project beside it."""
    base = re.search(r"^FROM (\S+)$", (root / ".packaging/Dockerfile").read_text("utf-8"), re.MULTILINE).group(1)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if not shutil.which("docker") or subprocess.run(["docker", "info"], **quiet).returncode != 0:
        said.append("no docker here")
        return
    if all(subprocess.run(["docker", *words, base], **quiet).returncode != 0 for words in (["image", "inspect"], ["pull"])):
        said.append(f"no image {base} here")
        return
    run("docker", "build", "--quiet", "--network", "none", "--file", root / ".packaging/Dockerfile", "--tag", "placard-test", dist,
        env={**os.environ, "DOCKER_BUILDKIT": "1"})
    project = folder / "image"
    project.mkdir()
    copy_demo(project)
    inside = ["docker", "run", "--rm", "--network", "none"]
    mounted = [*inside, "--volume", f"{project}:/project", "--user", f"{os.getuid()}:{os.getgid()}"]
    run(*inside, "placard-test", "--version")
    run(*mounted, "placard-test", "check", "--strict")
    run(*mounted, "placard-test", "build")
    if not (project / "build/bundle/manifest.json").is_file():
        problems.append("the tool in the image builds no bundle")
    said.append("docker")


with tempfile.TemporaryDirectory() as temporary:
    work = pathlib.Path(temporary)
    dist = make_twice(work)
    archive, = dist.glob("*.tar.gz")
    for name in ("installed", "action", "hook", "home"):
        (work / name).mkdir()
    run("tar", "--extract", "--gzip", "--file", archive, "--directory", work / "installed", "--strip-components", "1")
    binary, share = work / "installed/bin/placard", work / "installed/share"
    for package in dist.glob("*.deb"):
        check_package(package, work)
    check_manual(share / "man/man1/placard.1")
    wrong, shells = shell_completions.check(share, binary, root, str(work / "home"))
    problems += wrong
    said += shells
    check_action(archive, (dist / "SHA256SUMS").read_text(), work / "action")
    check_hook(work / "hook", str(binary.parent))
    check_image(dist, work)

for problem in problems[:40]:
    print(problem)
if problems:
    print(f"distribution: FAILED, {len(problems)} problems")
    sys.exit(1)
print(f"distribution: ok, by {', '.join(said)}")
