#!/usr/bin/env python3
"""browser-test.py: in a real browser a value changes nothing but itself, and a preview asks for nothing.

Values that are made to break out (hostile_values.py) go through the tool into every place of a text. What the tool
gives to clients and shows in previews is opened in Chromium, and must be what it is with a harmless value, but for the
words of the value: the same elements, the same attributes, addresses that may be opened, the text around it in its order;
no script runs, and nothing is requested. Then every page of the demo's preview is opened, and held against axe. At last
the names of units are compared with the browser's own (unit_agreement.py).
"""
import html
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

from axe_pages import Axe, check_that_axe_can_fail
from chromium import Chromium
from firefox import check_firefox
from hostile_templates import check_hostile_templates
from hostile_values import PNG, allowed_link, name, padded, payloads, token, write_project
import preview_changes
from preview_keys import check_keys
from preview_pages import check_pages
from review_walk import check_walk
from unit_agreement import check_units

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACARD = os.path.abspath(os.environ.get("PLACARD_BIN", ROOT / ".build/release/placard"))
PER_PAGE = 16
# The names of attributes, of a Markdown tree's and of a template's fields that hold an address.
ADDRESSES = {"href", "url", "data-to", "more"}
WHOLE = "https://shop.example.com/wv{:02}w"

TREE = """(() => {
  const tree = node => node.nodeType === 3 ? node.data : node.nodeType !== 1 ? ["#" + node.nodeType, {}, []] : [node.localName,
    Object.fromEntries([...node.attributes].map(a => [a.name, a.value])), [...node.childNodes].map(tree)];
  document.normalize();
  return JSON.stringify(tree(document.documentElement));
})()"""

# The places on the screen of what stands before a value, of the value, and of what stands behind it.
ORDER = """(size => {
  const place = (from, start, to, end) => {
    const range = document.createRange(); range.setStart(from, start); range.setEnd(to, end);
    const boxes = [...range.getClientRects()].filter(box => box.width > 0);
    return boxes.length ? [Math.min(...boxes.map(b => b.left)), Math.max(...boxes.map(b => b.right))] : null;
  };
  const found = [];
  const word = (text, pattern) => { const all = [...text.matchAll(pattern)]; return all[all.length - 1]; };
  for (const line of [...document.querySelectorAll("#body > p, .line")]) {
    const first = line.firstChild, last = line.lastChild;
    const before = first && first.nodeType === 3 && first.data.match(/^(?:before|قبل)(\\d+) /);
    if (!before) continue;
    const after = last.nodeType === 3 && word(last.data, /(?:after|بعد)\\d+$/g);
    if (!after) { found.push([line.className, before[1], null, null, null]); continue; }
    const from = before[0].length - 1, to = after.index;
    found.push([line.className, before[1], place(first, 0, first, 1), place(first, from - 1, first, from),
      place(first, from, last, to), place(last, to, last, to + 1), place(last, last.length - 1, last, last.length)]);
  }
  return found;
})()"""

# Handlers wait for a pointer or a focus; links are not followed.
POKE = """document.querySelectorAll("body *").forEach(element => {
  for (const kind of ["mouseover", "mouseenter", "focus", "pointerdown", "toggle", "animationstart", "error", "load"])
    element.dispatchEvent(new Event(kind));
  if (!element.closest("a, button, summary, select")) element.dispatchEvent(new MouseEvent("click", { bubbles: false }));
})"""

CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")

problems = []


def problem(where, what):
    problems.append(f"{where}: {what}")


def run(*arguments):
    result = subprocess.run([PLACARD, *map(str, arguments)], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"browser: placard {arguments[0]} fails\n{result.stderr[:2000]}")
    return result.stdout


# What must be the same


