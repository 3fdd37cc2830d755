"""What a publisher does after a misfortune, and repositories of others: parts of release-test.py."""
import datetime
import json
import shutil
import time

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from release_support import Client, edit, expect, run, serve

# The largest number that metadata may have.
LARGEST = 2**53 - 1


def new_project(folder, *arguments):
    """A project with keys and a date to release by; its folder, the variables, and the root that apps have."""
    project = folder / "project"
    run("init", str(project), folder=folder)
    run("keys", "generate", *arguments, folder=project)
    return project, {"SOURCE_DATE_EPOCH": str(int(time.time()))}, (project / "keys/1.root.json").read_bytes()


def signer(project, role, root):
    """A role's private key, as whoever has stolen it uses it."""
    private = load_pem_private_key(next((project / "keys/private").glob(f"{role}-*.pem")).read_bytes(), None)
    return CryptoSigner(private, root.keys[root.roles[role].keyids[0]])


def runs_up(project):
    """Signs a release with the largest numbers, by the keys of all roles but the root."""
    metadata = project / "release/metadata"
    root = Metadata[Root].from_file(str(metadata / "1.root.json")).signed
    stamp = Metadata[Timestamp].from_file(str(metadata / "timestamp.json"))
    snapshot = Metadata[Snapshot].from_file(str(metadata / f"{stamp.signed.snapshot_meta.version}.snapshot.json"))
    targets = Metadata[Targets].from_file(str(metadata / f"{snapshot.signed.meta['targets.json'].version}.targets.json"))
    old = targets.signed.targets["manifest.json"]
    manifest = json.loads((project / f"release/targets/{old.hashes['sha256']}.manifest.json").read_bytes())
    data = json.dumps({**manifest, "release": LARGEST}, separators=(",", ":"), sort_keys=True).encode()
    new = TargetFile.from_data("manifest.json", data)
    new.unrecognized_fields = {"custom": {"release": LARGEST}}
    targets.signed.targets["manifest.json"] = new
    (project / f"release/targets/{new.hashes['sha256']}.manifest.json").write_bytes(data)
    for role, signed in (("targets", targets), ("snapshot", snapshot), ("timestamp", stamp)):
        signed.signed.version = LARGEST
        if role == "snapshot":
            signed.signed.meta["targets.json"] = MetaFile(LARGEST)
        if role == "timestamp":
            signed.signed.snapshot_meta = MetaFile(LARGEST)
        signed.sign(signer(project, role, root))
        signed.to_file(str(metadata / ("timestamp.json" if role == "timestamp" else f"{LARGEST}.{role}.json")))


def fast_forward(folder):
    """Thieves of the online keys have used up the numbers: new keys, and numbers go on from where they were."""
    project, date, pinned = new_project(folder)
    client = Client(serve(project / "release"), pinned, folder / "client")
    for words in ("One.", "Two."):
        edit(project, words)
        run("release", folder=project, **date)
    expect(client.update()["release"] == 2, "the second release")
    runs_up(project)
    expect(client.update()["release"] == LARGEST, "python-tuf does not take the thieves' release")
    served = folder / "served"
    run("publish", str(served), folder=project)
    edit(project, "Three.")
    for command in (["release"], ["refresh", "release"]):
        expect("run it up" in run(*command, folder=project, expected=2, **date), f"{command} goes on after the largest number")
    run("keys", "rotate", "timestamp", folder=project)
    expect("run it up" in run("release", folder=project, expected=2, **date), "new keys of the timestamp alone are enough")
    for role in ("snapshot", "targets"):
        run("keys", "rotate", role, folder=project)
    expect("Released 3" in run("release", folder=project, **date), "no release after a fast-forward")
    expect(client.update()["release"] == 3, "python-tuf does not recover from a fast-forward")
    expect(Client(client.url, pinned, folder / "late").update()["release"] == 3, "a new client after a fast-forward")
    run("verify", "release", folder=project)
    run("publish", str(served), "--keep", "3", folder=project)
    run("verify", str(served), folder=project)
    expect(not list(served.rglob(f"{LARGEST}.*")), "what thieves released is still served")
    edit(project, "Four.")
    expect("Released 4" in run("release", folder=project, **date), "the release after a recovery")
    expect(client.update()["release"] == 4, "python-tuf after a recovery")


