"""What pages say of changes, in a browser: `changes.html`, and the marks of a preview that is compared with an earlier version."""
import base64
import json
import re
import shutil

from hostile_values import ARABIC, padded
from review_walk import ROOT, changed_copy

ARTICLES = """[...document.querySelectorAll("[data-placard-change].change")].map(article => article.id.slice(2))"""
SHOWN = """[...document.querySelectorAll("[data-placard-change].change")].filter(article => article.checkVisibility()).map(article => article.id.slice(2))"""
SIDES = """[...new Set([...document.querySelectorAll("[data-placard-language]")].filter(side => side.checkVisibility()).map(side => side.dataset.placardLanguage))].sort()"""
SCHEMES = """[...new Set([...document.querySelectorAll(".change .screen")].map(screen => getComputedStyle(screen).colorScheme))]"""
FRAMES = """new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))"""


def build(folder, run):
    """The preview of a pull request against the demo, in which one message is new and one is gone as well."""
    project, output = changed_copy(folder, "pull-request-more"), folder / "compared"
    for path in (project / "content/rides").glob("trip-ended*"):
        path.unlink()
    for path in [path for path in (project / "scenarios").iterdir() if "trip-ended" in path.read_text(encoding="utf-8")]:
        path.unlink()
    for path in list((project / "content/rides").glob("driver-outside*")):
        shutil.copy(path, path.with_name(path.name.replace("driver-outside", "driver-there")))
    style = project / "templates/banner/style.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n.title { text-transform: uppercase; }\n", encoding="utf-8")
    run("check", "--project", project, "--fix")
    run("build", "--project", project, "--base", ROOT, "--output", output)
    return output / "preview"


def check_changes(browser, preview, problem):
    def expect(what, expression, wanted):
        found = browser.evaluate(expression)
        if found != wanted:
            problem(f"changes.html, {what}", f"{found!r} in place of {wanted!r}")

    def choose(key, value):
        browser.evaluate(f"""(select => {{ select.value = {json.dumps(value)}; select.dispatchEvent(new Event("change", {{ bubbles: true }})); }})
          (document.getElementById("f-{key}")), {FRAMES}""")

    page = (preview / "changes.html").as_uri()
    everything = ["driver-there", "level-reached", "rewards-added", "seasonal-drink", "trip-ended"]
    browser.look(1400, "light")
    for doing in browser.open(page):
        problem("changes.html", doing)
    expect("messages", ARTICLES, everything)
    expect("kinds", "[...document.querySelectorAll('.toc .badge')].map(badge => badge.textContent.split(' ')[0])", ["+", "Δ", "Δ", "Δ", "−"])
    expect("a message that is gone", "document.querySelector('#c-trip-ended .caution').textContent", "! The id is gone, and with it what counts for its caps.")
    expect("a message that is gone has its former card", "[document.querySelectorAll('#c-trip-ended .former').length, document.querySelectorAll('#c-trip-ended .screen:not(.former)').length]", [1, 0])
    expect("a template that draws otherwise", """[...document.querySelectorAll("[aria-labelledby=looks] .m .title")].map(title => getComputedStyle(title).textTransform)""", ["none", "uppercase"])
    expect("scheme", SCHEMES, ["light"])
    choose("t", "dark")
    expect("in the dark", SCHEMES, ["dark"])
    choose("c", "changed")
    expect("changed alone", SHOWN, everything[1:4])
    choose("about", "audience")
    expect("audience alone", SHOWN, ["seasonal-drink"])
    expect("rows follow", "[...document.querySelectorAll('tr[data-placard-row]:not([hidden])')].length", 1)
    choose("l", "uk")
    expect("one language", SIDES, ["uk"])
    browser.open("about:blank")
    browser.open(page + "#l=ar&t=dark")
    expect("a link shows what its sender saw", f"[{SIDES}, {SCHEMES}]", [["ar"], ["dark"]])
    browser.open("about:blank")
    browser.open(page)
    # Keys alone: on to the next message, and into it.
    for letter in "jj":
        browser.call("Input.dispatchKeyEvent", type="keyDown", key=letter, text=letter)
        browser.evaluate("new Promise(done => setTimeout(done, 600))")
    expect("two keys", "document.activeElement.id", "c-level-reached")
    browser.run_scripts(False)
    browser.open("about:blank")
    browser.open(page)
    expect("without script: all is there", SHOWN, everything)
    expect("without script: the switch", "document.querySelector('.themes').checkVisibility()", True)
    browser.evaluate("document.querySelector('.themes').scrollIntoView({ behavior: 'instant', block: 'center' })")
    browser.click(*browser.evaluate("(box => [box.left + 20, box.top + box.height / 2])(document.querySelector('.themes [value=dark]').closest('label').getBoundingClientRect())"))
    expect("without script: in the dark", SCHEMES, ["dark"])
    browser.run_scripts(True)
    browser.open(page)
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", base64.b64decode(
        browser.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"])))
    if not 3 <= sheets <= 14:
        problem("changes.html", f"prints on {sheets} sheets")
    size = (preview / "changes.html").stat().st_size
    if size > 300_000:
        problem("changes.html", f"takes {size} bytes for five messages in eight languages")
    check_marks(browser, preview, expect, problem)