def plain(text):
    """Text without the control characters that a browser or a preview drops or changes, and without bidirectional
    ones: the order that they give is looked at on the screen."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def quoted(value):
    return urllib.parse.quote(value, safe="-._~")


def written(text, values, write):
    """A harmless text with the values in the place of the harmless ones."""
    return re.sub(r"qv(\d\d)q", lambda match: write(values[int(match.group(1))]), text)


def expected_attribute(key, text, values):
    whole = re.fullmatch(WHOLE.replace("{:02}", r"(\d\d)"), text)
    if whole:
        return allowed_link(values[int(whole.group(1))])
    return written(text, values, quoted if key in ADDRESSES else str)


def compare(harmless, hostile, values, where):
    """Reports where two trees differ by more than the values."""
    if isinstance(harmless, str) and isinstance(hostile, str):
        if plain(hostile) not in (plain(written(harmless, values, str)), plain(written(harmless, values, quoted))):
            problem(where, f"the text {hostile[:120]!r} in place of {harmless[:120]!r}")
    elif type(harmless) is not type(hostile) or harmless[0] != hostile[0]:
        problem(where, f"{str(hostile)[:120]} in place of {str(harmless)[:120]}")
    else:
        element = where + " " + harmless[0]
        for key in sorted(set(harmless[1]) | set(hostile[1])):
            wanted = harmless[1].get(key)
            wanted = None if wanted is None else expected_attribute(key, wanted, values)
            if key not in hostile[1] or wanted is None or plain(hostile[1][key]) != plain(wanted):
                problem(element, f"{key}={hostile[1].get(key)!r:.120} in place of {wanted!r:.120}")
        if len(harmless[2]) != len(hostile[2]):
            problem(element, f"{len(hostile[2])} nodes in place of {len(harmless[2])}: {str(hostile[2])[:200]}")
        for one, other in zip(harmless[2], hostile[2]):
            compare(one, other, values, element)


def compare_json(harmless, hostile, values, where, key=""):
    """The same of a Markdown tree and of texts."""
    if isinstance(harmless, dict) and isinstance(hostile, dict) and set(harmless) == set(hostile):
        # HTML is compared as the browser reads it.
        for member in set(harmless) - {"html"}:
            compare_json(harmless[member], hostile[member], values, f"{where} {member}", member)
    elif isinstance(harmless, list) and isinstance(hostile, list) and len(harmless) == len(hostile):
        for one, other in zip(harmless, hostile):
            compare_json(one, other, values, where, key)
    elif isinstance(harmless, str) and isinstance(hostile, str):
        wanted = expected_attribute(key, harmless, values)
        if CONTROLS.sub("", hostile) != CONTROLS.sub("", wanted):
            problem(where, f"{hostile[:120]!r} in place of {wanted[:120]!r}")
    elif harmless != hostile:
        problem(where, f"{str(hostile)[:120]} in place of {str(harmless)[:120]}")


def check_order(places, is_right_to_left, where):
    """What stands before a value is before it, in the order of the language, and what stands behind is behind."""
    for kind, number, *boxes in places:
        if None in (boxes[0], boxes[-1]) or len(boxes) != 5:
            problem(where, f"{kind or 'html'} {number}: the text around the value is gone")
            continue
        shown = [box for box in boxes if box]
        if is_right_to_left:
            shown.reverse()
        if any(one[1] > next[0] + 1 for one, next in itertools.pairwise(shown)):
            problem(where, f"{kind or 'html'} {number}: the text around the value is out of order: {shown}")


# Clients


def client_page(content):
    """A page as an app with a web view makes it of a message: HTML as HTML, plain texts as text, with no policy."""
    fields = content["fields"]
    lines = "".join(f'<p class="line">{html.escape(item["text"])}</p>' for item in fields["lines"])
    buttons = "".join(f'<button type="button">{html.escape(action["label"])}</button>' for action in content["actions"])
    direction = {"rtl": "rtl"}.get(content["direction"], "ltr")
    return (
        f'<!doctype html><html lang="{content["locale"]}" dir="{direction}"><head><meta charset="utf-8"><title>m</title>'
        "<style>p { white-space: nowrap; font: 16px sans-serif }</style></head><body>"
        f'<h1>{html.escape(fields["title"])}</h1><img src="{fields["image"]["src"]}" alt="{html.escape(fields["image"]["alt"])}">'
        f'<div id="body">{fields["body"]["html"]}</div>{lines}<pre>{html.escape(fields["body"]["text"])}</pre>{buttons}</body></html>')


def check_clients(browser, folder, groups):
    project = folder / "project"
    write_project(project, [[token(n) for n in range(PER_PAGE)]])
    pages = folder / "pages" / "client"
    pages.mkdir(parents=True)
    (pages / "x.png").write_bytes(PNG)

    def explained(locale, texts, links):
        properties = {f"t{n}": text for n, text in enumerate(texts)} | {f"u{n}": link for n, link in enumerate(links)}
        return json.loads(run(
            "explain", "--project", project, "--event", name(0), "--properties", json.dumps(properties),
            "--locale", locale, "--json"))["content"]

    def opened(content, file, is_harmless=False):
        (pages / file).write_text(client_page(content), encoding="utf-8", newline="")
        for doing in browser.open((pages / file).as_uri()):
            problem(file, doing)
        tree, order = json.loads(browser.evaluate(TREE)), browser.evaluate(ORDER)
        schemes = browser.evaluate('[...new Set([...document.links].map(a => a.protocol + a.hostname.replace(/^.*(?=\\.example\\.com$)/, "*")))]')
        for scheme in set(schemes) - {"https:*.example.com", "starling:", "starling:menu", "file:"}:
            problem(file, f"a link to {scheme}")
        browser.evaluate(POKE)
        for doing in browser.doings((pages / file).as_uri()):
            problem(file, "after being touched, " + doing)
        return tree, order

    for locale in ("en", "ar"):
        harmless = explained(locale, map(token, range(PER_PAGE)), map(WHOLE.format, range(PER_PAGE)))
        tree, order = opened(harmless, f"harmless.{locale}.html")
        if len(order) != 2 * PER_PAGE:
            problem("clients", f"{len(order)} lines with a value, not {2 * PER_PAGE}")
        check_order(order, locale == "ar", f"harmless.{locale}.html")
        for index, group in enumerate(groups):
            values = padded(group, PER_PAGE)
            file = f"{name(index, 'c')}.{locale}.html"
            content = explained(locale, values, values)
            compare_json(harmless, content, values, file)
            hostile, order = opened(content, file)
            compare(tree, hostile, values, file)
            check_order(order, locale == "ar", file)


# Previews


def without(tree, is_dropped):
    """A tree without some of its elements."""
    if isinstance(tree, str):
        return tree
    return [tree[0], tree[1], [without(child, is_dropped) for child in tree[2] if isinstance(child, str) or not is_dropped(child)]]


def is_derived(element, page):
    """Whether the page's script wrote an element of the words of a card, in other lines: words alone may be in it."""
    if element[1].get("class") not in ("beside", "source-text", "diffs") and element[1].get("role") != "status":
        return False

    def check(part):
        if not isinstance(part, str):
            if part[0] not in ("details", "summary", "div", "output", "p", "ul", "li", "b", "span", "mark") or set(part[1]) - {"class", "lang", "dir", "role"}:
                problem(page, f"{part[0]} {part[1]} among words: {str(part)[:200]}")
            for child in part[2]:
                check(child)

    check(element)
    return True


