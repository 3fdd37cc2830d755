"""Drives Firefox through Marionette, with nothing but Python's library.

Marionette speaks JSON over TCP, each message led by its length and a colon: [0, id, command, parameters] and
[1, id, error, result]. Firefox keeps apart what pages from `file:` URLs may read more strictly than Chromium.
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

BINARIES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")

PREFERENCES = {
    "app.update.disabledForTesting": True, "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
    "network.dns.disabled": True, "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,", "toolkit.telemetry.enabled": False, "browser.aboutwelcome.enabled": False,
}


def binary():
    """Where Firefox is; nil where there is none."""
    return next((path for path in map(shutil.which, BINARIES) if path), None)


class Firefox:
    """A browser with one page, for as long as its ``with`` lasts."""

    def __init__(self, runs_scripts=True, scheme="light"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.runs_scripts = runs_scripts
        self.profile = tempfile.mkdtemp(prefix="placard-firefox-")
        preferences = PREFERENCES | {
            "marionette.port": port, "javascript.enabled": runs_scripts,
            "layout.css.prefers-color-scheme.content-override": 0 if scheme == "dark" else 1}
        lines = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
        (pathlib.Path(self.profile) / "user.js").write_text(lines)
        self.process = subprocess.Popen(
            [binary(), "--headless", "--marionette", "-remote-allow-system-access", "--no-remote", "--profile", self.profile], env=os.environ | {"HOME": self.profile},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), 60)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise SystemExit("Firefox does not start") from None
                time.sleep(0.1)
        self.buffer = b""
        self.last = 0
        self.receive()
        self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Marionette:Quit", flags=["eForceQuit"])
            self.process.wait(10)
        except (OSError, SystemExit, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.socket.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def receive(self):
        while b":" not in self.buffer:
            self.more()
        length, _, self.buffer = self.buffer.partition(b":")
        while len(self.buffer) < int(length):
            self.more()
        message, self.buffer = self.buffer[:int(length)], self.buffer[int(length):]
        return json.loads(message)

    def more(self):
        chunk = self.socket.recv(1 << 20)
        if not chunk:
            raise SystemExit("Firefox ended by itself")
        self.buffer += chunk

    def call(self, command, **parameters):
        self.last += 1
        data = json.dumps([0, self.last, command, parameters]).encode()
        self.socket.sendall(str(len(data)).encode() + b":" + data)
        while True:
            kind, number, error, result = self.receive()
            if kind == 1 and number == self.last:
                if error:
                    raise SystemExit(f"{command}: {error['message']}")
                return result

    def look(self, width, height=1000):
        self.call("WebDriver:SetWindowRect", x=0, y=0, width=width, height=height)

    def open(self, url):
        self.call("WebDriver:Navigate", url="about:blank")
        self.call("WebDriver:Navigate", url=url)

    def evaluate(self, expression):
        """The value of a JavaScript expression, in a world beside the page's own; a promise's when it is kept."""
        if not self.runs_scripts:
            return self.call("WebDriver:ExecuteScript", script=f"return {expression}", args=[], sandbox="system")["value"]
        script = f"const done = arguments[arguments.length - 1]; Promise.resolve({expression}).then(done, error => done('' + error));"
        return self.call("WebDriver:ExecuteAsyncScript", script=script, args=[], sandbox="default")["value"]

    def errors(self):
        """The errors of pages' scripts since it was last asked."""
        self.call("Marionette:SetContext", value="chrome")
        found = self.call("WebDriver:ExecuteScript", script=ERRORS, args=[], sandbox="default")["value"]
        self.call("Marionette:SetContext", value="content")
        return found


# Messages of the browser itself are not among them.
ERRORS = """const all = Services.console.getMessageArray(); Services.console.reset();
return all.filter(one => one instanceof Ci.nsIScriptError && /^(file:|http:)/.test(one.sourceName || "")
  && !(one.flags & Ci.nsIScriptError.warningFlag)).map(one => one.category + ": " + one.errorMessage.slice(0, 200));"""


def check_firefox(demo, problem, others=()):
    """Every page of a preview in Firefox, and others: its script comes to its end, devices are as wide as they say, no box spills."""
    if binary() is None:
        return None
    pages = [*others, *sorted(demo.rglob("*.html"))]
    with Firefox() as browser:
        browser.look(1400)
        for page in pages:
            browser.open(page.as_uri())
            if browser.evaluate("document.documentElement.dataset.placardReady") is None:
                problem(page.name, "in Firefox, the page's script does not come to its end")
            for address in browser.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)"):
                if not address.startswith((demo.parent.parent.as_uri(), "data:")):
                    problem(page.name, f"in Firefox, a request: {address}")
            for error in browser.errors():
                problem(page.name, f"in Firefox, {error}")
            if browser.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problem(page.name, "in Firefox, the page is wider than the window")
            if page.name == "changes.html":
                size = browser.evaluate("[...document.querySelectorAll('.change .screen')].filter(screen => screen.checkVisibility()).map(screen => Math.min(screen.offsetWidth, screen.offsetHeight))")
                if len(size) < 40 or min(size) < 60:
                    problem(page.name, f"in Firefox, screens are {size}")
            if page.parent.name == "m":
                size = browser.evaluate("(glass => [glass.clientWidth, glass.clientHeight, glass.querySelector('.m, .lock').clientWidth])(document.querySelector('.glass'))")
                if size != [390, 844, 390]:
                    problem(page.name, f"in Firefox, the device is {size}")
        index = demo / "index.html"
        browser.open(index.as_uri() + "#q=seasonal")
        found = browser.evaluate("new Promise(done => setTimeout(() => done([...document.querySelectorAll('tr[data-placard-id]:not([hidden])')].length), 300))")
        if not 0 < found < 10:
            problem("index.html", f"in Firefox, a search finds {found} messages")
    with Firefox(runs_scripts=False) as browser:
        for page in pages:
            browser.open(page.as_uri())
            if (page.parent.name == "m" or page in others) and not browser.evaluate("document.querySelector('.themes').checkVisibility()"):
                problem(page.name, "in Firefox without script, there is no switch of themes")
            if browser.evaluate("document.querySelector('main').innerText.length") < 40:
                problem(page.name, "in Firefox without script, the page is not whole")
            for error in browser.errors():
                problem(page.name, f"in Firefox without script, {error}")
    return len(pages)