def rotation_killed(folder):
    """A release that was killed between its new root and its timestamp goes on when it is run again."""
    project, date, pinned = new_project(folder)
    client = Client(serve(project / "release"), pinned, folder / "client")
    run("release", folder=project, **date)
    client.update()
    for number in (2, 3):
        run("keys", "rotate", "timestamp", folder=project)
        shutil.copy(project / f"keys/{number}.root.json", project / "release/metadata")
    expect("Signed release 1 anew" in run("release", folder=project, **date), "a release after one that was killed")
    run("verify", "release", folder=project)
    expect(client.update()["release"] == 1, "python-tuf after a release that was killed")


def unchanged(folder):
    """Signatures of P-256 differ each time; a project that has not changed makes no release all the same."""
    project, date, _ = new_project(folder, "--scheme", "p256")
    run("release", folder=project, **date)
    files = {path: path.read_bytes() for path in (project / "release").rglob("*.json")}
    for epoch in (0, 86_400):
        text = run("release", folder=project, SOURCE_DATE_EPOCH=str(int(date["SOURCE_DATE_EPOCH"]) + epoch))
        expect("Nothing has changed" in text, f"an unchanged project made a release: {text}")
    text = run("release", "--last", "release", "--output", "elsewhere", folder=project, **date)
    expect("Nothing has changed" in text, f"nor one after the last that is elsewhere: {text}")
    expect(not list((project / "elsewhere").rglob("*.json")), "what was not released was written")
    now = {path: path.read_bytes() for path in (project / "release").rglob("*.json")}
    expect(now == files, "a release that was none changed files")
    run("verify", "release", folder=project)


def of_others(folder):
    """A repository that python-tuf wrote, over a bundle that a build made, is read as one of ours."""
    project, _, _ = new_project(folder)
    run("build", folder=project)
    bundle = project / "build/bundle"
    keys = {role: CryptoSigner.generate_ed25519() if role != "snapshot" else CryptoSigner.generate_ecdsa()
            for role in ("root", "targets", "snapshot", "timestamp")}
    later = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=3)
    root = Root(expires=later, consistent_snapshot=True)
    for role, key in keys.items():
        root.add_key(key.public_key, role)
    place = folder / "repository"
    (place / "metadata").mkdir(parents=True)
    targets = Targets(expires=later)
    manifest = json.loads((bundle / "manifest.json").read_bytes())
    manifest["release"] = 7
    entries = [manifest["catalog"], *manifest["locales"].values()]
    contents = {"manifest.json": json.dumps(manifest).encode()}
    for entry in entries:
        contents[entry["path"].removeprefix(f"targets/{entry['sha256']}.")] = (bundle / entry["path"]).read_bytes()
    (place / "targets").mkdir()
    for name, data in contents.items():
        target = TargetFile.from_data(name, data, ["sha256"])
        targets.targets[name] = target
        (place / f"targets/{target.hashes['sha256']}.{name}").write_bytes(data)
    snapshot = Snapshot(expires=later, meta={"targets.json": MetaFile(1)})
    for role, signed, name in (("root", root, "1.root.json"), ("targets", targets, "1.targets.json"),
                               ("snapshot", snapshot, "1.snapshot.json"),
                               ("timestamp", Timestamp(expires=later, snapshot_meta=MetaFile(1)), "timestamp.json")):
        whole = Metadata(signed)
        whole.sign(keys[role])
        whole.to_file(str(place / "metadata" / name))
    text = run("verify", serve(place), "--root", str(place / "metadata/1.root.json"), folder=project)
    expect("Release 7" in text, f"python-tuf's repository is not read: {text}")


PARTS = [fast_forward, rotation_killed, unchanged, of_others]