def renamed(tree, new):
    """A tree with the names of another message's file and event."""
    if isinstance(tree, str):
        return re.sub(r"\b([em])000\b", r"\g<1>" + new, tree)
    return [tree[0], {key: renamed(value, new) for key, value in tree[1].items()}, [renamed(child, new) for child in tree[2]]]


def check_previews(browser, folder, groups):
    project, output = folder / "previewed", folder / "built"
    write_project(project, [[token(n) for n in range(PER_PAGE)], *groups])
    run("build", "--project", project, "--output", output)

    def opened(page):
        url = (output / "preview" / page).as_uri()
        # Without the page's policy, which would stop what the page itself must not hold.
        for doing in browser.open(url, bypass_policy=True):
            problem(page, doing)
        # Previous and next differ from page to page.
        return without(json.loads(browser.evaluate(TREE)), lambda element: "turn" in element[1].get("class", "") or is_derived(element, page))

    harmless = opened("m/m000.html")
    notes = browser.evaluate("[...document.querySelectorAll('.note > .text')].map(text => text.textContent)")
    if len([text for text in notes if token(0) in text]) < 4:
        problem("m000.html", f"the lock screens of two languages do not show the value: {notes}")
    for index, group in enumerate(groups, 1):
        number = name(index)[1:]
        compare(renamed(harmless, number), opened(f"m/m{number}.html"), padded(group, PER_PAGE), f"m{number}.html")

    def shape(element):
        return element if isinstance(element, str) else [element[0], sorted(element[1]), [shape(child) for child in element[2] if not isinstance(child, str)]]

    def rows(element):
        return [element] if element[0] == "tr" else [
            row for child in element[2] if not isinstance(child, str) for row in rows(child)]

    first, *others = [row for row in rows(opened("index.html")) if "data-placard-id" in row[1]]
    if len(others) != len(groups):
        problem("index.html", f"{len(others) + 1} rows for {len(groups) + 1} messages")
    for index, row in enumerate(others):
        if shape(row) != shape(first):
            problem("index.html", f"row {index + 2} has other elements: {str(row)[:200]}")


