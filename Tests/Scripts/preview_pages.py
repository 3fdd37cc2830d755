"""What the preview's pages say and do, in a browser, on a small project that has every state of a translation.

Nothing misinforms: each check holds what a reviewer reads or sees against what is so.
"""
import base64
import json
import pathlib
import re
import shutil

from hostile_values import PNG

ROOT = pathlib.Path(__file__).resolve().parents[2]

PROJECT = """source: en
locales: {fr: required, de: optional, ja: required, pl: optional, uk: optional, ar: optional, es: optional}
context: {user: {first_name: {type: string, default: there, examples: [Zoë, Maximiliana-Alexandra]}}}
events: {opened: {count: {type: int, examples: [3]}}, sent: {}}
links: {schemes: [https], hosts: ["*.example.com"]}
formats: [html, text, mdast]
lint: {mf2/draft-function: allow}
preview: {icon: app.png, theme: {accent: "#0b7a5b", radius: 9, font: mono}}
"""

TEXTS = {
    "en": ("Hello {$user.first_name}", "You have things to see.", "Look"),
    "fr": ("Bonjour {$user.first_name}", "Vous avez des choses à voir.", "Voir"),
    "de": ("Hallo {$user.first_name}", "Sie haben Dinge zu sehen.", "Ansehen"),
    "pl": ("Cześć {$user.first_name}", "Masz rzeczy do zobaczenia.", "Zobacz"),
    "ar": ("مرحبا {$user.first_name}", "لديك أشياء لتراها.", "انظر"),
    "es": ("Hello {$user.first_name}", "You have things to see.", "Look"),
}

CHAT = """---
template: chat
title: Getting started
trigger: {event: opened}
schedule: {start: 2026-12-01T09:00:00Z, end: 2026-12-24T09:00:00Z}
actions: [{id: skip, label: Skip, dismiss: true}]
---
# Welcome

What now?

- [A story](#a-story)
- [The end](#the-end)

# A story

Once upon a time.

- [Done](#the-end)

# The end

That is all.
"""

REPLIES = """---
template: replies
title: Say it
trigger: {event: sent}
onMissing: fallback
replies:
  - {id: here, text: I am here}
  - {id: late, text: I am late}
---
One tap sends it.
"""

REPLIES_FR = """---
title: Dites-le
replies:
  - {id: here, text: Je suis là}
  - {id: late, text: Je suis en retard}
---
Une touche suffit.
"""


def message(locale):
    title, body, label = TEXTS[locale]
    front = f'title: "{title}"\n'
    if locale == "en":
        front += ("template: card\ntrigger: {event: opened}\nschedule: {start: 2026-12-01 09:00, end: 2026-12-24 00:00}\n"
                  'actions: [{id: look, label: "Look", url: "https://www.example.com/secret-place"}]\n')
    else:
        front += f'actions: [{{id: look, label: "{label}"}}]\n'
    return f"---\n{front}---\n{body}\n"


def write(root, run):
    """French is up to date, German outdated, Japanese a required gap, Polish up to date, Ukrainian an optional gap,
    Spanish word for word its source."""
    (root / "content/rides").mkdir(parents=True)
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "content/app.png").write_bytes(PNG)
    (root / "placard.yaml").write_text(PROJECT.replace("ja: required", "ja: optional").replace("fr: required", "fr: optional"), encoding="utf-8")
    old = TEXTS["en"]
    TEXTS["en"] = (old[0], "You had things to see.", old[2])
    for locale in ("en", "de"):
        (root / f"content/hello{'' if locale == 'en' else '.' + locale}.md").write_text(message(locale), encoding="utf-8")
    run("check", "--project", root, "--fix")
    TEXTS["en"] = old
    for locale in TEXTS:
        if locale != "de":
            (root / f"content/hello{'' if locale == 'en' else '.' + locale}.md").write_text(message(locale), encoding="utf-8")
    (root / "content/rides/chat.md").write_text(CHAT, encoding="utf-8")
    (root / "content/rides/say.md").write_text(REPLIES, encoding="utf-8")
    (root / "content/rides/say.fr.md").write_text(REPLIES_FR, encoding="utf-8")
    run("check", "--project", root, "--fix")
    (root / "placard.yaml").write_text(PROJECT, encoding="utf-8")


