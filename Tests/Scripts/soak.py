#!/usr/bin/env python3
"""soak.py [RELEASES]: an app that follows releases through whatever a server, a network and a system can do.

A project is edited at random and released again and again (PLACARD_SOAK times, 12 unless set). Meanwhile apps follow it, one or two on
one folder, and are killed at random moments. The server answers slowly, cuts answers off, repeats old timestamps by the entity tag of the newest, gives files of other
releases in the place of those that are asked for, answers with errors, or not at all. After each line that an app prints:

* what it shows is what the release that it names has, all of one release;
* that release has been released;
* it is no lower than any that an app on this folder had in use when this one started, or than its own before.

At the end, a day later and with a server that behaves, one update brings the newest. Then bytes are counted: a first start, an unchanged check, and a change
of one message in 200.
"""
import http.server
import json
import os
import pathlib
import random
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.path.abspath(os.environ.get("PLACARD_BIN", root / ".build/release/placard"))
follower = os.path.abspath(os.environ.get("PLACARD_FOLLOWER", root / ".build/debug/release-follower"))
count = int(sys.argv[1]) if len(sys.argv) > 1 else int(os.environ.get("PLACARD_SOAK", "12"))
seed = int(os.environ.get("PLACARD_SEED", "20261130"))
chance = random.Random(seed)
problems = []