def check_hostile_changes(browser, folder, groups):
    class Tools:
        compare, renamed, problem = staticmethod(compare), staticmethod(renamed), staticmethod(problem)

        @staticmethod
        def open(page):
            for doing in browser.open(page.as_uri(), bypass_policy=True):
                problem(page.name, doing)
            tree = json.loads(browser.evaluate(TREE))
            browser.evaluate(POKE)
            for doing in browser.doings(page.as_uri()):
                problem(page.name, "after being touched, " + doing)
            return tree

    preview_changes.check_hostile_changes(browser, folder, groups, PER_PAGE, run, Tools)


# Hostile templates


# A template that calls its parts as the page calls its own, and styles that would cover the page.
FORGED = """<section class="loc m"><h3>{{title}}</h3><div class="pair vars"><figure class="screen light s-push"><div class="var frame">
{{{body}}}</div></figure></div><div class="bar stage turn" data-x="{{title}}">{{title}}</div><p class="badge ok" hidden>x</p></section>
"""
COVERING = """:scope, .loc, .screen, .bar { position: fixed !important; inset: -999px !important; z-index: 99999 !important; margin: -500px;
  width: 300vw; height: 300vh; background: red; transform: scale(9); contain: none !important; overflow: visible !important }
.loc::before, .bar::after { content: "\\2713 approved"; position: fixed; inset: 0; z-index: 99999; background: red; counter-reset: line 9 }
html, body, .foot, :root .side, * { display: grid !important } @keyframes x { to { scale: 99 } } .bar { animation: x 1s infinite }
"""

# Points of the page outside of every screen that belong to what a template draws.
COVERED = """(() => {
  const found = [];
  for (let y = 4; y < innerHeight; y += 16) for (let x = 4; x < innerWidth; x += 16) {
    const element = document.elementFromPoint(x, y);
    if (!element || !element.closest(".m")) continue;
    const boxes = [...document.querySelectorAll(".screen")].filter(screen => !screen.parentElement.closest(".m")).map(screen => screen.getBoundingClientRect());
    if (!boxes.some(box => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)) found.push([x, y, element.className]);
  }
  return found;
})()"""

