"""What tests of releases share: the tool, a server, and an app as python-tuf has it."""
import functools
import hashlib
import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

import json_merge_patch
from tuf.ngclient import Updater

import protocol_reader as reader

root = pathlib.Path(__file__).resolve().parents[2]
placard = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PLACARD_BIN", str(root / ".build/release/placard"))
placard = str(pathlib.Path(placard).resolve())
problems = []


def expect(holds, what):
    if not holds:
        problems.append(what)


def run(*arguments, folder, expected=0, **variables):
    """Runs the tool; what it wrote to both streams."""
    environment = {**os.environ, **variables}
    result = subprocess.run([placard, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    if result.returncode != expected:
        problems.append(f"{' '.join(arguments)}: exit code {result.returncode}, not {expected}\n{result.stdout[-600:]}{result.stderr[-600:]}")
    expect("PRIVATE KEY" not in result.stdout + result.stderr, f"{arguments}: a key was printed")
    return result.stdout + result.stderr


def killed(seconds, *arguments, folder):
    """Runs the tool, and kills it after some time."""
    process = subprocess.Popen([placard, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.kill()
    process.wait()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


class Client:
    """An app with a pinned root, as python-tuf has it."""

    def __init__(self, url, pinned, folder):
        self.url, self.folder = url, folder
        (folder / "metadata").mkdir(parents=True)
        (folder / "targets").mkdir()
        self.pinned = pinned
        # Files of releases by their SHA-256, and how many were made of those by patches.
        self.seen, self.patched = {}, set()

    def update(self):
        """Updates, and gets every target; the manifest."""
        updater = Updater(str(self.folder / "metadata"), self.url + "metadata/", str(self.folder / "targets"),
                          self.url + "targets/", bootstrap=self.pinned)
        updater.refresh()
        names = json.loads((self.folder / "metadata/targets.json").read_bytes())["signed"]["targets"]
        files = {name: pathlib.Path(updater.download_target(updater.get_targetinfo(name))).read_bytes() for name in names}
        manifest = json.loads(files["manifest.json"])
        named = [manifest["catalog"], *manifest["locales"].values(), *manifest.get("assets", {}).values()]
        for entry in named:
            # The rule by which a path of the manifest names a target.
            segments = entry["path"].removeprefix("targets/").split("/")
            segments[-1] = segments[-1].removeprefix(entry["sha256"] + ".")
            name = "/".join(segments)
            expect(len(files.get(name, b"")) == entry["bytes"], f"{name} of the manifest is no target")
        patches = {name: files.pop(name) for name in list(files) if name.startswith("patches/")}
        expect(len(files) == len({entry["path"] for entry in named}) + 1, "there are targets that the manifest does not name")
        self.patch(manifest, patches)
        self.seen = {hashlib.sha256(data).hexdigest(): data for data in [*self.seen.values(), *files.values()]}
        return manifest

    def patch(self, manifest, patches):
        """Each patch that begins with a file that this client has had leads to a file of the manifest."""
        entries = {"catalog.json": manifest["catalog"]} | {f"{tag}.json": entry for tag, entry in manifest["locales"].items()}
        for path, patch in patches.items():
            digest, name = path.removeprefix("patches/").split(".", 1)
            expect(2 * len(patch) < entries[name]["bytes"], f"{path} is not much smaller than its file")
            if digest in self.seen:
                data = reader.patched(name, self.seen[digest], patch, entries[name])
                expect(data is not None, f"{path} does not lead to the {name} of release {manifest['release']}")
                self.patched.add((path, manifest["release"]))
                if name != "catalog.json":
                    merged = json_merge_patch.merge(json.loads(self.seen[digest]), json.loads(patch))
                    expect(reader.written(merged).encode() == data, f"{path}: json-merge-patch has another result")


def edit(project, words):
    path = next((project / "content").rglob("welcome.md"))
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    path.write_text(f"---\n{front}---\n{words}\n", encoding="utf-8")
