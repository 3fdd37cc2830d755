#!/usr/bin/env python3
"""serve-test.py: what `placard serve` shows in a real browser while its project changes.

A page is open at a place of its own (fragment, scrolled) while a text is edited, broken and fixed: the card changes, errors lie
over the last good build and go, and the place stays. Other sites get nothing, nothing but the preview is served, and a project
that goes away for a while is waited for. With a base the pages tell what changed since, of a folder and of a revision of git.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import firefox
from chromium import Chromium
from preview_server import ROOT, Server

problems = []


def expect(holds, what):
    if not holds:
        problems.append(what)
        print(f"serve: {what}")


def until(what, question, seconds=20):
    """Asks until the answer is true; how long it took, in seconds."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        try:
            if question():
                return time.monotonic() - begin
        except SystemExit:
            # A page that is loaded anew while it is asked does not answer.
            pass
        time.sleep(0.005)
    expect(False, f"{what}: not within {seconds} s")
    return seconds


def check_requests(server, project):
    (project / "secret.txt").write_text("secret")
    for path in ("/../placard.yaml", "/%2e%2e/placard.yaml", "/secret.txt", "/placard.yaml", "/content/x.md", "//etc/passwd", "/m/../../secret.txt"):
        status, body = server.get(path)
        expect(status == 404 and b"secret" not in body, f"{path} gives {status}")
    for fields in ({"Host": "evil.example"}, {"Host": f"evil.example:{server.port}"}, {"Origin": "https://evil.example"},
                   {"Sec_Fetch_Site": "cross-site"}):
        expect(server.get("/", **fields)[0] in (403, 421), f"a request with {fields} is answered")
    expect(server.get("/")[0] == 200, "the index is not served")


def check_edits(browser, server, project):
    file = project / "content/coffee/orders/order-ready.md"
    text = file.read_text(encoding="utf-8")
    doings = browser.open(server.address + "m/order-ready.html#l=en&w=320", pause=0.5)
    expect(not doings, f"the page does {doings}")
    browser.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    place = browser.evaluate("scrollY")

    def shows(words):
        return browser.evaluate(f"(document.querySelector('main') || document).textContent?.includes({words!r})")

    file.write_text(text.replace("Pick it up at the **counter**", "Fetch it from the **desk**"), encoding="utf-8")
    until("an edit", lambda: shows("Fetch it from the desk"))
    expect(browser.evaluate("location.hash") == "#l=en&w=320", "the fragment is lost")
    until("the place", lambda: abs(browser.evaluate("scrollY") - place) < 3, 3)

    file.write_text(text.replace('event.status == "ready"', 'event.state == "ready"'), encoding="utf-8")
    overlay = "(document.getElementById('placard-errors') || {}).textContent"
    until("an error", lambda: "cel/unknown-field" in (browser.evaluate(overlay) or ""))
    expect("order-ready.md:" in browser.evaluate(overlay), "the error does not say where")
    expect(shows("Fetch it from the desk"), "the last good build is gone")
    browser.open(server.address + "m/order-ready.html", pause=0.5)
    until("an error on a page that is opened later", lambda: "cel/unknown-field" in (browser.evaluate(overlay) or ""))

    file.write_text(text, encoding="utf-8")
    until("the end of an error", lambda: browser.evaluate("!document.getElementById('placard-errors')"))
    until("the text as it was", lambda: shows("Pick it up at the counter"))

    # A new folder, a new file in it, and a project that is not there for a while.
    new = project / "content/new/deep/extra.md"
    new.parent.mkdir(parents=True)
    new.write_text("---\ntemplate: toast\ntitle: Brand new words\ntrigger: {event: session_start}\n---\nHello.\n", encoding="utf-8")
    until("a new message", lambda: server.get("/m/extra.html")[0] == 200)
    moved = project.with_name("moved")
    project.rename(moved)
    until("a missing project", lambda: "placard.yaml" in (browser.evaluate(overlay) or ""))
    expect(server.get("/m/order-ready.html")[0] == 200, "the last good build is gone with the project")
    moved.rename(project)
    until("the project's return", lambda: browser.evaluate("!document.getElementById('placard-errors')"))


def check_other_browsers(server, project):
    """The same in Firefox, and without scripts."""
    with Chromium(server.address) as browser:
        browser.run_scripts(False)
        doings = browser.open(server.address + "m/order-ready.html")
        expect(not doings, f"without scripts the page does {doings}")
        expect(browser.evaluate("[document.querySelector('.themes').checkVisibility(), document.querySelectorAll('.loc .screen').length > 8]") == [True, True],
               "without scripts the page is not whole")
    if firefox.binary() is None:
        return
    file = project / "content/coffee/orders/order-ready.md"
    text = file.read_text(encoding="utf-8")
    with firefox.Firefox() as browser:
        browser.look(1400)
        for path in ("index.html", "m/order-ready.html", "l/ar.html", "audience.html"):
            browser.open(server.address + path)
            expect(browser.evaluate("document.documentElement.dataset.placardReady") is not None, f"in Firefox, {path} does not come to its end")
        browser.open(server.address + "m/order-ready.html#l=en")
        file.write_text(text.replace("Pick it up at the **counter**", "Ask for it at the **desk**"), encoding="utf-8")
        until("an edit in Firefox", lambda: browser.evaluate("document.querySelector('main')?.textContent.includes('Ask for it at the desk')"))
        expect(browser.evaluate("location.hash") == "#l=en", "in Firefox, the fragment is lost")
        file.write_text(text, encoding="utf-8")
        until("the text as it was in Firefox", lambda: browser.evaluate("document.querySelector('main')?.textContent.includes('Pick it up at the counter')"))
        for error in browser.errors():
            expect(False, f"in Firefox, {error}")
    with firefox.Firefox(runs_scripts=False) as browser:
        for path in ("index.html", "m/order-ready.html", "l/ar.html", "audience.html"):
            browser.open(server.address + path)
            expect(browser.evaluate("document.querySelector('main').innerText.length") > 200, f"in Firefox without scripts, {path} is not whole")
        for error in browser.errors():
            expect(False, f"in Firefox without scripts, {error}")