# What the browser makes of style sheets: how many rules each is at its top, whether that is a scope, and whether it loads.
SHEETS = """(sheets => sheets.map(text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const all = [...sheet.cssRules];
  return [all.length, all.every(rule => rule instanceof CSSScopeRule), /(?<![\\w#-])(url|image-set)\\(|@import|@font-face/i.test(all.map(rule => rule.cssText.replace(/"(?:[^"\\\\]|\\\\.)*"/g, "")).join(""))];
}))"""

SHEET_PIECES = [
    "{", "}", "(", ")", "[", "]", '"', "'", "/*", "*/", "\\", "\n", ";", ":", "@import 'x';", "@media print {", "@font-face {", "url(", "u\\72l(", "url('x')",
    "image-set('x' 1x)", "src(", "html { display: none }", "<!--", "-->", "!important", "\\}", "\\0a", "@", "#", "×", "-", "--x:", "1e3", "\f", "\r\n", "é",
]


def damaged_sheets(count):
    """Style sheets of the repository's templates, damaged, always in the same way."""
    numbers = random.Random(20261130)
    sheets = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").glob("*/style.css"))]
    for _ in range(count):
        text = numbers.choice(sheets)
        for _ in range(numbers.randint(1, 3)):
            start = numbers.randrange(len(text) + 1)
            end = min(len(text), start + numbers.randrange(20))
            kind = numbers.randrange(3)
            text = text[:start] + ("" if kind == 0 else text[start:end] * 2 if kind == 1 else numbers.choice(SHEET_PIECES)) + text[end if kind < 2 else start:]
        yield text


def check_templates(browser, folder):
    """What a template draws stays on its screens, and its style sheet in its scope; else it is refused."""
    project, output = folder / "templates", folder / "templates-built"
    write_project(project, [[token(n) for n in range(PER_PAGE)]])
    (project / "templates/all/preview.mustache").write_text(FORGED, encoding="utf-8")
    (project / "templates/all/style.css").write_text(COVERING, encoding="utf-8")
    sheets = list(damaged_sheets(int(os.environ.get("PLACARD_FUZZ", "400"))))
    for number, sheet in enumerate(sheets):
        made = project / f"templates/t{number}"
        made.mkdir()
        (made / "template.yaml").write_text((project / "templates/all/template.yaml").read_text())
        (made / "style.css").write_bytes(sheet.encode())
    checked = subprocess.run([PLACARD, "check", "--project", str(project), "--format", "json"], capture_output=True, text=True)
    refused = {diagnostic["location"]["file"] for diagnostic in json.loads(checked.stdout)["diagnostics"] if diagnostic["severity"] == "error"}
    if not all(re.fullmatch(r"templates/t\d+/style.css", file) for file in refused):
        problem("templates", f"other files are refused: {sorted(refused)[:5]}")
    for file in refused:
        shutil.rmtree((project / file).parent)
    run("build", "--project", project, "--output", output)
    accepted = sorted((output / "preview/assets/templates").glob("t*.css"))
    for doing in browser.open((output / "preview/m/m000.html").as_uri(), bypass_policy=True):
        problem("a hostile template", doing)
    if browser.evaluate("document.documentElement.dataset.placardReady") is None:
        problem("a hostile template", "the page's script does not come to its end")
    languages = browser.evaluate("[...document.getElementById('f-l').options].map(option => option.value)")
    if languages != ["en", "ar", "en-XA", "ar-XB"]:
        problem("a hostile template", f"the page offers the languages {languages}")
    for place in ("scrollTo(0, 0)", "document.getElementById('grid').scrollIntoView()", "scrollTo(0, 1e6)"):
        browser.evaluate(place)
        covered = browser.evaluate(COVERED)
        if covered:
            problem("a hostile template", f"covers the page at {covered[:3]}")
    for path, (count, is_scope, loads) in zip(accepted, browser.evaluate(f"{SHEETS}({json.dumps([path.read_text(encoding='utf-8') for path in accepted])})")):
        if (count, is_scope, loads) != (1, True, False):
            problem(path.name, f"leaves its scope or loads: {count} rules, {loads}: {(path.read_text(encoding='utf-8'))[:300]!r}")
    if len(accepted) < len(sheets) // 10 or len(refused) < len(sheets) // 10:
        problem("templates", f"of {len(sheets)} style sheets {len(refused)} are refused")
    return len(accepted), len(refused)


