#!/usr/bin/env python3
"""bench-preview.py [MESSAGES [LOCALES]]: how large the previews of a large project are, and how fast in Chromium.

Builds the benchmarks' corpus, and prints the sizes of the pages with their budgets, how long the index takes to open, and how long after a
key of the search what it finds is drawn, for somebody who types once the texts are there and for one who types at once. Ends with 1
where a budget is not kept.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from bench_corpus import make_corpus, placard
from chromium import Chromium

messages = sys.argv[1] if len(sys.argv) > 1 else "1000"
locales = sys.argv[2] if len(sys.argv) > 2 else "20"
RUNS = 5
WORDS = "order today"

# Milliseconds from the page's beginning to its load, and to when everything of ours has been done and drawn.
OPENED = """new Promise(done => requestAnimationFrame(() => setTimeout(() => {
  const entry = performance.getEntriesByType("navigation")[0];
  done([entry.loadEventEnd, performance.now()]);
})))"""

# One key after the other, each waited for until it has been drawn; the milliseconds of each.
TYPED = """(async pause => {
  const search = document.getElementById("f-q"), took = [];
  search.focus();
  await new Promise(done => setTimeout(done, pause));
  for (const letter of %r) {
    const begin = performance.now();
    search.value += letter;
    search.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.offsetHeight;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    took.push(performance.now() - begin);
    await new Promise(done => setTimeout(done, 60));
  }
  return [took, document.querySelectorAll("tr[data-placard-id]:not([hidden])").length];
})(%d)"""

failures = []


def tell(name, value, limit, unit):
    kept = value <= limit
    if not kept:
        failures.append(name)
    print(f"bench-preview: {name}: {value:,.0f} {unit}, budget {limit:,.0f} {'kept' if kept else 'NOT KEPT'}")


def sizes(preview, count):
    def size(path):
        return (preview / path).stat().st_size / 1024
    tell("index.html", size("index.html"), 512 * count / 1000, "KB")
    pages = sorted((page.stat().st_size / 1024, page.name) for page in (preview / "m").glob("**/*.html"))
    print(f"bench-preview: message pages: median {pages[len(pages) // 2][0]:,.0f} KB, largest {pages[-1][1]}")
    tell("largest message page", pages[-1][0], 60, "KB")
    tell("preview.js", size("assets/preview.js"), 60, "KB")
    tell("preview.css", size("assets/preview.css"), 30, "KB")
    texts = [path.stat().st_size / 1024 for path in (preview / "data").glob("texts*.js")]
    print(f"bench-preview: texts for the search: {sum(texts):,.0f} KB in {len(texts)} files, {max(texts):,.0f} KB at most")
    for name in ("coverage.html", "checks.html", "audience.html", "preview.json"):
        print(f"bench-preview: {name}: {size(name):,.0f} KB")
    languages = [page.stat().st_size / 1024 for page in (preview / "l").glob("*.html")]
    print(f"bench-preview: pages of languages: {max(languages):,.0f} KB at most")


def times(preview):
    address = (preview / "index.html").as_uri()
    loaded, drawn = [], []
    with Chromium() as browser:
        for _ in range(RUNS):
            problems = browser.open(address)
            if problems:
                sys.exit(f"bench-preview: the index does more than show itself: {problems}")
            one, other = browser.evaluate(OPENED)
            loaded.append(one)
            drawn.append(other)
        browser.open("about:blank")
        browser.open(address)
        at_once, _ = browser.evaluate(TYPED % (WORDS, 0))
        browser.open("about:blank")
        browser.open(address)
        keys, found = browser.evaluate(TYPED % (WORDS, 1500))
    tell("index opens", statistics.median(drawn), 1000, "ms")
    print(f"bench-preview: loaded after {statistics.median(loaded):,.0f} ms; {found} messages have the words {WORDS!r}")
    print(f"bench-preview: keys of the search: median {statistics.median(keys):,.0f} ms")
    tell("slowest key of the search", max(keys), 50, "ms")
    tell("slowest key while texts are read", max(at_once), 50, "ms")
    print(f"bench-preview: load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def main():
    built = os.environ.get("PLACARD_PREVIEW")
    if built:
        sizes(pathlib.Path(built), int(messages))
        times(pathlib.Path(built))
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="placard-bench-preview-"))
    try:
        subprocess.run([placard, "build", "--project", str(make_corpus(messages, locales)), "--output", str(folder / "out")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sizes(folder / "out/preview", int(messages))
        times(folder / "out/preview")
    finally:
        shutil.rmtree(folder)


main()
sys.exit(bool(failures))
