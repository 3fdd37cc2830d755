"""How much memory an app takes for an update: a part of release-test.py.

Releases with catalogs and texts of up to several megabytes are signed by python-tuf, as the tool would take long to compile as much.
PlacardClient fetches one, then one in which all texts are others, and then one in which a word and a priority are, by patches; the whole
files of the third are not served. What each takes above an app that fetches a release of a few kilobytes, or above what is in use, is
less than twice the largest file, whatever the shape: much text or little, one language or many, one event or ten, conditions or none,
texts larger than the catalog, as large, or smaller. What a decision takes besides is what `Engine.readyLimit` messages take.

What is measured is the most resident memory (VmHWM), which is all the client's own: it maps no files. PLACARD_FOLLOWER may be an
optimized build: swift build -c release --scratch-path .build/follower --product release-follower
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
MANY = [*LANGUAGES, *(f"en-{region}" for region in ("AU", "BE", "CA", "FI", "GB", "HK", "IE", "IL", "IN", "KE", "MT", "NG", "NZ", "PH", "ZA"))]


def catalog(count, priority, has_one_event, has_audience=True):
    """Messages of one event or of ten, as the texts' catalog would have them, with a condition each or without."""
    message = {"template": "banner", "surface": "banner", "blocking": False, "dismiss": ["button"],
               "frequency": [{"count": 4, "per": 86400}], "priority": priority, "actions": [{"id": "go", "url": "https://example.com/"}]}
    events = ["session_start", *(f"event_{number}" for number in range(9))]
    context = {"user": {"country": {"type": "string"}, "visits": {"type": "int"}, "subscribed": {"type": "bool"}}}

    def message_of(number):
        event = events[0 if has_one_event else number % len(events)]
        asks = {"audience": f"user.country in [\"CA\", \"DE\", \"J{number}\"] && user.visits >= {number} && !user.subscribed"}
        return {**message, "id": f"message-{number:05}", "trigger": {"event": event}, **(asks if has_audience else {})}

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


def fixed(files):
    """The next release: one priority and one text are others."""
    def changed(name, value):
        messages = value["messages"]
        if name == "catalog.json":
            return {**value, "messages": [*messages[:-1], {**messages[-1], "priority": 99}]}
        last = max(messages)
        message = messages[last]
        return {**value, "messages": {**messages, last: {**message, "fields": {**message["fields"], "title": "A word is another"}}}}
    return {name: changed(name, value) for name, value in files.items()}


def patch(name, new):
    """What makes the files that `fixed` gives of those that it was given (RFC 7396, Documentation/Protocol.md)."""
    if name == "catalog.json":
        return {"messages": {new["messages"][-1]["id"]: {"priority": 99}}}
    return {"messages": {max(new["messages"]): {"fields": {"title": "A word is another"}}}}


def write_release(place, number, keys, files, old=None):
    """Signs a release of a catalog and of texts; the size of its largest file. With the release before, patches alone are served."""
    later = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=3)
    contents = {name: written(value) for name, value in files.items()}

    def entry(name):
        digest = hashlib.sha256(contents[name]).hexdigest()
        return {"path": f"targets/{digest}.{name}", "sha256": digest, "bytes": len(contents[name])}

    locales = [name.removesuffix(".json") for name in files if name != "catalog.json"]
    manifest = {"schema": "placard/manifest/1", "release": number, "content": "0" * 64, "engine": 2, "source": "en", "catalog": entry("catalog.json"),
                "locales": {tag: {**entry(f"{tag}.json"), "messages": len(files[f"{tag}.json"]["messages"]), "lookup": [tag]} for tag in locales}}
    largest = max(map(len, contents.values()))
    patched = list(contents) if old else []
    for name in patched:
        contents[f"patches/{hashlib.sha256(written(old[name])).hexdigest()}.{name}"] = written(patch(name, files[name]))
    contents["manifest.json"] = json.dumps(manifest).encode()
    (place / "metadata").mkdir(parents=True, exist_ok=True)
    (place / "targets").mkdir(exist_ok=True)
    root, targets = Root(expires=later, consistent_snapshot=True), Targets(version=number, expires=later)
    for role, key in keys.items():
        root.add_key(key.public_key, role)
    for name, data in contents.items():
        target = TargetFile.from_data(name, data, ["sha256"])
        targets.targets[name] = target
        if name not in patched:
            served = pathlib.PurePosixPath(name)
            file = place / "targets" / served.parent / f"{target.hashes['sha256']}.{served.name}"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
    for role, signed, name in (("root", root, "1.root.json"), ("targets", targets, f"{number}.targets.json"),
                               ("snapshot", Snapshot(version=number, expires=later, meta={"targets.json": MetaFile(number)}), f"{number}.snapshot.json"),
                               ("timestamp", Timestamp(version=number, expires=later, snapshot_meta=MetaFile(number)), "timestamp.json")):
        whole = Metadata(signed)
        whole.sign(keys[role])
        whole.to_file(str(place / "metadata" / name))
    return largest


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
        largest = max(largest, write_release(place, number, keys, files, releases[1] if number == 3 else None))
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
    return [{name: line[name] * 1024 for name in ("most", "decided", "held")} | {"microseconds": line["microseconds"]}
            for line in lines], largest


# What is measured: how many messages, whether of one event, their title (none: long texts), languages, and whether they ask something.
SHAPES = {
    "small": (3, False, "", LANGUAGES, True), "of ten events": (4000, False, "", LANGUAGES, True),
    "of one event": (4000, True, "", LANGUAGES, True), "in one language": (4000, False, "", ["en"], True),
    "in twenty": (4000, False, "", MANY, True), "of titles": (12000, False, "A title", LANGUAGES, True),
    "of titles as large as the catalog": (12000, False, "A title " * 26, LANGUAGES, True),
    "as large in twenty": (4000, True, "A title " * 26, MANY, True),
    "of titles for everybody": (12000, True, "A title", LANGUAGES, False),
}


def memory(folder):
    """A first start, an update of all texts and one of a word, of each shape."""
    follower = pathlib.Path(os.environ.get("PLACARD_FOLLOWER", root_folder / ".build/debug/release-follower"))
    if not follower.exists() or not pathlib.Path("/proc/self/status").exists():
        return ""
    small, said = [], []
    for kind, (count, has_one_event, title, languages, has_audience) in SHAPES.items():
        place = folder / kind
        place.mkdir()
        releases = [{"catalog.json": catalog(count, priority, has_one_event, has_audience)}
                    | {f"{tag}.json": texts(tag, count, words, title) for tag in languages} for priority, words in ((1, "First"), (2, "Second one"))]
        found, largest = memories(place, follower, [*releases, fixed(releases[1])])
        if kind == "small":
            small = found
            continue
        # Of the first, what it takes above an app that has fetched a small one; of the others, above what is in use.
        taken = [found[1]["most"] - small[1]["most"], *(found[number]["most"] - found[number - 1]["held"] for number in (2, 3))]
        shares = ", ".join(f"{bytes / largest:.2f}" for bytes in taken)
        expect(max(taken) < 2 * largest, f"updates {kind}, of a file of {largest} bytes, take {taken} bytes")
        ready = (found[1]["decided"] - found[1]["most"]) / 1000
        expect(ready < 5000, f"each of the messages {kind} that are ready takes {ready:.0f} bytes")
        said.append(f"{shares} {kind}")
        if os.environ.get("PLACARD_VERBOSE"):
            print(f"{kind}: {largest} bytes; {shares}; decisions of {found[3]['microseconds']:.0f} µs; {found}")
    return f"a first update, one of all texts and one of a word take, in times their largest file: {'; '.join(said)}"