# What is shown of each pair of screens: its label, its color scheme, and what is on it.
SCREENS = """[...document.querySelectorAll(".pair")].map(pair => [...pair.querySelectorAll(":scope > .screen")]
  .filter(screen => screen.checkVisibility() || screen.closest(".pseudo")).map(screen => [screen.getAttribute("aria-label"),
    getComputedStyle(screen.firstElementChild).colorScheme, screen.innerHTML]))"""

# Whether the switch of a page without its script is shown.
SWITCH = """document.querySelector(".themes").checkVisibility()"""

# Where the middle of a word of the switch is.
WORD = """(value => { const box = document.querySelector(`.themes [value="${value}"]`).closest("label").getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2]; })"""


def check_themes(browser, pages):
    """A screen is shown in light or in dark, or in both side by side; by a switch of HTML where no script runs."""
    counts = {}

    def themes(page, where, wanted):
        pairs = browser.evaluate(SCREENS)
        if page in counts and len(pairs) != counts[page]:
            problem(page.name, f"{where}: {len(pairs)} pairs in place of {counts[page]}")
        for pair in pairs:
            if [screen[1] for screen in pair] != wanted or len({screen[2] for screen in pair}) != 1 or not all(screen[0] for screen in pair):
                problem(page.name, f"{where}: not the same screen in {wanted}: {[screen[:2] for screen in pair]}")
        return len(pairs)

    for page in pages:
        browser.open(page.as_uri())
        counts[page] = themes(page, "at first", ["light"])
        if browser.evaluate(SWITCH):
            problem(page.name, "the switch for pages without script is shown")
        for theme, wanted in (("dark", ["dark"]), ("both", ["light", "dark"]), ("light", ["light"])):
            browser.evaluate(f"""(select => {{ select.value = "{theme}"; select.dispatchEvent(new Event("change", {{ bubbles: true }})); }})
              (document.getElementById("f-t")), new Promise(done => setTimeout(done, 50))""")
            themes(page, f"with the theme {theme}", wanted)
    if sum(counts.values()) < 50:
        problem("demo", f"only {sum(counts.values())} pairs of screens")
    browser.run_scripts(False)
    for page in pages:
        browser.open(page.as_uri())
        themes(page, "without script", ["light"])
        if not browser.evaluate(SWITCH):
            problem(page.name, "without script, there is no switch")
        for theme in ("dark", "light"):
            # Scrolls there, and clicks as a person does.
            browser.evaluate("document.querySelector('.themes').scrollIntoView({ behavior: 'instant', block: 'center' })")
            browser.click(*browser.evaluate(f"{WORD}('{theme}')"))
            themes(page, f"without script, switched to {theme}", [theme])
    browser.run_scripts(True)


def one_of_each_kind(pages):
    """A message of each template, two languages, one of them from right to left, and the pages about all messages."""
    kinds = {}
    for page in pages:
        template = re.search(r"assets/templates/([a-z-]+)\.css", page.read_text(encoding="utf-8"))
        if template or page.parent.name != "l" or page.stem in ("ar", "fr"):
            kinds.setdefault(template.group(1) if template else page.name, page)
    return sorted(kinds.values(), key=lambda page: (page.name != "index.html", page.parent.name != "m", page.name))


