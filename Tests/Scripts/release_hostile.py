"""What a hostile server, a full disk and stolen keys can do to an app: a part of release-test.py.

An app has a release. A server then answers as servers must not, for one file or for all; or the disk is full, or is not to be written.
Each time the app's update ends in its time with an error and little memory, the release that it had is in use and whole, nothing is left
behind in its folder, and once all is well again the next update brings the newest.
"""
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time
import zlib

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, MetaFile, Root, Snapshot, Targets, Timestamp

import release_memory
from release_memory import LANGUAGES
from release_support import expect
from release_support import root as root_folder

STAMP, SNAPSHOT, TARGETS = "/metadata/timestamp.json", "/metadata/2.snapshot.json", "/metadata/2.targets.json"
GIGABYTES = 3 << 30
# What an app may take above one whose server is as it should be.
MEMORY = 24 << 20
SECONDS = 2
# Answers that take an update's whole time, and answers that a client may well understand.
SLOW = {"silence", "a byte at a time", "a header at a time"}
READABLE = {"a length beyond all numbers", "a number beyond all"}


def head(*lines, status="200 OK"):
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def whole(data, *lines, status="200 OK"):
    return head(f"Content-Length: {len(data)}", *lines, status=status) + data


def endlessly(first, part, limit=GIGABYTES):
    yield first
    for _ in range(limit // len(part)):
        yield part


def slowly(first, part):
    yield first
    while True:
        time.sleep(0.05)
        yield part


def packed_bomb(format):
    """3 GB of spaces in 3 MB: blocks that end in a full flush can be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if format == "gzip" else 15)
    blocks = [packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    data = blocks[0] + blocks[1] * (GIGABYTES >> 24)
    yield head(f"Content-Length: {len(data)}", f"Content-Encoding: {format}") + data


# What is answered, by name, to a request for a file with those bytes.
ANSWERS = {
    "chunks without end": lambda data, here: endlessly(head("Transfer-Encoding: chunked"), b"10000\r\n" + b" " * 0x10000 + b"\r\n"),
    "bytes without end": lambda data, here: endlessly(head("Connection: close"), b" " * 0x10000),
    "3 GB that are announced": lambda data, here: endlessly(head(f"Content-Length: {GIGABYTES}"), b" " * 0x10000),
    "a length that is negative": lambda data, here: [head("Content-Length: -1"), data],
    "a length beyond all numbers": lambda data, here: [head(f"Content-Length: {2**70}"), data],
    "two lengths": lambda data, here: [head(f"Content-Length: {len(data)}", f"Content-Length: {len(data) + 9}") + data],
    "a gzip bomb": lambda data, here: packed_bomb("gzip"),
    "a deflate bomb": lambda data, here: packed_bomb("deflate"),
    "an encoding that is none": lambda data, here: [whole(data, "Content-Encoding: gzip")],
    "a byte at a time": lambda data, here: slowly(head("Content-Length: 100"), b" "),
    "a header at a time": lambda data, here: slowly(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "headers without end": lambda data, here: endlessly(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
    "a header without end": lambda data, here: endlessly(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 0x10000),
    "early hints without end": lambda data, here: endlessly(b"", head("Link: </x>", status="103 Early Hints") * 500, 1 << 28),
    "silence": lambda data, here: slowly(b"", b""),
    "half of it": lambda data, here: [head(f"Content-Length: {len(data)}") + data[:len(data) // 2]],
    "less than there is": lambda data, here: [head(f"Content-Length: {len(data) // 2}") + data],
    "more than there is": lambda data, here: [whole(data + b"}")],
    "nothing": lambda data, here: [whole(b"")],
    "no answer": lambda data, here: [],
    "no HTTP": lambda data, here: [b"SSH-2.0-OpenSSH_9.2\r\n" * 100],
    "304 that nobody asked for": lambda data, here: [head("ETag: \"x\"", status="304 Not Modified")],
    "204": lambda data, here: [head(status="204 No Content")],
    "206": lambda data, here: [whole(data, status="206 Partial Content")],
    "401": lambda data, here: [whole(data, "WWW-Authenticate: Basic realm=\"x\"", status="401 Unauthorized")],
    "500": lambda data, here: [whole(data, status="500 Broken")],
    "a status beyond all": lambda data, here: [whole(data, status="999 What")],
    "a redirect to itself": lambda data, here: [whole(b"", f"Location: {here}", status="302 Found")],
    "a redirect to the other": lambda data, here: [whole(b"", f"Location: {here}+", status="307 Temporary Redirect")],
    "a redirect to another host": lambda data, here: [whole(b"", f"Location: {here.replace('127.0.0.1', 'a.localhost')}", status="301 Moved")],
    "a redirect to a file": lambda data, here: [whole(b"", "Location: file:///etc/passwd", status="302 Found")],
    "a redirect to data": lambda data, here: [whole(b"", "Location: data:application/json,{}", status="302 Found")],
    "a redirect to FTP": lambda data, here: [whole(b"", "Location: ftp://127.0.0.1/x", status="302 Found")],
    "a redirect to nowhere": lambda data, here: [whole(b"", "Location: http://", status="302 Found")],
    "a redirect without an address": lambda data, here: [whole(b"", status="302 Found")],
    "a list in the deep": lambda data, here: [whole(b"[" * 16_000)],
    "objects in the deep": lambda data, here: [whole(b'{"signed":' * 1500)],
    "members twice": lambda data, here: [whole(data[:1] + b'"signed":{},' + data[1:])],
    "a number beyond all": lambda data, here: [whole(data.replace(b'"version":2', b'"version":1e999').replace(b'"version": 2', b'"version": 1e999'))],
    "a byte order mark": lambda data, here: [whole(b"\xef\xbb\xbf" + data)],
    "zeros": lambda data, here: [whole(bytes(len(data)))],
}


class Server:
    """Serves a folder; for the paths of `bad` with an answer of its own."""

    def __init__(self, folder):
        self.folder, self.bad, self.answer, self.asked = folder, (), None, 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with connection:
                connection.settimeout(30)
                request = connection.recv(65536).decode("latin-1")
                path = request.split(" ")[1].rstrip("+") if request else "/"
                self.asked += 1
                place = self.folder / path.lstrip("/")
                data = place.read_bytes() if place.is_file() else b""
                is_bad = self.answer and any(path.startswith(bad) for bad in self.bad)
                here = f"{self.url.rstrip('/')}{path}"
                parts = self.answer(data, here) if is_bad else [
                    whole(data, "Connection: close", status="200 OK" if place.is_file() else "404 Not Found")]
                for part in parts:
                    connection.sendall(part)
        except OSError:
            pass


class App:
    """An app that has release 1 of a repository whose newest is 2."""

    def __init__(self, folder):
        self.folder, self.follower = folder, pathlib.Path(os.environ.get("PLACARD_FOLLOWER", root_folder / ".build/debug/release-follower"))
        self.keys = {role: CryptoSigner.generate_ed25519() for role in ("root", "targets", "snapshot", "timestamp")}
        self.place = folder / "release"
        for number in (1, 2):
            catalog = release_memory.catalog(3, number, True)
            for message in catalog["messages"]:
                del message["audience"]
            files = {"catalog.json": catalog}
            files |= {f"{tag}.json": release_memory.texts(tag, 3, f"Release {number}", "") for tag in LANGUAGES}
            release_memory.write_release(self.place, number, self.keys, files)
            if number == 1:
                self.server = Server(self.place)
                self.kept = folder / "kept"
                self.check(self.run(self.kept), "updated", 1, "a first start")
        # The memory and the requests of an update that goes well.
        line = self.run(self.copy())
        self.check(line, "updated", 2, "an update")
        self.usual, self.most, self.count = line[-1]["decided"] * 1024, 0, 0

    def copy(self, to="copy"):
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.kept, self.folder / to)
        return self.folder / to

    def run(self, place, updates=1):
        begin = time.monotonic()
        result = subprocess.run(
            [str(self.follower), self.server.url, str(place), str(self.place / "metadata/1.root.json"), str(updates)], capture_output=True,
            text=True, timeout=120, env={**os.environ, "FOLLOWER_MEMORY": "1", "FOLLOWER_SECONDS": str(SECONDS), "no_proxy": "*"})
        self.took = time.monotonic() - begin
        expect(result.returncode == 0, f"an app ends with {result.returncode}: {result.stderr[-500:]}")
        return [json.loads(line) for line in result.stdout.splitlines()]

    def check(self, lines, outcome, release, what):
        """What the app's last line says, and that it shows a message of that release."""
        last = lines[-1] if lines else {}
        found = last.get("outcome", "").split(":")[0]
        expect(found == outcome and last.get("release") == release and last.get("title") == f"Release {release}", f"{what}: {last}")
        return last

    def attack(self, what, answer, bad, may_work=False):
        """The next update is answered so, and ends with the release that was; the one after it brings the newest."""
        self.server.bad, self.server.answer, self.server.asked = (bad,), answer, 0
        place = self.copy()
        before = sorted(path.name for path in (place / "targets").iterdir())
        lines = self.run(place)
        works = may_work and lines[-1]["outcome"] == "updated"
        last = self.check(lines, "updated" if works else "error", 2 if works else 1, what)
        expect(self.took < SECONDS + 4, f"{what}: an update takes {self.took:.1f} s")
        taken = last.get("most", 0) * 1024 - self.usual
        expect(taken < MEMORY, f"{what}: an update takes {taken >> 20} MB more than usual")
        self.most = max(self.most, taken)
        expect(self.server.asked < 60, f"{what}: {self.server.asked} requests")
        left = [path.name for path in (place / "temporary").iterdir()] if (place / "temporary").exists() else []
        expect(not left, f"{what}: {left} are left behind")
        now = sorted(path.name for path in (place / "targets").iterdir())
        expect(works or now == before, f"{what}: targets are {now}, not {before}")
        self.server.answer = None
        self.check(self.run(place), "unchanged" if works else "updated", 2, f"after {what}")
        self.count += 1


def answers(app):
    """Each answer for the timestamp, for metadata behind it, and for files."""
    for what, answer in ANSWERS.items():
        for bad in [STAMP] if what in SLOW else [STAMP, SNAPSHOT, TARGETS, "/targets/"]:
            app.attack(f"{what} for {bad}", answer, bad, what in READABLE)


def resign(app, role, signed, name):
    whole_file = Metadata(signed)
    whole_file.sign(app.keys[role])
    whole_file.to_file(str(app.place / "metadata" / name))


def stolen(app):
    """Whoever has the online keys makes no app fetch for ever; nor does a chain of roots without an end."""
    metadata = app.place / "metadata"
    kept = {path: path.read_bytes() for path in metadata.iterdir()}
    later = Metadata[Targets].from_file(str(metadata / "2.targets.json")).signed.expires

    def restored():
        for path in set(metadata.iterdir()) - kept.keys():
            path.unlink()
        for path, data in kept.items():
            path.write_bytes(data)

    # Ten thousand roles, each of which may know of every file: the manifest is looked for in few of them.
    key = app.keys["targets"].public_key
    roles = {f"role-{number}": DelegatedRole(f"role-{number}", [key.keyid], 1, False, paths=["*"]) for number in range(10_000)}
    resign(app, "targets", Targets(version=2, expires=later, delegations=Delegations({key.keyid: key}, roles)), "2.targets.json")
    for number in range(100):
        resign(app, "targets", Targets(version=1, expires=later), f"1.role-{number}.json")
    meta = {"targets.json": MetaFile(2)} | {f"role-{number}.json": MetaFile(1) for number in range(10_000)}
    resign(app, "snapshot", Snapshot(version=2, expires=later, meta=meta), "2.snapshot.json")
    app.server.asked = 0
    app.check(app.run(app.copy()), "error", 1, "10,000 delegations")
    expect(app.server.asked < 60, f"10,000 delegations: {app.server.asked} requests")
    restored()
    # Versions that leave no room for another.
    for version in (2**53, 2**63 - 1, 2**63, 2**64, 10**30):
        resign(app, "timestamp", Timestamp(version=version, expires=later, snapshot_meta=MetaFile(2)), "timestamp.json")
        place = app.copy()
        last = app.run(place)[-1]
        app.check([last], last["outcome"].split(":")[0], 2 if last["outcome"] == "updated" else 1, f"a timestamp of version {version}")
    restored()
    # A thousand roots, one after the other: what can be taken at once is kept, and the next update goes on.
    root = Metadata[Root].from_file(str(metadata / "1.root.json")).signed
    for number in range(2, 1002):
        root.version = number
        resign(app, "root", root, f"{number}.root.json")
    place = app.copy()
    lines = app.run(place, 6)
    reached = json.loads((place / "metadata/root.json").read_bytes())["signed"]["version"]
    app.check(lines, "unchanged", 2, "a chain of 1,000 roots")
    expect(reached == 1001, f"of 1,000 roots {reached} are taken by 6 updates")
    restored()


def disks(app, folder):
    """A disk that is full, at each size, and one that is not to be written."""
    mount = folder / "disk"
    mount.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mount)], capture_output=True).returncode:
        return "no disk that can be filled"
    try:
        place = mount / "app"
        shutil.copytree(app.kept, place)
        fill, outcomes = mount / "fill", set()
        for room in range(0, 100_000, 4096):
            with open(fill, "wb", buffering=0) as file, contextlib.suppress(OSError):
                while file.write(bytes(4096)):
                    pass
            os.truncate(fill, max(0, fill.stat().st_size - room))
            lines = app.run(place)
            outcome = lines[-1]["outcome"].split(":")[0]
            outcomes.add(outcome)
            app.check(lines, outcome, 1 if outcome == "error" else 2, f"a disk with room for {room} bytes")
            fill.unlink()
            if outcome != "error":
                break
        app.check(app.run(place), "unchanged", 2, "after a full disk")
        expect(outcomes == {"error", "updated"}, f"a full disk: {outcomes}")
        shutil.rmtree(place)
        shutil.copytree(app.kept, place)
        subprocess.run(["mount", "-o", "remount,ro", str(mount)], check=True)
        app.check(app.run(place), "error", 1, "a disk that is not to be written")
        subprocess.run(["mount", "-o", "remount,rw", str(mount)], check=True)
        app.check(app.run(place), "updated", 2, "a disk that is to be written again")
    finally:
        subprocess.run(["umount", "-l", str(mount)], capture_output=True)
    return "a full disk, one that is not to be written"


def hostile(folder):
    if not pathlib.Path(os.environ.get("PLACARD_FOLLOWER", root_folder / ".build/debug/release-follower")).exists():
        return ""
    app = App(folder)
    answers(app)
    stolen(app)
    return f"{app.count} hostile answers with {app.most >> 20} MB at the most, {disks(app, folder)}"
