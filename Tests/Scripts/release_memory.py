"""How much memory an app takes for an update: a part of release-test.py.

A release with texts of several megabytes in several languages, and its next, are signed by python-tuf, as the tool would take long
to compile as much. PlacardClient fetches the one and then the other; what it takes above an app that fetches a release of a few
kilobytes, or above what is in use, is less than twice the largest file.
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


def catalog(count, priority):
    """Messages of ten events, as the texts' catalog would have them."""
    message = {"template": "banner", "surface": "banner", "blocking": False, "dismiss": ["button"],
               "audience": "user.country in [\"CA\", \"DE\", \"JP\"] && user.visits >= 21 && !user.subscribed",
               "frequency": [{"count": 4, "per": 86400}], "priority": priority, "actions": [{"id": "go", "url": "https://example.com/"}]}
    events = ["session_start", *(f"event_{number}" for number in range(9))]
    context = {"user": {"country": {"type": "string"}, "visits": {"type": "int"}, "subscribed": {"type": "bool"}}}
    return {"schema": "placard/catalog/1", "context": context, "events": {event: {} for event in events}, "links": {"schemes": ["https"]},
            "messages": [{**message, "id": f"message-{number:05}", "trigger": {"event": events[number % len(events)]}} for number in range(count)]}


def texts(tag, count, words):
    """Bodies in three forms, as a build writes them: in a tree most of all they would be several times as large."""
    def body(number):
        runs = [f"{tag} {words} {number}-{part} some words of a paragraph" for part in range(12)]
        nodes = [{"type": "text", "value": run} for run in runs]
        return {"html": f"<p>{' '.join(runs)}</p>", "text": " ".join(runs),
                "mdast": {"type": "root", "children": [{"type": "paragraph", "children": nodes}]}}
    messages = {f"message-{number:05}": {"locale": tag, "direction": "ltr", "fields": {"title": words, "body": body(number)},
                                         "actions": {"go": {"label": "Go"}}} for number in range(count)}
    return {"schema": "placard/locale/1", "locale": tag, "messages": messages}


def write_release(place, number, keys, files):
    """Signs a release of a catalog and of texts; the size of its largest file."""
    later = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=3)
    contents = {name: json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() for name, value in files.items()}

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
    return [(line["held"] * 1024, line["most"] * 1024) for line in lines], largest


def memory(folder):
    """A first start and an update, small and large."""
    follower = pathlib.Path(os.environ.get("PLACARD_FOLLOWER", root_folder / ".build/debug/release-follower"))
    if not follower.exists() or not pathlib.Path("/proc/self/status").exists():
        return ""
    sizes = {}
    for kind, count in (("small", 3), ("large", 4000)):
        place = folder / kind
        place.mkdir()
        releases = [{"catalog.json": catalog(count, len(words))} | {f"{tag}.json": texts(tag, count, words) for tag in LANGUAGES}
                    for words in ("First", "Second one")]
        sizes[kind], largest = memories(place, follower, releases)
    # Of the first, what it takes above an app that has fetched a small one; of the second, above what is in use.
    shares = [(sizes["large"][1][1] - sizes["small"][1][1]) / largest, (sizes["large"][2][1] - sizes["large"][1][0]) / largest]
    for update, share in enumerate(shares, start=1):
        expect(0 < share < 2, f"update {update} of a file of {largest} bytes takes {share:.2f} times as much memory")
    return f"an update takes {' and '.join(f'{share:.2f}' for share in shares)} times its largest file"