class Pages:
    """The pages of a built preview."""

    def __init__(self, browser, preview, problem):
        self.browser = browser
        self.preview = preview
        self.problem = problem

    def open(self, path, width=1400, scheme="light"):
        self.browser.look(width, scheme)
        # A page that differs in its fragment alone is not loaded again.
        self.browser.open("about:blank")
        for doing in self.browser.open((self.preview / path.split("#")[0]).as_uri() + path[len(path.split("#")[0]):]):
            self.problem(path, doing)

    def expect(self, what, expression, wanted):
        found = self.browser.evaluate(expression)
        if found != wanted:
            self.problem(what, f"{found!r} in place of {wanted!r}")

    def choose(self, key, value):
        self.browser.evaluate(f"""(select => {{ select.value = {json.dumps(value)};
          select.dispatchEvent(new Event("change", {{ bubbles: true }})); }})(document.getElementById("f-{key}"))""")
        self.browser.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


BADGE = """(tag => document.querySelector(`#l-${tag} > h3 .badge`).textContent)"""
NOTE = """document.querySelector(".stage > [role=status]").textContent"""
TITLE = """document.querySelector(".glass .title").textContent.replace(/[\\u2066-\\u2069]/g, "")"""
SIZE = """(glass => [glass.clientWidth, glass.clientHeight, glass.querySelector(".m").clientWidth])(document.querySelector(".glass"))"""


def check_states(pages):
    pages.open("index.html")
    pages.expect("index: states", """Object.fromEntries([...document.querySelectorAll('[data-placard-id="hello"] .states > span')]
      .map(span => [span.textContent.trim(), span.className]))""",
      {"✓ en ar fr pl": "ok", "= es": "stale", "~ de": "stale", "– uk": "fallback", "✕ ja": "error"})
    pages.open("m/hello.html")
    for tag, words in {"en": "✓ source", "fr": "✓ up to date", "de": "~ outdated, optional", "es": "= same as its source, optional",
                       "uk": "– falls back: English, optional", "ja": "✕ required, missing: English"}.items():
        pages.expect(f"hello: the state of {tag}", f"{BADGE}({tag!r})", words)


def check_languages(pages):
    """A fragment shows the language that it names, or says why not."""
    pages.open("m/hello.html#l=fr")
    pages.expect("l=fr", TITLE, "Bonjour Zoë")
    pages.expect("l=fr: what is said", f"{NOTE}.startsWith('390 × 844 points')", True)
    pages.open("m/hello.html#l=uk")
    pages.expect("l=uk", f"[{TITLE}, {NOTE}.includes('Not translated to Ukrainian: its readers see English'), document.getElementById('f-l').value]",
                 ["Hello Zoë", True, "uk"])
    pages.open("m/hello.html#l=xx")
    pages.expect("l=xx", f"[{NOTE}.includes('no language xx'), document.getElementById('f-l').value]", [True, ""])
    pages.open("m/hello.html#l=fr&t=dark")
    pages.expect("next", "document.querySelector('.turn a').hash", "#l=fr&t=dark")


def check_device(pages):
    """Widths, heights and sizes of letters are what they are called, in whatever window."""
    for window in (1400, 800, 320):
        for width, height in ((320, 568), (360, 780), (390, 844), (430, 932), (768, 1024)):
            pages.open(f"m/hello.html#w={width}", window)
            pages.expect(f"w={width} in a window of {window}", SIZE, [width, height, width])
            pages.expect(f"w={width}: the page in a window of {window}", "document.documentElement.scrollWidth <= innerWidth", True)
    sizes = """[".title", ".feed-card", ".m p:not(.title)", ".action"].map(name => { const style = getComputedStyle(document.querySelector(".glass " + name));
      return [parseFloat(style.fontSize), parseFloat(style.lineHeight), parseFloat(style.paddingLeft)]; })"""
    pages.open("m/hello.html")
    plain = pages.browser.evaluate(sizes)
    pages.open("m/hello.html#z=2")
    large = pages.browser.evaluate(sizes)
    for one, other in zip(plain, large):
        if other != [2 * one[0], 2 * one[1], one[2]]:
            pages.problem("z=2", f"letters, lines and room: {other} for {one}")
    pages.open("m/hello.html#z=3.12&w=320")
    pages.expect("z=3.12: the fold", "[document.querySelector('.fold').hidden, /points lie below the fold/.test(document.querySelector('.stage > [role=status]').textContent)]", [False, True])
    pages.browser.evaluate("document.querySelector('.glass').scrollTo(0, 1e6), new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))")
    pages.expect("z=3.12: the fold at the end", "document.querySelector('.fold').hidden", True)


