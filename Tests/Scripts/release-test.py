#!/usr/bin/env python3
"""release-test.py [PLACARD]: releases as others read them.

Releases a project through the command line, and updates from it over HTTP with python-tuf's client, which gets every target of three
releases, a rotation of the root's keys and of the timestamp's, a rollback and a promotion. Then what must not happen: bytes that are
flipped, keys that others can read, signatures that are missing, a copy that is killed. nginx, rclone and the AWS command line (against
moto) serve and copy a release where they are installed; the closing line says which ran.
"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import release_hostile
import release_memory
import release_recovery
import release_rules
from release_support import Client, edit, expect, killed, placard, problems, root, run, serve

ran = []


def releases(folder):
    """Three releases, rotations, a rollback and another channel, with a client that follows."""
    project = folder / "project"
    run("init", "project", folder=folder)
    expect("1 of 1" in run("keys", "generate", folder=project) + run("keys", "list", folder=project), "the keys are not listed")
    expect("SOURCE_DATE_EPOCH" in run("release", folder=project, expected=2), "a release without a date was made")
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.com"]
    for command in (["init", "-q", "."], ["add", "-A"], ["commit", "-q", "-m", "first"]):
        subprocess.run(git + command, cwd=project, check=True)
    tracked = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, text=True).stdout
    expect("keys/1.root.json" in tracked and "private" not in tracked, "the private keys would be committed")
    pinned = (project / "keys/1.root.json").read_bytes()
    url = serve(project / "release")
    client = Client(url, pinned, folder / "client")

    expect("Released 1" in run("release", folder=project), "the first release")
    expect(client.update()["release"] == 1, "python-tuf does not have release 1")
    before = {path: path.read_bytes() for path in (project / "release").rglob("*.json")}
    expect("Nothing has changed" in run("release", folder=project), "an unchanged project made a release")
    expect(before == {path: path.read_bytes() for path in (project / "release").rglob("*.json")}, "and wrote something")

    edit(project, "The second.")
    expect("Released 2" in run("release", folder=project), "the second release")
    expect(client.update()["release"] == 2, "python-tuf does not have release 2")
    run("keys", "rotate", "root", folder=project)
    run("keys", "rotate", "timestamp", "--scheme", "p256", folder=project)
    run("refresh", "release", folder=project)
    expect(client.update()["release"] == 2, "python-tuf after a refresh")
    edit(project, "The third.")
    expect("Released 3" in run("release", folder=project), "the third release")
    expect(client.update()["release"] == 3, "python-tuf does not have release 3 after the root's rotation")
    expect(len(client.patched) == 3, f"{len(client.patched)} patches lead from two releases to the third, not 3")
    late = Client(url, pinned, folder / "late")
    expect(late.update()["release"] == 3, "a client of the first root does not get to the third release")

    second = json.loads((project / "release/metadata/2.targets.json").read_bytes())["signed"]["targets"]
    expect("Released 4" in run("release", "--rollback", "2", folder=project), "a rollback is no new release")
    manifest = client.update()
    expect(manifest["release"] == 4, "python-tuf does not have the rollback")
    expect(manifest["locales"]["en"]["sha256"] == second["en.json"]["hashes"]["sha256"], "the rollback has other content")

    expect("Released 1" in run("release", "--from", "release", "--output", "production", folder=project), "a promotion")
    other = Client(serve(project / "production"), pinned, folder / "other")
    promoted = other.update()
    expect(promoted["release"] == 1 and promoted["content"] == manifest["content"], "the promotion has other content")
    expect("Released 5" in run("release", "--last", url, "--output", "elsewhere", folder=project), "--last URL")
    expect("not, as the file they begin with" in run("verify", "elsewhere", folder=project), "patches from a release that is elsewhere")
    expect("as signed" in run("verify", url, folder=project), "verify URL")
    expect("Released 2" in run("release", "--from", "elsewhere", "--output", "production", folder=project), "a second promotion")
    expect(other.update()["release"] == 2 and len(other.patched) > 0, "a channel has no patches from its own releases")
    expect("Nothing has changed" in run("release", "--project", "project", "--output", "project/elsewhere", folder=folder), "keys of --project")
    expect("--rollback" in run("publish", str(folder / "project/release"), "--release", "production", folder=project, expected=2),
           "an older release was published over a newer one")

    run("release", "--keep", "2", folder=project)
    names = {path.name for path in (project / "release/metadata").iterdir()}
    expect({"1.root.json", "2.root.json", "3.root.json", "timestamp.json"} <= names, "roots were pruned")
    expect("1.targets.json" not in names and "2.targets.json" not in names, "--keep 2 kept older releases")
    expect(client.update()["release"] == 5, "python-tuf after pruning")
    run("verify", "release", folder=project)
    return project, pinned


def demo(folder):
    """The demo, which has images: the manifest's digest is the one of its files, as clients compute it."""
    project = folder / "demo"
    project.mkdir()
    for name in ("content", "templates", "scenarios", "placard.yaml", "translations.lock"):
        source = root / name
        shutil.copytree(source, project / name) if source.is_dir() else shutil.copy(source, project)
    date = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    run("keys", "generate", folder=project)
    run("release", folder=project, **date)
    pinned = (project / "keys/1.root.json").read_bytes()
    manifest = Client(serve(project / "release"), pinned, folder / "demo-client").update()
    expect(manifest["assets"], "the demo has no images")
    named = [manifest["catalog"], *manifest["locales"].values(), *manifest["assets"].values()]
    paths = sorted({entry["path"] for entry in named})
    expect(manifest["content"] == hashlib.sha256("".join(f"{path}\n" for path in paths).encode()).hexdigest(), "the digest of the content")
    expect("Nothing has changed" in run("release", folder=project, **date), "the demo, unchanged, made a release")


