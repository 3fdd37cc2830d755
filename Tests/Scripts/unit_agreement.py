"""Compares `:unit` with Chromium's Intl.NumberFormat: each unit that ECMA-402 sanctions and some compounds, in each width,
with numbers of every plural category, in the languages of the demo and further ones.

The tool's texts come from `placard explain`. On both sides the number itself is taken out: it comes from other code than
the unit, and is as Foundation has it. A difference is expected when it is of one of these classes:

* data: Chromium has a newer CLDR than the table (47); unit_differences.txt lists what it says, one pattern a line.
* sign: a form that says the number by itself cannot show a sign; the tool then takes the form of `other`
  (Documentation/Decisions/units.md).
* other browser: the list was made with one version of Chromium. Another one may have a CLDR that differs in up to one
  in fifty texts.

What is listed and does not happen is a failure too.
"""
import json
import pathlib
import re

LOCALES = """en fr de ja pt-BR ar pl uk
    cs da el en-AU en-GB es es-MX fa fi he hi hu id it ko lt lv nb nl pt-PT ro ru sl sr sr-Latn sv th tr vi zh zh-TW""".split()
COMPOUNDS = """kilometer-per-hour meter-per-second mile-per-hour mile-per-gallon liter-per-kilometer kilobyte-per-second
    gram-per-mile kilogram-per-acre byte-per-millisecond celsius-per-yard meter-per-month""".split()
WIDTHS = ["long", "short", "narrow"]
PERCENT = {("percent", "short"), ("percent", "narrow")}
NUMBERS = ["0", "1", "2", "1.5", "3", "5", "11", "21", "1000", "-2"]
# The version of the browser that the list was made with.
LISTED_VERSION = 156
LIST = pathlib.Path(__file__).with_name("unit_differences.txt")
ROOT = pathlib.Path(__file__).resolve().parents[2]

THEIRS = r"""((locale, units, widths, numbers) => {
  const outside = new Set(["unit", "literal", "percentSign"]), plural = new Intl.PluralRules(locale), found = {};
  for (const unit of units) for (const unitDisplay of widths) {
    const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay });
    for (const number of numbers) {
      let text = "", seen = false;
      const parts = format.formatToParts(Number(number));
      for (const [index, part] of parts.entries()) {
        // A directional mark in front of a sign belongs to the sign.
        const own = parts[index + 1]?.type === "minusSign" ? part.value.replace(/[\u200e\u061c]$/, "") : part.value;
        if (outside.has(part.type)) text += own; else if (!seen) { text += "{0}"; seen = true; }
      }
      found[`${unit} ${unitDisplay} ${number}`] = [plural.select(Math.abs(Number(number))), text];
    }
  }
  return found;
})(%s)"""


def sanctioned():
    text = (ROOT / "Sources/MessageFormat/Functions/UnitIdentifiers.swift").read_text(encoding="utf-8")
    return re.findall(r'"([^"]+)"', re.search(r"static let sanctioned\b[^=]*= \[(.*?)\]", text, re.S).group(1))


def ours(folder, run, locale, units):
    """The tool's texts in the same form: a message that holds them all."""
    project = folder / f"units.{locale}"
    (project / "templates/all").mkdir(parents=True)
    (project / "content").mkdir()
    (project / "placard.yaml").write_text(
        f"source: {locale}\nevents: {{shown: {{}}}}\nformats: [text]\nlint: {{mf2/draft-function: allow}}\n", encoding="utf-8")
    (project / "templates/all/template.yaml").write_text(
        "description: Texts\nsurface: card\ndismiss: [button]\nfields:\n  title: {type: text, required: true}\n"
        "  body: {type: markdown, required: true, max: 100000}\n", encoding="utf-8")
    (project / "templates/all/preview.mustache").write_text("{{title}}{{{body}}}", encoding="utf-8")
    # Percent has a name in its long width alone; else it is the sign of `:percent`, around or inside the number.
    keys = [(unit, width, number) for unit in units for width in WIDTHS for number in NUMBERS if (unit, width) not in PERCENT]
    placeholders = [f"{{{number} :number}}" for number in NUMBERS] + [
        f"{{{number} :unit unit={unit} unitDisplay={width}}}" for unit, width, number in keys]
    (project / "content/units.md").write_text(
        "---\ntemplate: all\ntitle: Units\ntrigger: {event: shown}\n---\n" + "\n\n".join(placeholders) + "\n", encoding="utf-8")
    content = json.loads(run("explain", "--project", project, "--event", "shown", "--locale", locale, "--json"))["content"]
    texts = re.sub("[\u2066-\u2069]", "", content["fields"]["body"]["text"]).strip("\n").split("\n\n")
    if len(texts) != len(placeholders):
        raise SystemExit(f"units: {len(texts)} texts of {len(placeholders)} in {locale}")
    numbers = dict(zip(NUMBERS, texts))
    return {
        f"{unit} {width} {number}": text.replace(numbers[number], "{0}", 1)
        for (unit, width, number), text in zip(keys, texts[len(NUMBERS):])}


def shown(text):
    """With white space and directional marks as escapes, but for the space."""
    return "".join(c if c == " " or c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def check_units(browser, folder, run, problem):
    """Compares all; prints one line, and reports each difference that is not expected."""
    units = sanctioned() + COMPOUNDS
    version = int(re.search(r"Chrome/(\d+)", browser.evaluate("navigator.userAgent")).group(1))
    listed = dict(line.split(" = ") for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    happened, unlisted = set(), {}
    passed = expected = 0
    for locale in LOCALES:
        theirs = browser.evaluate(THEIRS % ", ".join(map(json.dumps, (locale, units, WIDTHS, NUMBERS))))
        for key, text in ours(folder, run, locale, units).items():
            category, wanted = theirs[key]
            unit, width, number = key.split()
            if text == wanted:
                passed += 1
                continue
            name = f"{locale} {unit} {width} {category}"
            if number.startswith("-") and "{0}" in text and "{0}" not in wanted:
                expected += 1
            elif listed.get(name) == shown(wanted):
                happened.add(name)
                expected += 1
            else:
                unlisted.setdefault(name, (text, wanted, []))[2].append(number)
    failed = sum(len(numbers) for _, _, numbers in unlisted.values())
    if version != LISTED_VERSION and failed <= (passed + expected) / 50:
        expected, failed = expected + failed, 0
    else:
        for name, (text, wanted, numbers) in unlisted.items():
            problem("units", f"{name} = {shown(wanted)}  ({shown(text)} here; {', '.join(numbers)})")
        for name in sorted(set(listed) - happened) if version == LISTED_VERSION else []:
            failed += 1
            problem("units", f"{name} is listed, and does not differ")
    print(f"units: {passed} passed, {expected} expected failures, {failed} failed")