def check_switches(pages):
    pages.open("m/hello.html#x=long")
    pages.expect("x=long", TITLE, "Hello Maximiliana-Alexandra")
    pages.open("m/hello.html")
    devices = "[...document.querySelectorAll('.glass')].map(glass => getComputedStyle(glass.firstElementChild.firstElementChild).colorScheme)"
    pages.expect("a device in the light", devices, ["light"])
    pages.choose("t", "both")
    pages.expect("both themes, two devices", devices, ["light", "dark"])
    pages.choose("t", "dark")
    pages.expect("one theme, one device", devices, ["dark"])
    pages.open("m/hello.html", scheme="dark")
    pages.expect("what the reader's system prefers", devices, ["dark"])


# Where the system draws, and where words are: bottoms of the status bar, tops of the line at the foot, tops and bottoms of words.
SAFE = """(device => {
  const glass = device.querySelector(".glass").getBoundingClientRect(), from = box => [Math.round(box.top - glass.top), Math.round(box.bottom - glass.top)];
  const words = [...device.querySelectorAll(".glass .m *")].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
  const tops = words.map(word => from(word.getBoundingClientRect()));
  return [getComputedStyle(device).getPropertyValue("--above").trim(), getComputedStyle(device).getPropertyValue("--below").trim(),
    [".status", ".home-line"].map(part => device.querySelector(part).checkVisibility()).join(), Math.min(...tops.map(t => t[0])), Math.max(...tops.map(t => t[1]))];
})(document.querySelector(".device"))"""


def check_safe_areas(pages, demo):
    """What fills a screen keeps its words clear of the status bar, the island and the line at the foot."""
    for page in ("level-reached", "audio-welcome"):
        for width, kind, height, above, below in ((320, "bar", 568, 20, 0), (360, "hole", 780, 36, 24), (390, "island", 844, 54, 34), (430, "island", 932, 59, 34)):
            pages.browser.look(1400, "light")
            pages.browser.open("about:blank")
            pages.browser.open((demo / f"m/{page}.html").as_uri() + f"#w={width}")
            found = pages.browser.evaluate(SAFE)
            # A phone with a button has no line at its foot.
            if found[:3] != [f"{above}px", f"{below}px", f"true,{str(below > 0).lower()}"] or found[3] < above:
                pages.problem(page, f"on a device {width} wide, with {above} above and {below} below, words begin at {found[3]}: {found}")
            pages.expect(f"{page}, {width}: the device", f"document.querySelector('.device').classList.contains('{kind}')", True)


def check_look(pages):
    """Colors, corners and letters of the app, its icon, hyphens, and two systems' lock screens."""
    pages.open("m/hello.html")
    pages.expect("the app's look", """(style => [style.getPropertyValue("--app-accent").trim(), style.getPropertyValue("--app-radius").trim(),
      getComputedStyle(document.querySelector(".glass .m > *")).fontFamily.startsWith("ui-monospace"), getComputedStyle(document.querySelector(".glass .m")).hyphens])
      (getComputedStyle(document.querySelector(".glass .screen")))""", ["light-dark(#0b7a5b, #0b7a5b)", "9px", True, "auto"])


def check_grid(pages, demo):
    """Languages stand three or four across, below controls that stay in sight; words of the source beside each."""
    page = (demo / "m/order-ready.html").as_uri()
    for width, count in ((1400, 3), (1680, 4)):
        pages.browser.look(width, "light")
        pages.browser.open(page)
        pages.expect(f"{width} wide: languages across", "getComputedStyle(document.querySelector('.locs')).gridTemplateColumns.split(' ').length", count)
    pages.browser.look(1400, "light")
    pages.browser.open(page)
    pages.browser.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    pages.expect("what stays in sight", "['.bar', '#tools .filters', '.langs', '.stage'].map(part => Math.round(document.querySelector(part).getBoundingClientRect().top) < 200)", [True] * 4)
    pages.expect("the source beside each language", "[...document.querySelectorAll('.locs > .loc')].filter(loc => loc.querySelector('.beside, .source-text')).map(loc => loc.dataset.l)", ["ar", "de", "fr", "ja", "pl", "pt-BR", "uk"])
    pages.browser.open((demo / "m/arriving-soon.html").as_uri())
    pages.expect("variants are words that differ", "[document.querySelectorAll('#l-ar .diffs li').length, document.querySelectorAll('#l-ar .diffs mark').length > 4, document.querySelector('#l-ar .vars').open]", [6, True, False])
    # Groups, conditions and where buttons lead are found, too.
    for words, found in (("promotions", ["listener-offer", "seasonal-drink"]), ("user.segments", ["listener-offer"]), ("audio/offers/half-price", ["listener-offer"])):
        pages.browser.open("about:blank")
        pages.browser.open((demo / "index.html").as_uri() + "#q=" + words)
        pages.browser.evaluate("new Promise(done => setTimeout(done, 200))")
        pages.expect(f"search for {words}", ROWS, found)


