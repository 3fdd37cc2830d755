"""How much memory an app takes for an update: a part of release-test.py.

Releases with texts of several megabytes in several languages, and their next, are signed by python-tuf, as the tool would take long
to compile as much. PlacardClient fetches the one and then the other; what it takes above an app that fetches a release of a few
kilobytes, or above what is in use, is less than twice the largest file. That holds of messages that say much and of such as have a
short title alone, and where one event brings all of them up, each with a condition of its own. Where the catalog is as large as the
texts, it is little more than both. What a decision takes besides is what `Engine.readyLimit` messages take.
"""
import datetime
import hashlib
import http.server
import json
import os
import pathlib
import subprocess
import threading

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from release_support import expect
from release_support import root as root_folder

LANGUAGES = ["ar", "de", "en", "fr", "ja"]


def catalog(count, priority, has_one_event):
    """Messages of one event or of ten, as the texts' catalog would have them."""
    message = {"template": "banner", "surface": "banner", "blocking": False, "dismiss": ["button"],
               "frequency": [{"count": 4, "per": 86400}], "priority": priority, "actions": [{"id": "go", "url": "https://example.com/"}]}
    events = ["session_start", *(f"event_{number}" for number in range(9))]
    context = {"user": {"country": {"type": "string"}, "visits": {"type": "int"}, "subscribed": {"type": "bool"}}}

    def message_of(number):
        event = events[0 if has_one_event else number % len(events)]
        return {**message, "id": f"message-{number:05}", "trigger": {"event": event},
                "audience": f"user.country in [\"CA\", \"DE\", \"J{number}\"] && user.visits >= {number} && !user.subscribed"}

    return {"schema": "placard/catalog/1", "context": context, "events": {event: {} for event in events}, "links": {"schemes": ["https"]},
            "messages": [message_of(number) for number in range(count)]}


def texts(tag, count, words, title):
    """Titles alone, or with bodies in three forms, as a build writes them: in a tree most of all they would be several times as large."""
    def fields(number):
        if title:
            return {"title": f"{title}{words}"}
        runs = [f"{tag} {words} {number}-{part} some words of a paragraph" for part in range(12)]
        nodes = [{"type": "text", "value": run} for run in runs]
        return {"title": words, "body": {"html": f"<p>{' '.join(runs)}</p>", "text": " ".join(runs),
                                         "mdast": {"type": "root", "children": [{"type": "paragraph", "children": nodes}]}}}
    messages = {f"message-{number:05}": {"locale": tag, "direction": "ltr", "fields": fields(number), "actions": {"go": {"label": "Go"}}}
                for number in range(count)}
    return {"schema": "placard/locale/1", "locale": tag, "messages": messages}


def written(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def write_release(place, number, keys, files):
    """Signs a release of a catalog and of texts; the size of its largest file."""
    later = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=3)
    contents = {name: written(value) for name, value in files.items()}

    def entry(name):
        digest = hashlib.sha256(contents[name]).hexdigest()
        return {"path": f"targets/{digest}.{name}", "sha256": digest, "bytes": len(contents[name])}

    manifest = {"schema": "placard/manifest/1", "release": number, "content": "0" * 64, "engine": 2, "source": "en", "catalog": entry("catalog.json"),
                "locales": {tag: {**entry(f"{tag}.json"), "messages": len(files[f"{tag}.json"]["messages"]), "lookup": [tag]} for tag in LANGUAGES}}
    contents["manifest.json"] = json.dumps(manifest).encode()
    (place / "metadata").mkdir(parents=True, exist_ok=True)
    (place / "targets").mkdir(exist_ok=True)
    root, targets = Root(expires=later, consistent_snapshot=True), Targets(version=number, expires=later)
    for role, key in keys.items():
        root.add_key(key.public_key, role)
    for name, data in contents.items():
        target = TargetFile.from_data(name, data, ["sha256"])
        targets.targets[name] = target
        (place / f"targets/{target.hashes['sha256']}.{name}").write_bytes(data)
    for role, signed, name in (("root", root, "1.root.json"), ("targets", targets, f"{number}.targets.json"),
                               ("snapshot", Snapshot(version=number, expires=later, meta={"targets.json": MetaFile(number)}), f"{number}.snapshot.json"),
                               ("timestamp", Timestamp(version=number, expires=later, snapshot_meta=MetaFile(number)), "timestamp.json")):
        whole = Metadata(signed)
        whole.sign(keys[role])
        whole.to_file(str(place / "metadata" / name))
    return max(map(len, contents.values()))