def attacks(project):
    """Every byte of small files flipped: clients would refuse it."""
    flipped = 0
    metadata = project / "release/metadata"
    current = json.loads((metadata / "timestamp.json").read_bytes())["signed"]["meta"]["snapshot.json"]["version"]
    snapshot = json.loads((metadata / f"{current}.snapshot.json").read_bytes())["signed"]["meta"]["targets.json"]["version"]
    targets = json.loads((metadata / f"{snapshot}.targets.json").read_bytes())["signed"]["targets"]
    en = targets["en.json"]
    name = next(name for name in sorted(targets) if name.startswith("patches/"))
    patch = project / f"release/targets/patches/{targets[name]['hashes']['sha256']}.{name.removeprefix('patches/')}"
    files = [(metadata / "timestamp.json", 1), (metadata / f"{current}.snapshot.json", 5), (metadata / f"{snapshot}.targets.json", 11),
             (metadata / "2.root.json", 17), (patch, 19), (project / f"release/targets/{en['hashes']['sha256']}.en.json", 101)]
    for path, step in files:
        whole = path.read_bytes()
        for index in range(0, len(whole) - 1, step):
            path.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1:])
            result = subprocess.run([placard, "verify", "release"], cwd=project, capture_output=True)
            flipped += 1
            if result.returncode != 1:
                problems.append(f"byte {index} of {path.name} flipped: exit code {result.returncode}")
        path.write_bytes(whole)
    run("verify", "release", folder=project)
    return flipped