def fail(text):
    problems.append(text)
    print(f"  {text}", flush=True)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Serves a folder, well or badly; counts what goes over the wire."""
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.is_hostile, self.chance = folder, False, random.Random(seed)
        self.old = {}                  # earlier bytes of what changes, by path
        self.sent = self.received = self.requests = 0
        self.did = dict.fromkeys(("well", "slowly", "cut", "short", "old", "mixed", "error", "silent"), 0)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, *_):
        pass                           # apps that are killed hang up

    def counted(self, run):
        self.sent = self.received = self.requests = 0
        run()
        return self.sent + self.received, self.requests


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def put(self, data):
        self.server.sent += len(data)
        self.wfile.write(data)

    def answer(self, status, data=b"", headers=(), length=None):
        lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(data) if length is None else length}"]
        lines += [f"{name}: {value}" for name, value in headers]
        self.put("\r\n".join(lines).encode() + b"\r\n\r\n" + data)

    def do_GET(self):
        server = self.server
        server.requests += 1
        server.received += len(self.raw_requestline) + len(str(self.headers).replace("\n", "\r\n"))
        path = self.path.lstrip("/")
        try:
            data = (server.folder / path).read_bytes()
        except OSError:
            data = None
        how = "well"
        if server.is_hostile:
            how = server.chance.choices(list(server.did), [60, 6, 6, 6, 8, 6, 6, 2])[0]
        server.did[how] += 1
        # Of the newest, whatever is sent: a client that believes it would be told for ever that nothing has changed.
        tag = f'"{hash(data) & 0xffffffff:x}"'
        if how == "old" and path in server.old:
            data = server.chance.choice(server.old[path])
        if how == "mixed" and data is not None:
            others = sorted((server.folder / path).parent.iterdir())
            data = server.chance.choice(others).read_bytes()
        if how == "error":
            return self.answer(server.chance.choice([404, 403, 500, 503]), b"no")
        if how == "silent":
            time.sleep(25)
            self.close_connection = True
            return
        if data is None:
            return self.answer(404, b"no")
        if how in ("cut", "short"):
            half = data[:server.chance.randrange(len(data) + 1)]
            self.close_connection = how == "cut"
            return self.answer(200, half, length=len(data) if how == "cut" else None)
        if self.headers.get("If-None-Match") == tag:
            return self.answer(304, headers=[("ETag", tag)])
        if how == "slowly":
            self.answer(200, headers=[("ETag", tag)], length=len(data))
            step = max(1, len(data) // 5)
            for start in range(0, len(data), step):
                time.sleep(0.1)
                self.wfile.flush()
                self.put(data[start:start + step])
            return
        self.answer(200, data, headers=[("ETag", tag)])


def run(*arguments, folder):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(time.time()))}
    result = subprocess.run([placard, *arguments], cwd=folder, capture_output=True, text=True, env=environment)
    if result.returncode != 0:
        sys.exit(f"soak: FAILED (PLACARD_SEED={seed}): {' '.join(arguments)}: {result.stdout[-800:]}{result.stderr[-800:]}")
    return result.stdout


def write_message(project, name, title, body, priority=50):
    (project / f"content/{name}.md").write_text(
        f"---\ntemplate: banner\ntrigger: {{event: session_start}}\npriority: {priority}\ntitle: {title}\n---\n{body}\n", encoding="utf-8")


def words(number):
    return " ".join(chance.choice("here are some of the words that messages are made of today".split()) for _ in range(number))


class Project:
    """A project whose releases can be told apart by the catalog and by the texts."""

    def __init__(self, folder):
        self.path = folder / "project"
        run("init", "project", folder=folder)
        for file in list((self.path / "content").rglob("*.md")) + list((self.path / "scenarios").glob("*.yaml")):
            file.unlink()
        run("keys", "generate", folder=self.path)
        self.others = []
        self.released = {}             # what shows, by the number of the release

    def edit(self, number):
        """The message that shows is another in each release: its id is in the catalog, its words are in the locale file."""
        for file in (self.path / "content").glob("shown-*.md"):
            file.unlink()
        shown = {"message": f"shown-{number}", "title": f"Release {number}", "body": words(6)}
        write_message(self.path, shown["message"], shown["title"], shown["body"], priority=90)
        for _ in range(chance.randrange(4)):
            if self.others and chance.random() < 0.4:
                (self.path / f"content/{self.others.pop(chance.randrange(len(self.others)))}.md").unlink()
            else:
                name = f"other-{number}-{chance.randrange(10**6)}"
                write_message(self.path, name, words(2), words(12))
                self.others.append(name)
        if self.others:
            write_message(self.path, chance.choice(self.others), words(2), words(12))
        return shown

    def release(self, number):
        shown = self.edit(number)
        # An app may have it before the command has ended.
        self.released[number] = shown
        if f"Released {number}" not in run("release", "--keep", "30", folder=self.path):
            sys.exit(f"soak: FAILED, release {number} was not made")


class App(threading.Thread):
    """Starts apps on one folder, and kills them."""

    def __init__(self, server, project, folder, number):
        super().__init__(daemon=True)
        self.server, self.project, self.folder = server, project, folder
        self.chance = random.Random(seed + number)
        self.highest, self.lines, self.kills, self.starts, self.ends = 0, 0, 0, 0, False
        self.outcomes = {}
        self.lock = threading.Lock()

    def run(self):
        while not self.ends:
            both = [threading.Thread(target=self.one) for _ in range(2 if self.chance.random() < 0.3 else 1)]
            for thread in both:
                thread.start()
            for thread in both:
                thread.join()

    def one(self):
        with self.lock:
            least = self.highest
            self.starts += 1
            lifetime = self.chance.uniform(0.05, 2)
        process = subprocess.Popen(
            [follower, self.server.url, str(self.folder), str(self.project.path / "keys/1.root.json"), "50"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        timer = threading.Timer(lifetime, process.kill)
        timer.start()
        for line in process.stdout:
            if line.endswith("\n"):
                least = max(least, self.look(line, least))
        process.wait()
        timer.cancel()
        with self.lock:
            self.kills += process.returncode == -9
            if process.returncode not in (0, -9):
                fail(f"an app ended with {process.returncode}")

    def look(self, line, least):
        """What an app says: one release, released, and none before `least`."""
        with self.lock:
            self.lines += 1
            try:
                found = json.loads(line)
            except ValueError:
                fail(f"an app wrote {line!r}")
                return least
            outcome = found.pop("outcome")
            kind = outcome.split(":")[0] if not outcome.startswith("error") else "error"
            self.outcomes[kind] = self.outcomes.get(kind, 0) + 1
            number = int(found.pop("release", 0))
            if number == 0 and least == 0 and not found:
                return 0
            if number < least:
                fail(f"release {number} after {least} ({outcome})")
            if number not in self.project.released:
                fail(f"release {number} was never made")
            elif self.project.released[number] != found:
                fail(f"release {number} shows {found}, not {self.project.released[number]}")
            self.highest = max(self.highest, number)
            return number


def follow(server, project, folder, updates=1):
    """What an app that is not killed says last."""
    result = subprocess.run([follower, server.url, str(folder), str(project.path / "keys/1.root.json"), str(updates)],
                            capture_output=True, text=True)
    return json.loads(result.stdout.splitlines()[-1])


def soak(folder):
    project = Project(folder)
    project.release(1)
    server = Server(project.path / "release")
    server.is_hostile = True
    apps = [App(server, project, folder / f"app-{number}", number) for number in range(2)]
    for app in apps:
        app.start()
    stamp = "metadata/timestamp.json"
    for number in range(2, count + 1):
        server.old.setdefault(stamp, []).append((server.folder / stamp).read_bytes())
        project.release(number)
        time.sleep(chance.uniform(0, 0.5))
    for app in apps:
        app.ends = True
    for app in apps:
        app.join()
    server.is_hostile = False
    for app in apps:
        before = app.highest
        start = follow(server, project, app.folder, 0)
        if int(start.get("release", 0)) < before:
            fail(f"release {start.get('release')} after a restart, where {before} was in use")
        # A first start that was given an old timestamp by the newest tag believes that tag for a day.
        tag = app.folder / "entity-tag"
        if tag.exists():
            os.utime(tag, (time.time() - 90_000,) * 2)
        end = follow(server, project, app.folder)
        if int(end.get("release", 0)) != count or {**end, "outcome": 0, "release": 0} != {**project.released[count], "outcome": 0, "release": 0}:
            fail(f"at the end there is {end}")
        left = sorted(path.name for path in (app.folder / "temporary").iterdir())
        if left:
            fail(f"left behind: {left}")
    return server, apps


def wire(folder):
    """Bytes over the wire, heads included, without compression: a first start, an unchanged check, a change of one message in 200."""
    project = Project(folder)
    for number in range(199):
        write_message(project.path, f"message-{number}", words(3), words(14))
    project.release(1)
    server = Server(project.path / "release")
    app = folder / "app"
    first, requests = server.counted(lambda: follow(server, project, app))
    texts = [f"first start {first} bytes in {requests} requests"]
    unchanged, requests = server.counted(lambda: follow(server, project, app))
    texts.append(f"unchanged {unchanged} in {requests}")
    write_message(project.path, "message-100", words(3), words(14))
    run("release", folder=project.path)
    changed, requests = server.counted(lambda: follow(server, project, app))
    texts.append(f"one message of 200 {changed} in {requests}")
    whole = sum(path.stat().st_size for pattern in ("*.catalog.json", "*.en.json") for path in (server.folder / "targets").glob(pattern))
    texts.append(f"catalog and texts are {whole // 2}")
    return "; ".join(texts)


with tempfile.TemporaryDirectory() as name:
    begin = time.monotonic()
    (pathlib.Path(name) / "soak").mkdir()
    (pathlib.Path(name) / "wire").mkdir()
    server, apps = soak(pathlib.Path(name) / "soak")
    took = time.monotonic() - begin
    bytes_on_the_wire = wire(pathlib.Path(name) / "wire")

if sum(app.lines for app in apps) < count:
    fail("the apps said too little to tell")
if problems:
    sys.exit(f"soak: FAILED, {len(problems)} problems (PLACARD_SEED={seed})")
outcomes = {name: sum(app.outcomes.get(name, 0) for app in apps) for name in ("start", "updated", "unchanged", "error")}
print(f"soak: ok, {count} releases in {took:.0f} s; {sum(app.starts for app in apps)} apps, {sum(app.kills for app in apps)} killed, "
      f"looked at {sum(app.lines for app in apps)} times ({', '.join(f'{number} {name}' for name, number in outcomes.items())}); "
      f"answers: {', '.join(f'{number} {name}' for name, number in server.did.items())}")
print(f"soak: bytes on the wire: {bytes_on_the_wire}")
