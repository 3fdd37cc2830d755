"""What holds of keys, dates and old files whatever is released: parts of release-test.py."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

from tuf.api.metadata import Metadata, Root

from release_support import Client, edit, expect, placard, run, serve

GIT = ["git", "-c", "user.name=n", "-c", "user.email=e@example.com"]


def key_ids(project):
    """The ids that `keys list` names, in its order, by role."""
    ids, role = {}, ""
    for line in run("keys", "list", folder=project).splitlines():
        if found := re.match(r"(root|targets|snapshot|timestamp)\b", line):
            role = found.group(1)
        elif line.startswith("  "):
            ids.setdefault(role, []).append(line.split()[0])
    return ids


def revoked(folder):
    """One of three root keys, two of which sign, goes, and clients follow; the one key of another role stays."""
    project = folder / "project"
    run("init", str(project), folder=folder)
    run("keys", "generate", "--root-keys", "3", "--root-threshold", "2", folder=project)
    date = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    pinned = (project / "keys/1.root.json").read_bytes()
    client = Client(serve(project / "release"), pinned, folder / "client")
    ids = key_ids(project)
    expect(len(ids["root"]) == 3, f"keys list names {ids}")
    run("release", folder=project, **date)
    expect(client.update()["release"] == 1, "python-tuf does not have the release of two of three keys")
    lost = ids["root"][1]
    run("keys", "revoke", lost, folder=project)
    expect(f"counts for nothing: {lost}" in run("keys", "list", folder=project), "keys list does not say that a key counts for nothing")
    expect("rotate" in run("keys", "revoke", ids["timestamp"][0], folder=project, expected=2), "the one key of a role was revoked")
    edit(project, "After a key was lost.")
    run("release", folder=project, **date)
    expect(client.update()["release"] == 2, "python-tuf does not follow where a key was revoked")
    newest = max((project / "release/metadata").glob("*.root.json"), key=lambda path: int(path.name.split(".")[0]))
    root = Metadata[Root].from_file(str(newest)).signed
    expect(not any(name.startswith(lost[:16]) for name in root.keys), "a root has a key that was revoked")
    expect(len(root.roles["root"].keyids) == 2 and root.roles["root"].threshold == 2, "revoking changed how many keys sign a root")
    run("verify", "release", folder=project)


def same_commit(folder):
    """The same commit, released by the same keys at another time and place, is the same bytes but for the timestamp."""
    project = folder / "project"
    run("init", str(project), folder=folder)
    run("keys", "generate", folder=project)
    for command in (["init", "-q", "."], ["add", "-A"], ["commit", "-q", "-m", "first"]):
        subprocess.run(GIT + command, cwd=project, check=True, env={**os.environ, "GIT_COMMITTER_DATE": "@1790000000 +0000"})
    other = folder / "elsewhere"
    subprocess.run(["git", "clone", "-q", str(project), str(other)], check=True)
    shutil.copytree(project / "keys/private", other / "keys/private")
    for place in (project, other):
        run("release", folder=place)
        time.sleep(1.1)
    files = [{str(path.relative_to(place / "release")): path.read_bytes() for path in (place / "release").rglob("*") if path.is_file()}
             for place in (project, other)]
    differing = sorted(name for name in files[0].keys() | files[1].keys() if files[0].get(name) != files[1].get(name))
    expect(differing == ["metadata/timestamp.json"], f"one commit, and other bytes in {differing}")
    expires = json.loads(files[0]["metadata/1.targets.json"])["signed"]["expires"]
    expect(expires.startswith("202") and expires.endswith("Z"), f"targets expire at {expires}")


def secrets(folder):
    """A private key of the environment is given to no program, and no key is printed, also where something fails."""
    project = folder / "project"
    run("init", str(project), folder=folder)
    run("keys", "generate", folder=project)
    private = project / "keys/private"
    texts = {path.name.split("-")[0]: path.read_text("utf-8") for path in private.glob("*.pem")}
    away = folder / "away"
    shutil.move(private, away)
    variables = {f"PLACARD_KEY_{role.upper()}": text for role, text in texts.items() if role not in ("root", "targets")}
    seen = folder / "seen"
    key = next(away.glob("targets-*.pem"))
    signer = f"env >> {seen}; tr '\\0' ' ' < /proc/$PPID/cmdline >> {seen}; openssl pkeyutl -sign -rawin -inkey {key} -in /dev/stdin | base64 -w0"
    if pathlib.Path("/proc/self/cmdline").exists():
        signer = signer.replace("-in /dev/stdin", f"-in {folder}/signed").replace("openssl", f"cat > {folder}/signed; openssl")
        date = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
        expect("Released 1" in run("release", "--signer", signer, folder=project, **variables, **date), "keys of the environment and a command")
        found = seen.read_text("utf-8") if seen.exists() else ""
        expect("PLACARD_KEY_ID" in found and "PRIVATE KEY" not in found, "a program was given a private key")
        for text in texts.values():
            expect(text.splitlines()[1] not in found, "a private key is in the environment or the arguments of a program")
        broken = {name: text.replace("\n", "\nx", 1) for name, text in variables.items()}
        text = run("refresh", "release", folder=project, expected=2, **broken)
        for secret in texts.values():
            expect(secret.splitlines()[1] not in text, "a key that is not read is printed")
    # No option takes a key.
    for name in ("release", "refresh", "publish", "verify"):
        help_text = subprocess.run([placard, name, "--help"], capture_output=True, text=True).stdout
        expect(not re.search(r"<(private-)?key>|<pem>|<secret>", help_text), f"placard {name} takes a key as an argument")


def in_the_middle(folder):
    """A client that has read an old timestamp gets all that it leads to, for as many releases as are kept."""
    project = folder / "project"
    run("init", str(project), folder=folder)
    run("keys", "generate", folder=project)
    date = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
    stamps = []
    for number in range(1, 5):
        edit(project, f"Number {number}.")
        run("release", "--keep", "3", folder=project, **date)
        stamps.append((project / "release/metadata/timestamp.json").read_bytes())
    newest = stamps[-1]
    pinned = (project / "keys/1.root.json").read_bytes()
    for number, stamp in enumerate(stamps[1:], start=2):
        (project / "release/metadata/timestamp.json").write_bytes(stamp)
        manifest = Client(serve(project / "release"), pinned, folder / f"client-{number}").update()
        expect(manifest["release"] == number, f"release {number} is not whole any more, after release 4")
    (project / "release/metadata/timestamp.json").write_bytes(newest)
    expect(not (project / "release/metadata/1.targets.json").exists(), "--keep 3 keeps a fourth release")


PARTS = [revoked, same_commit, secrets, in_the_middle]
