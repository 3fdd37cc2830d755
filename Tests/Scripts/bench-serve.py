#!/usr/bin/env python3
"""bench-serve.py [MESSAGES [LOCALES [base]]]: from the saving of a text to its being on the screen of a browser, with `placard serve`.

A page of one message is open in Chromium; a word of the message's text is changed again and again, and the page is asked when it
shows it. Prints the median and the worst, in milliseconds. With `base` the project is compared with itself as it was.
"""
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

from bench_corpus import make_corpus
from chromium import Chromium
from preview_server import Server

messages = sys.argv[1] if len(sys.argv) > 1 else "1000"
locales = sys.argv[2] if len(sys.argv) > 2 else "20"
EDITS = 15

# Kept when the word is on the page and has been drawn.
SHOWN = """new Promise(done => { const look = () => (document.querySelector("main") || document).textContent?.includes("%s")
  ? requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now()))) : setTimeout(look, 2); look(); })"""


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="placard-bench-serve-"))
    try:
        project = folder / "project"
        shutil.copytree(make_corpus(messages, locales), project, ignore=shutil.ignore_patterns("done"))
        file = sorted(project.glob("content/**/*.md"), key=lambda path: (path.name.count("."), path))[int(messages) // 2]
        text = file.read_text(encoding="utf-8")
        took = []
        options = ()
        if sys.argv[3:] == ["base"]:
            shutil.copytree(project, folder / "base")
            options = ("--base", folder / "base")
        with Server(project, *options) as server, Chromium(server.address) as browser:
            browser.open(f"{server.address}m/{file.stem}.html", pause=1)
            for edit in range(EDITS):
                word = f"Word{edit}x"
                begin = time.time()
                file.write_text(f"{text.rstrip()} {word}\n", encoding="utf-8")
                shown = None
                while shown is None:
                    try:
                        # A page that is loaded anew forgets what it was asked.
                        shown = browser.evaluate(SHOWN % word)
                    except SystemExit:
                        continue
                took.append(shown - begin * 1000)
        print(f"bench-serve: {messages} messages x {locales} locales, {EDITS} edits: median {statistics.median(took):.0f} ms, "
              f"worst {max(took):.0f} ms, from saving to the screen")
    finally:
        shutil.rmtree(folder)


main()