def handler(folder, stamps):
    """Serves a folder; the first timestamp, and from the second request for it on the second."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            path = folder / self.path.lstrip("/")
            data = path.read_bytes() if path.is_file() else b""
            if self.path == "/metadata/timestamp.json":
                data = stamps.pop(0) if len(stamps) > 1 else stamps[0]
            self.send_response(200 if data else 404)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
    return Handler


def memories(folder, follower, releases):
    """What an app says of its memory at its start and after each update to the next release, and the largest file's bytes."""
    keys = {role: CryptoSigner.generate_ed25519() for role in ("root", "targets", "snapshot", "timestamp")}
    place, stamps, largest = folder / "release", [], 0
    for number, files in enumerate(releases, start=1):
        largest = max(largest, write_release(place, number, keys, files))
        stamps.append((place / "metadata/timestamp.json").read_bytes())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(place, stamps))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    result = subprocess.run([str(follower), url, str(folder / "app"), str(place / "metadata/1.root.json"), str(len(releases))],
                            capture_output=True, text=True, env={**os.environ, "FOLLOWER_MEMORY": "1"})
    server.shutdown()
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    expect([line["outcome"] for line in lines] == ["start"] + ["updated"] * len(releases),
           f"an app that is measured: {result.stdout[-600:]}{result.stderr[-600:]}")
    return [{name: line[name] * 1024 for name in ("most", "decided", "held")} for line in lines], largest


def memory(folder):
    """A first start and an update: small, long, of one event, and short."""
    follower = pathlib.Path(os.environ.get("PLACARD_FOLLOWER", root_folder / ".build/debug/release-follower"))
    if not follower.exists() or not pathlib.Path("/proc/self/status").exists():
        return ""
    small, said = [], []
    for kind, count, has_one_event, title in (("small", 3, False, ""), ("of ten events", 4000, False, ""), ("of one event", 4000, True, ""),
                                              ("of titles", 12000, False, "A title"), ("of titles as large as the catalog", 12000, False, "A title " * 26)):
        place = folder / kind
        place.mkdir()
        releases = [{"catalog.json": catalog(count, priority, has_one_event)}
                    | {f"{tag}.json": texts(tag, count, words, title) for tag in LANGUAGES} for priority, words in ((1, "First"), (2, "Second one"))]
        found, largest = memories(place, follower, releases)
        if kind == "small":
            small = found
            continue
        # Of the first, what it takes above an app that has fetched a small one; of the second, above what is in use.
        taken = [found[1]["most"] - small[1]["most"], found[2]["most"] - found[1]["held"]]
        both = sum(len(written(releases[1][name])) for name in ("catalog.json", "en.json"))
        shares = " and ".join(f"{bytes / largest:.2f}" for bytes in taken)
        expect(0 < min(taken) and max(taken) < (1.6 * both if title else 2 * largest),
               f"updates {kind}, of a file of {largest} bytes and of {both} with the other one, take {taken} bytes")
        ready = (found[1]["decided"] - found[1]["most"]) / 1000
        expect(ready < 5000, f"each of the messages {kind} that are ready takes {ready:.0f} bytes")
        said.append(f"{shares} {kind}")
    return f"updates take, in times their largest file: {', '.join(said)}"