def strangers(folder):
    """What a repository holds leads no release out of it, and runs nothing."""
    project, out, ran_file = folder / "clone", folder / "outside", folder / "ran"
    run("init", str(project), folder=folder)
    out.mkdir()
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    run("keys", "generate", folder=project)
    (project / "release").symlink_to(out)
    run("release", folder=project, expected=2)
    (project / "sub").symlink_to(out)
    run("keys", "generate", "--keys", "sub/keys", folder=project, expected=2)
    expect(list(out.iterdir()) == [], f"a link leads out of the repository: {list(out.iterdir())}")
    (project / "release").unlink()
    # A repository that a link leads to is not the one that is trusted: neither at its root nor below, nor for keys.
    other = folder / "other-repository"
    (other / "below").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(other)], check=True)
    before = sorted(other.rglob("*"))
    for target in (other, other / "below", project / "content"):
        for link, command in (("release", ["release"]), ("linked", ["release", "--output", "linked"]),
                              ("linked", ["release", "--output", "linked/deeper"]), ("linked", ["keys", "generate", "--keys", "linked"]),
                              ("linked", ["keys", "generate", "--keys", "linked/keys"])):
            (project / link).symlink_to(target)
            text = run(*command, folder=project, expected=2, SOURCE_DATE_EPOCH=str(int(time.time())))
            expect("symbolic link" in text, f"{command} to {target} is refused for another reason: {text[-200:]}")
            (project / link).unlink()
    expect(sorted(other.rglob("*")) == before, f"a link leads into another repository: {sorted(other.rglob('*'))}")
    expect(not list(project.glob("content/metadata")) and not list(project.glob("content/keys")), "a link leads elsewhere in the repository")
    # Nor does a clone choose whose keys sign for it.
    (project / "keys/private").rename(other / "private")
    (project / "keys/private").symlink_to(other / "private")
    text = run("release", folder=project, expected=2, SOURCE_DATE_EPOCH=str(int(time.time())))
    expect("symbolic link" in text, f"keys behind a link sign: {text[-200:]}")
    run("release", "--private", str(other / "private"), folder=project, SOURCE_DATE_EPOCH=str(int(time.time())))
    shutil.rmtree(project / "release")
    # Committed files that git takes for a repository, whose configuration names a program.
    subprocess.run(["git", "init", "-q", "--bare", str(folder / "bare")], check=True)
    program = folder / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran_file}\n", encoding="utf-8")
    program.chmod(0o755)
    config = folder / "bare/config"
    config.write_text(config.read_text("utf-8") + f"[log]\n showSignature = true\n[gpg]\n program = {program}\n", encoding="utf-8")
    tree = subprocess.run(["git", "--git-dir", str(folder / "bare"), "hash-object", "-t", "tree", "-w", "/dev/null"],
                          check=True, capture_output=True, text=True).stdout.strip()
    commit = (f"tree {tree}\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n"
              " -----END PGP SIGNATURE-----\n\nx\n")
    name = subprocess.run(["git", "--git-dir", str(folder / "bare"), "hash-object", "-t", "commit", "-w", "--stdin"], input=commit,
                          check=True, capture_output=True, text=True).stdout.strip()
    (folder / "bare/refs/heads/main").write_text(name + "\n", encoding="utf-8")
    (folder / "bare/HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    for path in ["HEAD", "config", "objects", "refs"]:
        shutil.move(str(folder / "bare" / path), str(project / path))
    subprocess.run([placard, "release"], cwd=project, capture_output=True)
    expect(not ran_file.exists(), "files of a clone ran a program")


def keys(folder):
    """Roots that several people sign, keys in the environment, by a command, and files that others can read."""
    project = folder / "keyed"
    run("init", "keyed", folder=folder)
    for name in ("alice", "bob", "kms"):
        scheme = ["-algorithm", "ed25519"] if name != "kms" else ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        (folder / name).mkdir(mode=0o700)
        private = folder / name / "key.pem"
        subprocess.run(["openssl", "genpkey", *scheme, "-out", str(private)], check=True, capture_output=True)
        private.chmod(0o600)
        subprocess.run(["openssl", "pkey", "-in", str(private), "-pubout", "-out", str(folder / f"{name}.pem")], check=True)
    public = [f"--public=root={folder}/alice.pem", f"--public=root={folder}/bob.pem", f"--public=targets={folder}/kms.pem"]
    text = run("keys", "generate", "--root-keys", "0", *public, folder=project)
    expect("waits for signatures" in text, "a root without its signatures took its place")
    expect("root: 2 of 2" in run("keys", "list", folder=project), "what is to be signed is not shown")
    run("keys", "sign", "--private", str(folder / "alice"), folder=project)
    expect(not (project / "keys/1.root.json").exists(), "one of two signatures was enough")
    expect("Signed root 1" in run("keys", "sign", "--private", str(folder / "bob"), folder=project), "two signatures were not enough")
    date = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    expect("lacks" in run("release", folder=project, expected=2, **date), "a release without the targets' key was made")
    expect(not list((project / "release/metadata").iterdir()), "and wrote metadata")
    signer = f"openssl dgst -sha256 -sign {folder}/kms/key.pem | base64 -w0"
    expect("Released 1" in run("release", "--signer", signer, folder=project, **date), "a command that signs")
    edit(project, "Signed by something else.")
    expect("not a signature" in run("release", "--signer", "echo 00", folder=project, expected=3, **date), "a wrong signature was taken")
    run("verify", "release", folder=project)

    stamp = next((project / "keys/private").glob("timestamp-*.pem"))
    stamp.chmod(0o644)
    expect("chmod 600" in run("refresh", "release", folder=project, expected=2), "a key that others can read was used")
    text = stamp.read_text(encoding="utf-8")
    stamp.unlink()
    expect("lacks" in run("refresh", "release", folder=project, expected=2), "a timestamp without its key")
    expect("Signed a timestamp" in run("refresh", "release", folder=project, PLACARD_KEY_TIMESTAMP=text.replace("\n", "\\n")), "a key of the environment")
    ids = [line.split()[0] for line in run("keys", "list", folder=project).splitlines() if line.startswith("  ")]
    expect("rotate" in run("keys", "revoke", ids[0], folder=project, expected=2), "a root was left with too few keys")
    run("keys", "renew", folder=project)
    expect("waits" in run("keys", "list", folder=project), "a root that lacks signatures is not told of")


def publishing(project, folder):
    """Copies that are killed at random moments are whole, the old release or the new."""
    served = folder / "served"
    chance = random.Random(20261130)
    compress = ["--compress"] if shutil.which("brotli") and shutil.which("gzip") else []
    run("publish", str(served), *compress, folder=project)
    for kill in range(12):
        edit(project, f"Edit {kill}.")
        killed(chance.random() * 0.2, "release", folder=project)
        run("verify", "release", folder=project)
        run("release", folder=project)
        killed(chance.random() * 0.03, "publish", str(served), folder=project)
        run("verify", str(served), folder=project)
    for last in range(3):
        edit(project, f"The last but {2 - last}.")
        run("release", folder=project)
        run("publish", str(served), *compress, folder=project)
    run("publish", str(served), "--keep", "3", *compress, folder=project)
    run("verify", str(served), folder=project)
    expect(not compress or list((served / "targets").glob("*.json.gz")) and list((served / "targets").glob("*.json.br")), "nothing was compressed")
    expect(not list(served.rglob(".placard-*")), "a killed copy left files behind")
    kept = len(list((served / "metadata").glob("*.targets.json")))
    expect(kept == 3, f"--keep 3 kept {kept} releases")
    return served


KILLS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
static int left = -1;
static void count(void) {
    if (left < 0) left = atoi(getenv("KILL_AT"));
    if (left-- == 0) raise(SIGKILL);
}
int rename(const char *from, const char *to) {
    count();
    return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
}
int renameat(int one, const char *from, int other, const char *to) {
    count();
    return ((int (*)(int, const char *, int, const char *))dlsym(RTLD_NEXT, "renameat"))(one, from, other, to);
}
"""


def killed_at_each_file(project, folder):
    """A copy that is killed before each of its files in turn: the release before is whole until the last, and the copy goes on."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if sys.platform != "linux" or not compiler:
        return
    (folder / "kills.c").write_text(KILLS, encoding="utf-8")
    library = folder / "kills.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(folder / "kills.c"), "-ldl"], check=True)
    before, served = folder / "before", folder / "killed"
    run("publish", str(before), folder=project)
    old = run("verify", str(before), folder=project)
    edit(project, "Killed at each file.")
    run("release", folder=project)
    kills = 0
    while True:
        shutil.rmtree(served, ignore_errors=True)
        shutil.copytree(before, served)
        environment = {**os.environ, "LD_PRELOAD": str(library), "KILL_AT": str(kills)}
        if subprocess.run([placard, "publish", str(served)], cwd=project, env=environment, capture_output=True).returncode == 0:
            break
        expect(run("verify", str(served), folder=project) == old.replace(str(before), str(served)), f"killed before file {kills}, a copy is not the old release")
        run("publish", str(served), folder=project)
        expect("as signed" in run("verify", str(served), folder=project), f"killed before file {kills}, a copy does not go on")
        expect(not list(served.rglob(".placard-*")), f"killed before file {kills}, a copy left files behind")
        kills += 1
        if kills > 200:
            problems.append("a copy is killed for ever")
            break
    # The manifest, a locale file and its patches at the least, targets, snapshot and timestamp.
    expect(kills >= 6, f"a copy was killed before {kills} files only")
    ran.append(f"a copy killed before each of {kills} files")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url):
    for _ in range(100):
        try:
            return urllib.request.urlopen(url, timeout=2)
        except OSError as error:
            if getattr(error, "code", None):
                return error
            time.sleep(0.1)
    return None


