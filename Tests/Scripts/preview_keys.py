"""Every control of a preview is reached and worked by keys alone, and is seen to have the focus (WCAG 2.2: 2.1.1, 2.4.7, 2.4.11)."""
import json

CODES = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40, " ": 32}
TEXTS = {"Enter": "\r", " ": " "}

# What can have the focus, in the order of the page, each with a number of its own.
CONTROLS = """(() => {
  const all = [...document.querySelectorAll("a[href], button:not(:disabled), select, input, summary, [tabindex='0']")]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]"));
  all.forEach((element, number) => { element.dataset.testControl = number; });
  return all.map(element => (element.localName + " " + (element.getAttribute("aria-label") || element.textContent.trim() || element.id)).slice(0, 60));
})()"""

# Where the focus is: the control's number, and what is wrong with how it is shown.
FOCUS = """(() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getClientRects()[0];
  if (element === document.body || !box) return null;
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("has no outline");
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push("is out of sight");
  else {
    // It may be larger than the window, and partly covered; not wholly.
    const points = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [box.left + x * box.width, box.top + y * box.height]))
      .filter(([x, y]) => x > 0 && x < innerWidth && y > 0 && y < innerHeight);
    const isSeen = points.some(([x, y]) => { const at = document.elementFromPoint(x, y); return at && (element.contains(at) || at.contains(element)); });
    if (points.length && !isSeen) faults.push("is covered");
  }
  return [element.dataset.testControl === undefined ? null : Number(element.dataset.testControl), faults, element.localName + " " + element.textContent.trim().slice(0, 40)];
})()"""

DRAWN_ANEW = "new Promise(done => requestAnimationFrame(() => setTimeout(done, 40)))"


class Keyboard:
    def __init__(self, browser, problem):
        self.browser = browser
        self.problem = problem

    def press(self, key, shift=False):
        self.browser.call("Input.dispatchKeyEvent", type="keyDown" if key in TEXTS or len(key) == 1 else "rawKeyDown", key=key, code="Space" if key == " " else key,
                          windowsVirtualKeyCode=CODES.get(key, ord(key[0].upper())), modifiers=8 if shift else 0, **({"text": TEXTS.get(key, key)} if key in TEXTS or len(key) == 1 else {}))
        self.browser.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=CODES.get(key, ord(key[0].upper())))
        self.browser.evaluate(DRAWN_ANEW)

    def open(self, url):
        self.browser.open("about:blank")
        for doing in self.browser.open(url):
            self.problem(url, doing)
        self.browser.evaluate(DRAWN_ANEW)

    def expect(self, what, expression, wanted):
        found = self.browser.evaluate(expression)
        if found != wanted:
            self.problem(f"keys, {what}", f"{found!r} in place of {wanted!r}")

    def go_to(self, selector, limit=400):
        """Presses Tab until an element has the focus."""
        for _ in range(limit):
            if self.browser.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                return True
            self.press("Tab")
        self.problem("keys", f"{selector} is not reached")
        return False


def check_reach(keyboard, url, name):
    """Tab goes to every control, in the order of the page, and back out of the page."""
    keyboard.open(url)
    controls = keyboard.browser.evaluate(CONTROLS)
    reached = []
    for _ in range(len(controls) + 200):
        keyboard.press("Tab")
        focus = keyboard.browser.evaluate(FOCUS)
        if focus is None or focus[0] is not None and focus[0] in reached:
            break
        for fault in focus[1]:
            keyboard.problem(f"keys, {name}", f"{focus[2]!r} {fault}")
        if focus[0] is not None:
            reached.append(focus[0])
    for number in sorted(set(range(len(controls))) - set(reached)):
        keyboard.problem(f"keys, {name}", f"{controls[number]!r} is not reached")
    if reached != sorted(reached):
        keyboard.problem(f"keys, {name}", f"controls are reached in another order than they stand in: {reached}")
    return len(controls)


def check_selects(keyboard, url, name):
    """Each choice is made by an arrow, is in the address, and does not take the focus away."""
    keyboard.open(url)
    ids = keyboard.browser.evaluate("[...document.querySelectorAll('select')].filter(select => select.options.length > 1).map(select => select.id)")
    for number in ids:
        keyboard.open(url)
        if not keyboard.go_to("#" + number):
            continue
        before = keyboard.browser.evaluate(f"document.getElementById({number!r}).selectedIndex")
        last = keyboard.browser.evaluate(f"document.getElementById({number!r}).options.length - 1")
        keyboard.press("ArrowDown" if before < last else "ArrowUp")
        keyboard.expect(f"{name}: {number}", f"[document.activeElement.id, document.getElementById({number!r}).selectedIndex !== {before}, location.hash.includes({json.dumps(number[2:] + '=')})]",
                        [number, True, True])
    return len(ids)