def check_marks(browser, preview, expect, problem):
    """The index and the messages' pages know what changed, and go on among that."""
    browser.open((preview / "index.html").as_uri() + "#changed=changed")
    browser.evaluate(FRAMES)
    rows = "[...document.querySelectorAll('tr[data-placard-id]:not([hidden])')].map(row => row.dataset.placardId)"
    expect("the index's facet", rows, ["level-reached", "rewards-added", "seasonal-drink"])
    browser.open("about:blank")
    browser.open((preview / "index.html").as_uri() + "#changed=none")
    browser.evaluate(FRAMES)
    expect("what is as before", f"{rows}.includes('level-reached')", False)
    browser.open((preview / "m/rewards-added.html").as_uri() + "#changed=any")
    browser.evaluate(FRAMES)
    browser.evaluate(FRAMES)
    expect("neighbors", "[...document.querySelectorAll('.turn a')].map(a => a.hidden || a.href.replace(/^.*\\//, ''))",
           ["level-reached.html#changed=any", "seasonal-drink.html#changed=any"])
    expect("the message's page leads back", "document.querySelector('a[href*=\"changes.html\"]').getAttribute('href')", "../changes.html#c-rewards-added")


def later_version(project, later):
    """The project of hostile values, other words around each of them."""
    shutil.copytree(project, later)
    for path in (later / "content").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        for former, now in (("before", "ahead"), (dict(ARABIC)["before"], "أمام"), ("strong {", "stronger {"), ("title {", "heading {")):
            text = text.replace(former, now)
        path.write_text(text, encoding="utf-8")


def article(tree, number):
    """The part of a message in a page's tree; nil where it has none."""
    if isinstance(tree, str):
        return None
    if tree[1].get("id") == f"c-m{number}" and tree[0] == "article":
        return tree
    return next((found for child in tree[2] if (found := article(child, number))), None)


def plain_part(tree, marks):
    """A tree whose addresses do not tell in which folder its page is, marks of words taken off, which go to `marks`: of a
    value without a word nothing is marked."""
    if isinstance(tree, str):
        return tree
    children = []
    for child in tree[2]:
        parts = [plain_part(child, marks)]
        if not isinstance(child, str) and child[0] == "mark":
            marks.append(child)
            parts = child[2]
        for part in parts:
            if isinstance(part, str) and children and isinstance(children[-1], str):
                children[-1] += part
            elif part != "":
                children.append(part)
    return [tree[0], {key: re.sub(r"^\.\./", "", value) if key in ("href", "src") else value for key, value in tree[1].items()}, children]


def check_hostile_changes(browser, folder, groups, size, run, tools):
    """Hostile values in both versions change nothing of a message's part but themselves.

    `tools` are the browser test's own: how a page is opened as a tree, compared, renamed, and poked.
    """
    project, later, output = folder / "previewed", folder / "previewed-later", folder / "built-later"
    later_version(project, later)
    run("build", "--project", later, "--base", project, "--output", output)
    preview = output / "preview"
    landing = tools.open(preview / "changes.html")
    harmless = article(landing, "000")
    if harmless is None or '"mark"' not in json.dumps(harmless):
        tools.problem("changes.html", "has no part with marked words for the harmless values")
        return 0
    marks = []
    harmless = plain_part(harmless, marks)
    alone = 0
    for index, group in enumerate(groups, 1):
        number = f"{index:03}"
        found = article(landing, number)
        if found is None:
            alone += 1
            found = article(tools.open(preview / f"c/m{number}.html"), number)
        if found is None:
            tools.problem("changes.html", f"m{number} has no part anywhere")
            continue
        tools.compare(tools.renamed(harmless, number), plain_part(found, marks), padded(group, size), f"changes of m{number}")
    for mark in marks:
        if mark[1] or not all(isinstance(part, str) for part in mark[2]):
            tools.problem("changes", f"a mark holds more than words: {str(mark)[:200]}")
    return alone
