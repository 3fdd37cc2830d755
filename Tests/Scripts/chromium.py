"""Drives Chromium through its debugging pipe (Chrome DevTools Protocol), with nothing but Python's library.

A page's doings come back as plain values: dialogs, console messages, exceptions, requests. The browser resolves no
host name, so that a page that asks the network for something is seen, and gets nothing.
"""
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

BINARIES = ("chromium", "google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def above(descriptor):
    """The same file as a descriptor of another number, which is 10 or more."""
    other = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return other


class Chromium:
    """A browser with one page, for as long as its ``with`` lasts."""

    def __init__(self, server=None):
        """With `server`, the address of a server of this machine, pages may ask that and nothing else."""
        self.server = server
        binary = next((path for path in map(shutil.which, BINARIES) if path), None)
        if binary is None:
            raise SystemExit("no Chromium; Tests/Scripts/install-dependencies.sh test installs it")
        self.profile = tempfile.mkdtemp(prefix="placard-chromium-")
        options = [
            "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--no-first-run",
            "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
            "--metrics-recording-only", "--mute-audio", "--hide-scrollbars", "--window-size=1280,900",
            "--host-resolver-rules=MAP * ~NOTFOUND" + (", EXCLUDE 127.0.0.1" if server else ""), "--lang=en",
        ]
        if os.geteuid() == 0:
            # The sandbox does not run as root, which is what containers have.
            options.append("--no-sandbox")
        # The pipe is file descriptors 3 and 4 of the browser; ours are above them, so that neither takes the other's place.
        from_us, self.write = map(above, os.pipe())
        self.read, to_us = map(above, os.pipe())
        os.set_inheritable(from_us, True)
        os.set_inheritable(to_us, True)
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{from_us} 4>&{to_us}', "bash", binary, *options, "about:blank"],
            pass_fds=(from_us, to_us), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)
        self.buffer = b""
        self.last = 0
        self.events = []
        self.runs_scripts = True
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Target.setDiscoverTargets", discover=True, session=None)
        self.events.clear()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.close(self.write)
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.read)
        shutil.rmtree(self.profile, ignore_errors=True)

    # The protocol: JSON objects, each ended by a NUL.

    def send(self, method, session, parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write, data):]
        return self.last

    def receive(self, deadline):
        """The next message; None when there is none before the deadline."""
        while b"\0" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.read], [], [], left)[0]:
                return None
            chunk = os.read(self.read, 1 << 20)
            if not chunk:
                raise SystemExit("Chromium ended by itself")
            self.buffer += chunk
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def call(self, method, session="own", timeout=60, **parameters):
        number = self.send(method, getattr(self, "session", None) if session == "own" else session, parameters)
        deadline = time.monotonic() + timeout
        while True:
            message = self.receive(deadline)
            if message is None:
                raise SystemExit(f"Chromium does not answer {method}")
            if message.get("id") == number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']['message']}")
                return message["result"]
            self.see(message)

    def see(self, message):
        if "method" not in message:
            return
        self.events.append(message)
        if message["method"] == "Page.javascriptDialogOpening":
            self.send("Page.handleJavaScriptDialog", self.session, {"accept": False})

    # Pages

    def open(self, url, pause=0.0, bypass_policy=False):
        """Loads a page, and gives what it did besides being shown, each as one line."""
        self.call("Page.setBypassCSP", enabled=bypass_policy)
        self.events.clear()
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + 60
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            message = self.receive(deadline)
            if message is None:
                raise SystemExit(f"{url} does not load")
            self.see(message)
        if self.runs_scripts:
            self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, %d)))" % (pause * 1000))
        return self.doings(url)

    def run_scripts(self, runs):
        """Whether pages that are opened from now on run scripts; ``evaluate`` does in any case."""
        self.call("Emulation.setScriptExecutionDisabled", value=not runs)
        self.runs_scripts = runs

    def click(self, x, y):
        """Clicks on a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def look(self, width, scheme, is_forced=False):
        """Shows pages that many pixels wide from now on, to people who prefer the `light` or the `dark` scheme, or who have
        colors of their own."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=1000, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "forced-colors", "value": "active" if is_forced else "none"}])

    def doings(self, url):
        """What pages have done since ``open``."""
        folder = url.rsplit("/", 1)[0]
        found = []
        for event in self.events:
            method, values = event["method"], event.get("params", {})
            if method == "Page.javascriptDialogOpening":
                found.append(f"a dialog: {values['type']} {values['message'][:80]!r}")
            elif method == "Runtime.consoleAPICalled":
                words = " ".join(str(argument.get("value", argument.get("description"))) for argument in values["args"])
                found.append(f"console.{values['type']}: {words[:200]}")
            elif method == "Runtime.exceptionThrown":
                details = values["exceptionDetails"]
                found.append(f"an exception: {details.get('exception', {}).get('description', details['text'])[:200]}")
            elif method == "Log.entryAdded" and values["entry"]["level"] in ("warning", "error"):
                found.append(f"{values['entry']['source']}: {values['entry']['text'][:300]}")
            elif method == "Network.requestWillBeSent":
                address = values["request"]["url"]
                if self.server and address.startswith(self.server):
                    continue
                if not address.startswith(("file://" + os.path.dirname(folder[len("file://"):]) + "/", "data:image/")):
                    found.append(f"a request: {address[:200]}")
            elif method in ("Page.windowOpen", "Page.frameAttached", "Target.targetCreated"):
                kind = values.get("targetInfo", {}).get("type", "")
                if kind in ("", "page", "iframe", "worker", "service_worker"):
                    found.append(f"{method} {json.dumps(values)[:200]}")
            elif method == "Page.frameNavigated" and values["frame"]["url"].split("#")[0] != url.split("#")[0]:
                found.append(f"went to {values['frame']['url'][:200]}")
        return found

    def evaluate(self, expression):
        """The value of a JavaScript expression; a promise's when it is kept."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression[:80]}: {result['exceptionDetails'].get('exception', {}).get('description')}")
        return result["result"].get("value")