def nginx(served, project, pinned, folder):
    """The configuration of Documentation/Releases.md serves it, with the headers that it promises."""
    if not shutil.which("nginx") or not list((served / "targets").glob("*.json.gz")):
        return
    text = (root / "Documentation/Releases.md").read_text(encoding="utf-8")
    server = text.split("```nginx\n")[1].split("```")[0].replace("/srv/www/messages", str(served))
    port = free_port()
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    work = folder / "nginx"
    work.mkdir()
    (work / "nginx.conf").write_text(
        f"{'user root; ' if os.getuid() == 0 else ''}daemon off; pid {work}/pid; error_log {work}/error;\nevents {{}}\nhttp {{ types {{ application/json json; }} access_log off;\n"
        + "".join(f"{name}_temp_path {work}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + f"{server}\n}}\n", encoding="utf-8")
    process = subprocess.Popen(["nginx", "-c", str(work / "nginx.conf"), "-p", str(work)], stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/messages/"
        stamp = wait_for(url + "metadata/timestamp.json")
        expect(stamp is not None and "no-cache" in stamp.headers.get("Cache-Control", ""), "nginx caches the timestamp")
        name = next(path.name for path in (served / "targets").glob("*.json.gz"))
        request = urllib.request.Request(f"{url}targets/{name.removesuffix('.gz')}", headers={"Accept-Encoding": "gzip"})
        answer = urllib.request.urlopen(request)
        expect("immutable" in answer.headers.get("Cache-Control", ""), "nginx does not say that targets never change")
        expect(answer.headers.get("Content-Encoding") == "gzip", "nginx does not send the compressed copy")
        expect(Client(url, pinned, folder / "nginx-client").update()["release"] > 0, "python-tuf over nginx")
        run("verify", url, folder=project)
        follow(url, pinned, folder)
        ran.append("nginx")
    finally:
        process.terminate()
        process.wait()


def follow(url, pinned, folder):
    """PlacardClient has what python-tuf has, and asks for little where nothing has changed."""
    follower = pathlib.Path(os.environ.get("PLACARD_FOLLOWER", root / ".build/debug/release-follower"))
    if not follower.exists():
        return
    (folder / "pinned.json").write_bytes(pinned)
    result = subprocess.run([str(follower), url, str(folder / "follower"), str(folder / "pinned.json"), "2"], capture_output=True, text=True)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    expect([line["outcome"] for line in lines] == ["start", "updated", "unchanged"], f"PlacardClient: {result.stdout}{result.stderr}")
    released = json.loads((folder / "nginx-client/metadata/targets.json").read_bytes())["signed"]["version"]
    expect(lines[-1].get("release") == released, f"PlacardClient is at {lines[-1].get('release')}, not {released}")
    ran.append("PlacardClient")


def elliptic(folder):
    """Keys of P-256, whose signatures are other bytes each time: what is unchanged is not signed again for that."""
    project, date = folder / "p256", {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    run("init", "p256", folder=folder)
    run("keys", "generate", "--scheme", "p256", folder=project)

    def files(name):
        return {path: path.read_bytes() for path in (project / name).rglob("*") if path.is_file()}

    expect("Released 1" in run("release", folder=project, **date), "a release with keys of P-256")
    before = files("release")
    expect("Nothing has changed" in run("release", folder=project, **date), "P-256: an unchanged project made a release")
    expect(files("release") == before, "P-256: and wrote something")
    client = Client(serve(project / "release"), (project / "keys/1.root.json").read_bytes(), folder / "p256-client")
    expect(client.update()["release"] == 1, "P-256: python-tuf does not have the release")
    channel = ["release", "--from", "release", "--output", "production"]
    expect("Released 1" in run(*channel, folder=project, **date), "P-256: a promotion")
    before = files("production")
    expect("Nothing has changed" in run(*channel, folder=project, **date), "P-256: an unchanged channel made a release")
    expect(files("production") == before, "P-256: and wrote something")
    for _ in range(2):
        run("publish", str(project / "public"), folder=project)
        expect(files("public").keys() and run("verify", str(project / "public"), folder=project), "P-256: a copy")
    edit(project, "Signed with P-256.")
    expect("Released 2" in run("release", folder=project, **date), "P-256: the second release")
    run("refresh", "release", folder=project)
    expect(client.update()["release"] == 2, "P-256: python-tuf does not have the second release")


def recipes(served, project, pinned, folder):
    """The commands of Documentation/Releases.md for rclone and S3, as they stand there."""
    text = (root / "Documentation/Releases.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in text.split("```sh\n")[1:]]
    aws = pathlib.Path(sys.executable).parent / "aws"
    moto = pathlib.Path(sys.executable).parent / "moto_server"
    if shutil.which("rclone"):
        target = folder / "rclone"
        block = next(block for block in blocks if "rclone copy" in block)
        script = block.replace("remote:messages", str(target)).replace("public/", str(served) + "/")
        (target / "targets").mkdir(parents=True)
        (target / "targets/old").write_text("pruned", encoding="utf-8")
        result = subprocess.run(["sh", "-eu", "-c", script], capture_output=True, text=True)
        expect(not (target / "targets/old").exists(), "rclone keeps what was pruned")
        expect(result.returncode == 0, f"rclone: {result.stderr[-400:]}")
        run("verify", str(target), folder=project)
        ran.append("rclone")
    if aws.exists() and moto.exists():
        port = free_port()
        process = subprocess.Popen([str(moto), "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url)
            environment = {**os.environ, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1",
                           "AWS_ENDPOINT_URL": url, "PATH": f"{aws.parent}:{os.environ['PATH']}"}
            block = next(block for block in blocks if "aws s3 sync" in block).replace("public/", str(served) + "/")
            script = f"aws s3 mb s3://bucket >/dev/null\n{block}"
            result = subprocess.run(["sh", "-eu", "-c", script], capture_output=True, text=True, env=environment)
            expect(result.returncode == 0, f"aws: {result.stderr[-400:]}")
            head = subprocess.run(["aws", "s3api", "head-object", "--bucket", "bucket", "--key", "messages/metadata/timestamp.json"],
                                  capture_output=True, text=True, env=environment).stdout
            expect("no-cache" in head, "S3 caches the timestamp")
            result = subprocess.run(["aws", "s3", "sync", "s3://bucket/messages", str(folder / "s3")], capture_output=True, env=environment)
            run("verify", str(folder / "s3"), folder=project)
            ran.append("S3 (moto)")
        finally:
            process.terminate()
            process.wait()


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    project, pinned = releases(folder)
    keys(folder)
    strangers(folder)
    for part in release_recovery.PARTS + release_rules.PARTS:
        (folder / part.__name__).mkdir()
        part(folder / part.__name__)
    elliptic(folder)
    demo(folder)
    flipped = attacks(project)
    killed_at_each_file(project, folder)
    served = publishing(project, folder)
    nginx(served, project, pinned, folder)
    recipes(served, project, pinned, folder)
    for name, part in (("memory", release_memory.memory), ("hostile", release_hostile.hostile)):
        (folder / name).mkdir()
        ran += [text for text in [part(folder / name)] if text]

if problems:
    print(f"releases: FAILED, {len(problems)} problems")
    for problem in problems[:20]:
        print(f"  {problem}")
    sys.exit(1)
others = f"; {', '.join(ran)}" if ran else ""
print(f"releases: ok, python-tuf follows 5 releases and rotations, {flipped} flipped bytes refused{others}")
