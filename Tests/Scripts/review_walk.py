"""A reviewer goes over a pull request that changes three messages in eight languages, by clicks alone, as a person does.

What changed must be there to see: every language of every message, its words that are gone and new, its cards before and
after, values, and whom it reaches now. The walk counts clicks and screens, and is timed.
"""
import math
import pathlib
import shutil
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What the pull request changes: a file of content/coffee, what it said, what it says.
WORDS = {
    "rewards-added": {
        "": ("Thanks for coming by", "Thanks for stopping by"), "fr": ("Merci de votre visite", "Merci de votre passage"),
        "de": ("Schön, dass du da warst", "Schön, dass du hier warst"), "ja": ("ご来店ありがとうございました", "ご利用ありがとうございました"),
        "pt-BR": ("visita", "passagem"), "ar": ("شكرًا لزيارتك", "شكرًا لمرورك"), "pl": ("Dzięki za wizytę", "Dzięki za odwiedziny"),
        "uk": ("завітали", "зазирнули"),
    },
    "seasonal-drink": {
        "": ("Have it hot, or iced", "Have it hot, iced, or frozen"), "fr": ("Chaud ou glacé", "Chaud, glacé ou frappé"),
        "de": ("Heiß oder auf Eis", "Heiß, auf Eis oder gefroren"), "ja": ("ホットとアイス", "ホット、アイス、フローズン"),
        "pt-BR": ("Quente ou gelado", "Quente, gelado ou batido"), "ar": ("ساخن أو مثلج", "ساخن أو مثلج أو مجمد"),
        "pl": ("Na ciepło albo z lodem", "Na ciepło, z lodem albo mrożone"), "uk": ("Гаряче або з льодом", "Гаряче, з льодом або фрапе"),
    },
    "level-reached": {
        "": ("You’ve reached a new level", "You’ve reached a higher level"), "fr": ("niveau supérieur", "niveau suivant"),
        "de": ("eine Stufe weiter", "eine Stufe höher"), "ja": ("会員ランクが上がりました", "会員ランクが1つ上がりました"),
        "pt-BR": ("Você subiu de nível", "Você chegou a um nível mais alto"), "ar": ("فئة جديدة", "فئة أعلى"), "pl": ("nowy poziom", "wyższy poziom"),
        "uk": ("новий рівень", "вищий рівень"),
    },
}
SETTINGS = [
    ("seasonal-drink", 'in ["CA", "DE", "FR", "GB", "PL", "UA", "US"]', 'in ["CA", "DE", "FR", "GB", "PL", "UA"]'),
    ("seasonal-drink", "end: 2027-01-11 00:00", "end: 2027-01-18 00:00"),
    ("seasonal-drink", "[1 per 1d, 5 total]", "[1 per 1d, 3 total]"),
    ("seasonal-drink", "starling://menu/maple-oat-latte", "starling://menu/maple-latte"),
]


def changed_copy(folder, name="pull-request"):
    """A copy of the demo with the pull request's changes."""
    project = folder / name
    for part in ("content", "templates", "scenarios"):
        shutil.copytree(ROOT / part, project / part)
    for name in ("placard.yaml", "translations.lock"):
        shutil.copy(ROOT / name, project / name)

    def replace(message, locale, former, now):
        path = project / f"content/coffee/{message}{'.' + locale if locale else ''}.md"
        text = path.read_text(encoding="utf-8")
        if former not in text:
            raise SystemExit(f"{path.name} of the demo does not say {former!r}")
        path.write_text(text.replace(former, now), encoding="utf-8")

    for message, languages in WORDS.items():
        for locale, (former, now) in languages.items():
            replace(message, locale, former, now)
    for message, former, now in SETTINGS:
        replace(message, "", former, now)
    return project


class Reviewer:
    """Clicks on what is in sight, scrolls a screen at a time, and counts."""

    def __init__(self, browser, problem):
        self.browser = browser
        self.problem = problem
        self.clicks = self.screens = 0
        self.log = []

    def wait(self):
        self.browser.evaluate("""new Promise(done => { let last = -1;
          const look = () => { if (scrollY === last) done(); else { last = scrollY; setTimeout(look, 60); } }; requestAnimationFrame(look); })""")

    def expect(self, what, expression, wanted):
        found = self.browser.evaluate(expression)
        if found != wanted:
            self.problem(f"walk, {what}", f"{found!r} in place of {wanted!r}")

    def click(self, selector, words):
        """Clicks in the middle of an element, once it is in sight."""
        self.browser.evaluate(f"document.querySelector({selector!r})?.scrollIntoView({{ block: 'center', behavior: 'instant' }})")
        self.wait()
        place = self.browser.evaluate(f"""(element => {{ if (!element) return null;
          const box = element.getClientRects()[0]; return [box.left + box.width / 2, box.top + box.height / 2]; }})(document.querySelector({selector!r}))""")
        if place is None:
            self.problem("walk", f"nothing to click: {words}")
            return
        before = self.browser.evaluate("location.href")
        self.browser.click(*place)
        for _ in range(100):
            try:
                self.wait()
                if self.browser.evaluate("location.href") != before and self.browser.evaluate("document.documentElement.dataset.placardReady !== undefined"):
                    break
            except SystemExit:
                # A page that is left while it is asked does not answer.
                time.sleep(0.05)
        self.clicks += 1
        self.log.append(f"click: {words}")

    def look(self, selector):
        """Scrolls over an element, a screen at a time."""
        height = self.browser.evaluate(f"document.querySelector({selector!r}).offsetHeight")
        screens = max(1, math.ceil(height / 900))
        self.screens += screens
        return screens


