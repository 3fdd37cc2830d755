"""Holds pages of the preview against axe-core: WCAG 2.2, levels A and AA, and its best practices.

Each page is looked at in light and dark, in forced colors, wide and narrow, with all that is folded open. axe cannot see through a gradient,
so text on one is measured on its first color and on its last. In the same views nothing may be wider than its place.
"""
import importlib.util
import pathlib

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Width, scheme, whether on the last color of gradients, whether colors are forced.
VIEWS = [
    (1280, "light", False, False),
    (320, "dark", True, False),
    (1280, "dark", False, False),
    (320, "light", True, False),
    (1280, "light", False, True),
]

# What stands behind the text of a card by way of a pseudo-element is the app around it, or decoration. A cross is a letter.
CONFIGURE = """Object.assign(axe._audit.checks["color-contrast"].options, { ignorePseudo: true, ignoreLength: true })"""

PREPARE = """(isLast => {
  document.querySelectorAll("details").forEach(details => { details.open = true; });
  // What scrolls out of its box cannot be measured there.
  document.querySelectorAll(".src").forEach(source => { source.style.cssText = "max-height: none; overflow: visible"; });
  document.querySelectorAll(".src code").forEach(code => { code.style.cssText = "width: auto; white-space: break-spaces; overflow-wrap: anywhere"; });
  document.querySelectorAll(".grid, .grid :is(tbody, tr, td, th)").forEach(part => { part.style.display = "block"; });
  // axe cannot see what letters of an SVG stand on: they are measured as a paragraph of their color, where the SVG is.
  document.querySelectorAll("svg text").forEach(text => {
    const twin = document.createElement("p");
    twin.textContent = text.textContent;
    twin.style.cssText = `margin: 0; color: ${getComputedStyle(text).fill}; font-size: 12px`;
    text.closest("svg").after(twin);
    text.remove();
  });
  // What stays in sight lies over what scrolls beneath it.
  document.querySelectorAll(".bar, .langs, .filters, .index th").forEach(element => { element.style.position = "static"; });
  for (const element of document.querySelectorAll(".screen, .screen *")) {
    element.style.background = "";
    const image = getComputedStyle(element).backgroundImage;
    if (!image.includes("gradient")) continue;
    const colors = image.match(/[a-z]+\\([^()]*\\)/g);
    element.style.background = colors[isLast ? colors.length - 1 : 0];
  }
})"""

RUN = """((context, tags) => axe.run(context, { runOnly: tags }).then(results => {
  const nodes = list => list.flatMap(rule => rule.nodes.map(node => [rule.id,
    [...node.any, ...node.all, ...node.none].map(check => check.message).join(" "), node.target.join(" "), node.html.slice(0, 160)]));
  return [results.passes.length, nodes(results.violations.concat(results.incomplete))];
}))"""

# Notifications are cut as devices cut them; sources and wide tables scroll.
SPILLED = """(within => [...document.querySelectorAll(within)].filter(element =>
  element.clientWidth && getComputedStyle(element).display !== "inline" && !element.closest(".note, .src, .scroll, .vh")
  && (element.scrollWidth > element.clientWidth + 1 || element.matches(".screen") && element.scrollHeight > element.clientHeight + 1)
).map(element => `${element.localName}.${element.className} ${element.textContent.trim().slice(0, 60)}`))"""

# The device of every language, as small as it goes and with letters as large as they go.
LARGE = """(async () => {
  const spilled = %s, found = [];
  for (const option of document.querySelectorAll("#f-l option")) {
    location.hash = "w=320&z=2&t=light&l=" + option.value;
    await new Promise(done => addEventListener("hashchange", () => setTimeout(done), { once: true }));
    found.push(...spilled(".frame *").map(what => option.value + ": " + what));
  }
  return found;
})()""" % SPILLED

PRESS_KEYS = """(() => { document.querySelector(".bar > button").click(); return document.querySelector("dialog").open; })()"""


def script():
    """The text of axe.min.js, out of the package that brings it."""
    package = importlib.util.find_spec("axe_playwright_python")
    if package is None:
        raise SystemExit("no axe; Tests/Scripts/install-dependencies.sh test installs it into .venv")
    return (pathlib.Path(package.origin).parent / "axe.min.js").read_text(encoding="utf-8")


class Axe:
    """Looks at pages, and keeps what it finds."""

    def __init__(self, browser):
        self.browser = browser
        self.script = script()
        self.passed = 0
        self.problems = []

    def check(self, page, with_dialog=False):
        """Looks at one page in every view."""
        for width, scheme, is_last, is_forced in VIEWS:
            view = f"{page.name}, {'forced colors' if is_forced else scheme}, {width} pixels"
            self.browser.look(width, scheme, is_forced)
            # The theme is the system's when the page is opened.
            self.open(page)
            self.browser.evaluate(f"{PREPARE}({str(is_last).lower()})")
            self.run("{ include: [['html']] }", view)
            if self.browser.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.problems.append(f"{view}: the page is wider than the window")
            self.problems += [f"{view}: too wide for its place: {what}" for what in self.browser.evaluate(f"{SPILLED}('main, main *')")]
        self.problems += [f"{page.name}, 200 %: too wide for its place: {what}" for what in self.browser.evaluate(LARGE)]
        if with_dialog:
            for scheme in ("light", "dark"):
                self.browser.look(320, scheme)
                self.open(page)
                if not self.browser.evaluate(PRESS_KEYS):
                    self.problems.append(f"{page.name}: the keys' help does not open")
                self.run("'dialog'", f"{page.name}, help, {scheme}")

    def open(self, page):
        self.browser.open(page.as_uri())
        self.browser.evaluate(self.script + ";" + CONFIGURE)

    def run(self, context, view):
        passed, nodes = self.browser.evaluate(f"{RUN}({context}, {TAGS})")
        self.passed += passed
        for rule, words, target, html in nodes:
            self.problems.append(f"{view}: {rule}: {words[:300]} {target} {html}")

    def report(self):
        """The line of a suite. What axe leaves undecided has failed."""
        return f"axe: {self.passed} passed, 0 expected failures, {len(self.problems)} failed"


BROKEN = """<!doctype html><html><meta charset="utf-8"><body><img src="x.png"><p style="color: #999; background: #fff">pale</p>
<div class="screen" style="background: linear-gradient(#fff, #777)"><p style="color: #767676">pale at one end</p></div>
<button style="width: 10px; height: 10px; padding: 0"></button><button style="width: 10px; height: 10px; padding: 0"></button>
<div style="width: 2000px">wide</div></body></html>"""


def check_that_axe_can_fail(browser, folder):
    """What is wrong with a page on purpose must be found; gives what was not."""
    page = folder / "axe.html"
    page.write_text(BROKEN, encoding="utf-8")
    axe = Axe(browser)
    axe.check(page)
    wanted = ["html-has-lang", "image-alt", "button-name", "target-size", "color-contrast", "pale at one end", "wider than the window"]
    return [word for word in wanted if not any(word in line for line in axe.problems)]