def check_demo(browser, folder):
    run("build", "--project", ROOT, "--output", folder / "demo")
    # As most people see pages, whatever was looked at before: forced colors would hide which scheme a screen has.
    browser.look(1400, "light")
    pages = sorted((folder / "demo/preview").rglob("*.html"))
    for page in pages:
        for doing in browser.open(page.as_uri()):
            problem(page.name, doing)
        if browser.evaluate("document.documentElement.dataset.placardReady") is None:
            problem(page.name, "the page's script does not come to its end")
    if len(pages) < 15:
        problem("demo", f"only {len(pages)} pages")
    check_themes(browser, [page for page in pages if page.parent.name == "m"])
    axe = Axe(browser)
    compared = preview_changes.build(folder, run)
    for number, page in enumerate([*one_of_each_kind(pages), compared / "changes.html", compared / "index.html"]):
        axe.check(page, with_dialog=number < 2)
    print(axe.report())
    problems.extend(axe.problems)
    return len(pages)


# The test of the test


def check_that_it_can_fail(browser, folder):
    """A page with a value as it came must give a complaint of every kind."""
    page = folder / "pages" / "broken" / "broken.html"
    page.parent.mkdir(parents=True)
    value = "\u2069\u202e<img src=x onerror=alert(1)><script>console.log(1);fetch('https://evil.example')</script>"

    def tree(value):
        page.write_text(f'<!doctype html><html><meta charset="utf-8"><div id=body><p>before0 {value} after0</p></div>', encoding="utf-8")
        return browser.open(page.as_uri(), pause=0.1), json.loads(browser.evaluate(TREE)), browser.evaluate(ORDER)

    _, harmless, _ = tree(token(0))
    doings, hostile, order = tree(value)
    for kind in ("a dialog", "console.log", "a request", "network"):
        if not any(doing.startswith(kind) for doing in doings):
            problem("the test itself", f"does not see {kind}: {doings}")
    before = len(problems)
    compare(harmless, hostile, [value], "broken")
    check_order(order, False, "broken")
    kinds = [line.split(": ", 1)[1] for line in problems[before:]]
    del problems[before:]
    for missed in check_that_axe_can_fail(browser, folder):
        problem("the test itself", f"axe does not see {missed}")
    if not any("nodes in place of" in kind for kind in kinds) or not any("out of order" in kind for kind in kinds):
        problem("the test itself", f"does not see what is wrong: {kinds}")


def main():
    # Elements that a page should not hold may be nested deeply.
    sys.setrecursionlimit(20_000)
    values = payloads()
    groups = [values[start:start + PER_PAGE] for start in range(0, len(values), PER_PAGE)]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="placard-browser-"))
    try:
        with Chromium() as browser:
            check_that_it_can_fail(browser, folder)
            check_clients(browser, folder, groups)
            check_previews(browser, folder, groups)
            check_hostile_changes(browser, folder, groups)
            accepted, refused = check_templates(browser, folder)
            live, _ = check_hostile_templates(browser, folder, PLACARD, POKE, problem)
            pages = check_demo(browser, folder)
            check_pages(browser, folder, run, problem)
            preview_changes.check_changes(browser, folder / "compared/preview", problem)
            keys = check_keys(browser, folder / "demo/preview", folder / "compared/preview", problem)
            walked = check_walk(browser, folder, run, problem)
            check_units(browser, folder, run, problem)
        in_firefox = check_firefox(folder / "demo/preview", problem, [folder / "compared/preview/changes.html"])
    finally:
        if not os.environ.get("PLACARD_KEEP"):
            shutil.rmtree(folder)
        else:
            print(f"browser: pages are in {folder}")
    for line in problems[:40]:
        print(ascii(line) if not line.isprintable() else line)
    if problems:
        print(f"browser: FAILED, {len(problems)} problems")
        sys.exit(1)
    print(f"browser: ok, {len(values)} hostile values as clients and previews show them, {pages} pages of the demo, "
          f"a pull request of three messages in eight languages in {walked}, {accepted} damaged style sheets in their scopes and {refused} refused, {live} things that browsers act on refused, {keys} controls by keys alone, "
          + (f"{in_firefox} pages in Firefox" if in_firefox else "no Firefox here"))


main()