def check_common(keyboard, url, name):
    """The first Tab skips to the content; the help opens, closes and gives the focus back."""
    keyboard.open(url)
    keyboard.press("Tab")
    keyboard.expect(f"{name}: the first stop", "document.activeElement.className", "skip")
    keyboard.press("Enter")
    keyboard.expect(f"{name}: the content", "document.activeElement.id", "main")
    keyboard.open(url)
    if keyboard.go_to(".bar > .btn"):
        keyboard.press("Enter")
        keyboard.expect(f"{name}: the help", "document.querySelector('dialog').open && document.querySelector('dialog').contains(document.activeElement)", True)
        keyboard.press("Escape")
        keyboard.expect(f"{name}: the help is closed", "[document.querySelector('dialog').open, document.activeElement.matches('.bar > .btn')]", [False, True])
    keyboard.press("?")
    keyboard.expect(f"{name}: ?", "document.querySelector('dialog').open", True)


def check_index(keyboard, index):
    keyboard.open(index)
    keyboard.press("/")
    keyboard.expect("the search", "document.activeElement.id", "f-q")
    for letter in "oat latte":
        keyboard.press(letter)
    keyboard.browser.evaluate("new Promise(done => setTimeout(done, 300))")
    rows = "[...document.querySelectorAll('tr[data-placard-id]:not([hidden])')].map(row => row.dataset.placardId)"
    keyboard.expect("words typed", rows, ["seasonal-drink"])
    keyboard.go_to("th > a")
    keyboard.press("Enter")
    keyboard.browser.evaluate(DRAWN_ANEW)
    keyboard.expect("a message is opened", "location.pathname.split('/').pop() + location.hash", "seasonal-drink.html#q=oat%20latte")
    keyboard.open(index)
    keyboard.press("j")
    keyboard.press("j")
    keyboard.expect("two keys", "document.activeElement.closest('tr') === [...document.querySelectorAll('tr[data-placard-id]')][1]", True)


def check_message(keyboard, folder):
    page = (folder / "m/order-ready.html").as_uri()
    keyboard.open(page)
    if keyboard.go_to(".langs a[href='#l-ar']"):
        keyboard.press("Enter")
        keyboard.expect("a language", "[location.hash, document.querySelector('.glass .m').lang]", ["#l=ar", "ar"])
    keyboard.go_to(".loc details > summary")
    was = keyboard.browser.evaluate("document.activeElement.parentElement.open")
    keyboard.press("Enter")
    keyboard.expect("what is folded", "document.activeElement.parentElement.open", not was)
    for key, expression, wanted in (("t", "document.documentElement.dataset.theme", "dark"), ("w", "document.querySelector('.glass').clientWidth", 430),
                                    ("s", "document.querySelector('.glass .screen, .glass > *').matches('.on-ios, .on-ios *, :has(.lock)')", True)):
        keyboard.open(page)
        keyboard.press(key)
        keyboard.expect(key, expression, wanted)
    keyboard.open(page)
    keyboard.press("j")
    keyboard.browser.evaluate("new Promise(done => setTimeout(done, 300))")
    keyboard.expect("the next message", "location.pathname.split('/').pop() !== 'order-ready.html'", True)
    # A conversation is played.
    keyboard.open((folder / "m/audio-welcome.html").as_uri())
    steps = "document.querySelectorAll('.glass .step').length"
    if keyboard.go_to(".glass .press"):
        keyboard.press("Enter")
        keyboard.expect("a choice", f"[{steps}, document.activeElement.closest('.glass') !== null]", [2, True])
        keyboard.press("b")
        keyboard.expect("back", steps, 1)


def check_changes(keyboard, page):
    keyboard.open(page)
    keyboard.go_to("tr[data-placard-row] a")
    keyboard.press("Enter")
    keyboard.browser.evaluate("new Promise(done => setTimeout(done, 800))")
    keyboard.expect("a message in the list", "(box => box.top >= 0 && box.top < 300)(document.querySelector('article.change').getBoundingClientRect())", True)
    keyboard.press("t")
    keyboard.expect("t", "document.documentElement.dataset.theme", "dark")


def check_keys(browser, demo, compared, problem):
    """Gives how many controls were reached."""
    browser.look(1400, "light")
    # What has the focus is in sight at once, and not after a movement.
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}, {"name": "prefers-color-scheme", "value": "light"}])
    keyboard = Keyboard(browser, problem)
    pages = {"index": demo / "index.html", "message": demo / "m/order-ready.html", "conversation": demo / "m/audio-welcome.html",
             "replies": demo / "m/replies-for-riders.html", "changes": compared / "changes.html", "audiences": demo / "audience.html",
             "languages": demo / "coverage.html", "language": demo / "l/ar.html", "diagnostics": demo / "checks.html"}
    count = 0
    for name, page in pages.items():
        count += check_reach(keyboard, page.as_uri(), name)
        check_common(keyboard, page.as_uri(), name)
    for name in ("index", "message", "replies", "changes"):
        check_selects(keyboard, pages[name].as_uri(), name)
    check_index(keyboard, pages["index"].as_uri())
    check_message(keyboard, demo)
    check_changes(keyboard, pages["changes"].as_uri())
    browser.call("Emulation.setEmulatedMedia", features=[])
    return count