def check_one_language(pages):
    """A language's page begins with what it lacks."""
    for tag, badges, order in (("ja", ["✕ required, missing: 3"], ["hello", "chat", "say"]), ("de", ["~ outdated: 1", "– falls back: 2"], ["chat", "say", "hello"]),
                               ("fr", ["✓ up to date: 2", "✕ required, missing: 1"], ["chat", "hello", "say"])):
        pages.open(f"l/{tag}.html")
        pages.expect(f"l/{tag}", """[[...document.querySelectorAll(".head .badge")].map(one => one.textContent),
          [...document.querySelectorAll("tbody th a")].map(link => link.getAttribute("href").replace(/^.*\\/|\\.html.*$/g, ""))]""", [badges, order])


def check_conversation(pages):
    pages.open("m/chat.html")
    steps = "[...document.querySelectorAll('.glass .step')].map(step => step.dataset.step)"
    press = "document.querySelector('.glass .press').click(), new Promise(done => setTimeout(done, 30))"
    pages.expect("a conversation begins", steps, ["welcome"])
    pages.browser.evaluate(press)
    pages.expect("a choice is made", f"[{steps}, location.hash]", [["welcome", "a-story"], "#p=a-story"])
    pages.browser.evaluate(press)
    pages.expect("it ends", steps, ["welcome", "a-story", "the-end"])
    pages.expect("with the message's own buttons", "document.querySelector('.glass .actions').checkVisibility()", True)
    pages.browser.evaluate("document.querySelector('.play .btn').click()")
    pages.expect("back", steps, ["welcome", "a-story"])
    pages.browser.evaluate("document.querySelectorAll('.play .btn')[1].click()")
    pages.expect("restart", f"[{steps}, location.hash]", [["welcome"], ""])
    pages.expect("the graph", "[document.querySelectorAll('.graph .node').length, document.querySelectorAll('.graph .edge').length]", [3, 3])


def check_replies(pages):
    pages.open("m/say.html#l=en&r=fr&m=late")
    pages.expect("two phones", "[...document.querySelectorAll('.glass .bubble')].map(bubble => [bubble.textContent, bubble.parentElement.lang])",
                 [["I am late", "en"], ["Je suis en retard", "fr"]])
    pages.choose("l", "fr")
    pages.choose("r", "en")
    pages.expect("the other way", "[...document.querySelectorAll('.glass .bubble')].map(bubble => bubble.textContent)", ["Je suis en retard", "I am late"])


ROWS = """[...document.querySelectorAll("tr[data-placard-id]:not([hidden])")].map(row => row.dataset.placardId)"""


def check_search(pages):
    for words, found in (("choses à voir", ["hello"]), ("secret-place", ["hello"]), ("once upon", ["chat"]), ("nothing so", [])):
        pages.open("index.html#q=" + words.replace(" ", "%20"))
        pages.browser.evaluate("new Promise(done => setTimeout(done, 60))")
        pages.expect(f"search for {words}", ROWS, found)
    pages.open("index.html#status=~")
    pages.expect("outdated ones", ROWS, ["hello"])
    pages.open("index.html#window=dates")
    pages.expect("those with dates", ROWS, ["hello", "chat"])
    pages.open("m/chat.html#folder=rides&l=fr")
    pages.browser.evaluate("new Promise(done => setTimeout(done, 60))")
    pages.expect("a message's neighbors follow the filter", """[...document.querySelectorAll(".turn a")].map(a => a.hidden || a.href.replace(/^.*\\//, ""))""",
                 [True, "say.html#folder=rides&l=fr"])


FACTS = """Object.fromEntries([...document.querySelectorAll("[aria-labelledby=facts] dl > div")].map(row => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]))"""