CARDS = """(id => [...document.querySelectorAll(`[id="c-${id}"] [data-placard-language]`)].map(side => [side.dataset.placardLanguage,
  [...side.querySelectorAll(".screen")].filter(screen => !screen.closest("details")).every(screen => screen.checkVisibility() && screen.offsetHeight > 60),
  side.querySelectorAll(".screen.former").length > 0 && side.querySelectorAll(".screen:not(.former)").length > 0,
  side.querySelectorAll(".screen.former mark").length > 0 || side.querySelectorAll(".screen:not(.former) mark").length > 0]))"""


def check_walk(browser, folder, run, problem):
    """The walk; gives what it took, in words."""
    project, output = changed_copy(folder), folder / "pull-request-built"
    run("check", "--project", project, "--fix")
    run("build", "--project", project, "--base", ROOT, "--output", output)
    page = (output / "preview/changes.html").as_uri()
    browser.look(1400, "light")
    start = time.monotonic()
    for doing in browser.open(page):
        problem("changes.html", doing)
    reviewer = Reviewer(browser, problem)
    # The landing page names the three, and what each is about.
    reviewer.screens += 1
    reviewer.expect("what changed", "[...document.querySelectorAll('tr[data-placard-row]')].map(row => row.dataset.placardRow)", sorted(WORDS))
    reviewer.expect("what each is about", "[...document.querySelectorAll('tr[data-placard-row] .badge')].map(badge => badge.textContent)",
                    ["Δ text, translation", "Δ text, translation", "Δ audience, schedule, limits, links, text, translation"])
    reviewer.expect("whom it reaches", "document.querySelector('tr[data-placard-row=seasonal-drink] td:last-child').textContent", "narrower")
    for message, languages in sorted(WORDS.items()):
        reviewer.click(f'tr[data-placard-row="{message}"] a', f"{message} in the list")
        reviewer.expect(f"{message} in sight", f"(box => box.top >= 0 && box.top < 200)(document.getElementById('c-{message}').getBoundingClientRect())", True)
        reviewer.look(f'[id="c-{message}"]')
        seen = {tag: facts for tag, *facts in browser.evaluate(f"{CARDS}({message!r})")}
        for locale, (former, now) in languages.items():
            tag = locale or "en"
            if seen.get(tag) != [True, True, True]:
                problem(f"walk, {message} in {tag}", f"cards in sight, before and after, marked: {seen.get(tag)}")
            words = f"[...document.querySelectorAll('[id=\"c-{message}.{tag}\"] .words dd')]"
            for element, text, other in (("del", former, now), ("ins", now, former)):
                whole = browser.evaluate(f"{words}.map(text => [...text.childNodes].filter(node => node.localName !== {'ins' if element == 'del' else 'del'!r}).map(node => node.textContent).join('')).join('\\n')")
                if text not in whole:
                    problem(f"walk, {message} in {tag}", f"{text!r} is not in the words: {whole!r:.300}")
            reviewer.expect(f"{message} in {tag}: marked words", f"{words}.some(text => text.querySelector('del, ins'))", True)
        browser.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    values = "Object.fromEntries([...document.querySelectorAll('#c-seasonal-drink .moved > div')].map(row => [row.querySelector('dt').textContent, [...row.querySelectorAll('del, ins')].map(value => value.textContent)]))"
    reviewer.expect("values", f"(values => [values['until'], values['frequency'], values['action order']])({values})",
                    [["10", "17"],
                     ["5", "3"],
                     ["oat-"]])
    reviewer.expect("a user who is lost", "/\"country\":\"US\"/.test(document.querySelector('#c-seasonal-drink .moved dd').textContent)", True)
    # One of them as a whole, and back.
    reviewer.click("#c-seasonal-drink .sub a", "The message as a whole")
    reviewer.expect("the message's page", "location.pathname.endsWith('/m/seasonal-drink.html')", True)
    reviewer.screens += 1
    reviewer.click("h1 ~ .sub a[href*='changes.html']", "changed: …, on the message's page")
    reviewer.expect("back at its part", "(box => box.top >= 0 && box.top < 200)(document.getElementById('c-seasonal-drink').getBoundingClientRect())", True)
    took = time.monotonic() - start
    if reviewer.clicks > 6:
        problem("walk", f"takes {reviewer.clicks} clicks: {reviewer.log}")
    if reviewer.screens > 20:
        problem("walk", f"is {reviewer.screens} screens long")
    return f"{reviewer.clicks} clicks, {reviewer.screens} screens, {took:.1f} s by a machine"