CHANGED = """[...document.querySelectorAll("article.change")].map(article => article.id.slice(2)).join()"""
CARD = """document.querySelector("#c-order-ready .screen%s")?.textContent"""
MARKS = """[...document.querySelectorAll("tr[data-placard-change]")].map(row => row.dataset.placardChange + " " + row.dataset.placardId).join()"""
FACET = """[...(document.getElementById("f-changed") || {}).options || []].map(option => option.value).join()"""


def check_base(project, base, name, catch_up):
    """What a page says of the changes since a base is true after each edit of either side; `catch_up` makes the base what the project is."""
    file = project / "content/coffee/orders/order-ready.md"
    text = file.read_text(encoding="utf-8")
    with Server(project, "--base", base) as server, Chromium(server.address) as browser:
        doings = browser.open(server.address + "changes.html", pause=0.5)
        expect(not doings, f"{name}: the page of changes does {doings}")
        expect(browser.evaluate(CHANGED) == "", f"{name}: {browser.evaluate(CHANGED)} has changed before anything did")

        def until_changed(what, wanted):
            until(f"{name}: {what}", lambda: browser.evaluate(CHANGED) == wanted)

        file.write_text(text.replace("Pick it up at the **counter**", "Fetch it from the **desk**"), encoding="utf-8")
        until_changed("an edit is a change", "order-ready")
        former, now = (browser.evaluate(CARD % kind) for kind in (".former", ":not(.former)"))
        expect("Pick it up at the counter" in former and "Fetch it from the desk" in now, f"{name}: the cards say {former!r} and {now!r}")
        browser.evaluate("location.hash = '#l=en&t=dark'; scrollTo({ top: 300, behavior: 'instant' })")
        place = browser.evaluate("scrollY")
        file.write_text(text.replace("Pick it up at the **counter**", "Get it at the **desk**"), encoding="utf-8")
        until(f"{name}: another edit", lambda: "Get it at the desk" in (browser.evaluate(CARD % ":not(.former)") or ""))
        expect(browser.evaluate("location.hash") == "#l=en&t=dark", f"{name}: the fragment is lost")
        until(f"{name}: the place", lambda: abs(browser.evaluate("scrollY") - place) < 3, 3)
        browser.open(server.address + "index.html", pause=0.5)
        expect(browser.evaluate(MARKS) == "changed order-ready", f"{name}: the index marks {browser.evaluate(MARKS)!r}")
        expect(browser.evaluate(FACET) == ",any,none,changed", f"{name}: the facet offers {browser.evaluate(FACET)!r}")
        expect(server.get("/summary.md")[0] == 200, f"{name}: there is no summary")

        # The base becomes what the project is, and then the project what the base was.
        catch_up()
        until(f"{name}: a base that has moved on", lambda: browser.evaluate(MARKS) == "")
        browser.open(server.address + "changes.html", pause=0.5)
        file.write_text(text, encoding="utf-8")
        until_changed("the text as it was", "order-ready")
        expect(server.process.poll() is None, f"{name}: the server has ended")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="placard-serve-"))
    project = folder / "project"
    project.mkdir()
    for name in ("content", "templates", "scenarios"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("placard.yaml", "translations.lock"):
        shutil.copy(ROOT / name, project / name)
    base, cloned = folder / "base", folder / "cloned"
    shutil.copytree(project, base)
    shutil.copytree(project, cloned)
    same = "content/coffee/orders/order-ready.md"

    def git(*arguments):
        subprocess.run(["git", "-C", cloned, "-c", "user.name=a", "-c", "user.email=a@b", *arguments], check=True)

    def commit():
        git("add", "--all")
        git("commit", "--quiet", "--message", "one")

    git("init", "--quiet")
    commit()
    try:
        with Server(project) as server, Chromium(server.address) as browser:
            check_requests(server, project)
            expect(server.get("/changes.html")[0] == 404, "there is a page of changes without a base")
            check_edits(browser, server, project)
            check_other_browsers(server, project)
            expect(server.process.poll() is None, "the server has ended")
        # What the edits left behind is no change.
        shutil.rmtree(project)
        shutil.copytree(base, project)
        check_base(project, base, "a folder", lambda: shutil.copy(project / same, base / same))
        check_base(cloned, "HEAD", "a revision", commit)
    finally:
        shutil.rmtree(folder)
    if problems:
        sys.exit(f"serve: FAILED, {len(problems)} problems")
    print("serve: ok, edits, errors, new folders and a project that went away are shown, and what changed since a folder or a revision; "
          "other sites and other files are refused")


main()