def check_facts(pages, demo):
    """What is said of when and to whom a message shows: clocks, last days, shares, and what tells one message from another."""
    def facts(page):
        pages.browser.open(page.as_uri())
        return pages.browser.evaluate(FACTS)

    def expect(what, found, wanted):
        if found != wanted:
            pages.problem(what, f"{found!r} in place of {wanted!r}")

    instants, local, offer = facts(pages.preview / "m/chat.html"), facts(pages.preview / "m/hello.html"), facts(demo / "m/listener-offer.html")
    expect("instants", [instants.get("From"), instants.get("Until")], ["1 Dec 2026, 09:00 (UTC)", "until 24 Dec 2026, 09:00 (UTC)"])
    expect("a calendar's days", [local.get("From"), local.get("Until")],
           ["1 Dec 2026, 09:00 (the user's own time)", "through 23 Dec 2026 (the user's own time)"])
    expect("an experiment", offer.get("Experiment"), "control 45 %, urgent 45 %, 10 % see nothing, to compare with")
    expect("hours", offer.get("Hours"), "08:00–22:00 (the user's own time)")
    pages.browser.look(1400, "light")
    pages.browser.open((demo / "index.html").as_uri())
    rows = pages.browser.evaluate("""Object.fromEntries([...document.querySelectorAll("tr[data-placard-id]")].map(row => [row.dataset.placardId, row.cells[1].textContent]))""")
    for name, words in {"order-placed": "if status is placed", "order-preparing": "if status is preparing and minutes are at least 1", "order-ready": "if status is ready06:00–23:00",
                        "listener-offer": "1 Dec 2026, 09:00 – end of 3 Jan 2027, 08:00–22:00"}.items():
        if not rows.get(name, "").endswith(words):
            pages.problem("index", f"says of {name} {rows.get(name)!r}, without {words!r}")
    alike = [name for name in rows if list(rows.values()).count(rows[name]) > 1]
    if alike:
        pages.problem("index", f"says the same of {alike}")
    expect("the picture of windows", pages.browser.evaluate("[...document.querySelectorAll('.when svg a')].map(bar => bar.getAttribute('href').slice(2, -5)).sort()"), ["listener-offer", "seasonal-drink"])
    pages.browser.evaluate("scrollTo(0, 700)")
    expect("the head of the table", pages.browser.evaluate("[...document.querySelectorAll('.index thead th')].map(cell => Math.round(cell.getBoundingClientRect().top))"), [52] * 5)


def check_targets(pages, demo):
    """What can be tapped is 44 points high and wide, in each of the repository's templates."""
    for page in sorted((demo / "m").glob("*.html")):
        pages.browser.look(1400, "light")
        pages.browser.open(page.as_uri())
        small = pages.browser.evaluate("""[...document.querySelectorAll(".glass :is(.action, .close, .chips li, .choices li)")].filter(e => e.checkVisibility())
          .map(e => [e.className || e.localName, e.offsetWidth, e.offsetHeight]).filter(size => size[1] < 44 || size[2] < 44)""")
        if small:
            pages.problem(page.name, f"targets under 44 points: {small}")
        ways = pages.browser.evaluate("document.querySelectorAll('.glass :is(.close, .action.dismiss)').length")
        if ways > 1:
            pages.problem(page.name, f"{ways} ways to close")
        tall = pages.browser.evaluate("document.documentElement.scrollHeight")
        if tall > 3000 and not pages.browser.evaluate("document.querySelector('.flow') !== null"):
            pages.problem(page.name, f"is {tall} pixels high, more than three screens")


def check_print(pages, demo):
    """A message is on one sheet or two."""
    for name in ("seasonal-drink", "order-ready", "trip-ended"):
        pages.browser.open((demo / f"m/{name}.html").as_uri())
        pdf = base64.b64decode(pages.browser.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"])
        sheets = len(re.findall(rb"/Type\s*/Page[^s]", pdf))
        if not 1 <= sheets <= 2:
            pages.problem(name, f"prints on {sheets} sheets")


def check_pages(browser, folder, run, problem):
    project, output = folder / "states", folder / "states-built"
    write(project, run)
    run("build", "--project", project, "--output", output, "--allow-incomplete")
    pages = Pages(browser, output / "preview", problem)
    for check in (check_states, check_languages, check_one_language, check_device, check_look, check_switches, check_conversation, check_replies, check_search):
        check(pages)
    for check in (check_safe_areas, check_grid):
        check(pages, folder / "demo/preview")
    check_facts(pages, folder / "demo/preview")
    check_targets(pages, folder / "demo/preview")
    check_print(pages, folder / "demo/preview")
