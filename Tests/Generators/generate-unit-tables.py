#!/usr/bin/env python3
"""Writes Sources/LocalizedUnits/Generated/UnitData.swift: how the languages of CLDR write units of measurement.

    generate-unit-tables.py [OUTPUT FOLDER]

The patterns are CLDR's, from the locale data of Babel (Tests/requirements.txt pins it; CLDR's data is under the Unicode
License V3). Which languages are at modern coverage comes from $PLACARD_CONFORMANCE/cldr, by default
../shared/conformance/cldr beside the repository; the parents of locales come from UnicodeLocale's own table, which finds
them at run time; the units come from UnitIdentifiers.swift.

A pattern of CLDR is looked up along the parents, first in the width that is asked for and then in `short`, which is
where root leads from `long` and `narrow`; in each locale, `other` stands in for a plural category that is not there. What a unit has in a locale after that is one record, left out when the
parent's record is the same.
"""
import json
import os
import pathlib
import pickle
import re
import sys

import babel
from babel.core import get_global

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("PLACARD_CONFORMANCE") or ROOT / "../shared/conformance") / "cldr"
LOCALES = pathlib.Path(babel.__file__).parent / "locale-data"
OUTPUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "Sources/LocalizedUnits/Generated")
WIDTHS = ["long", "short", "narrow"]
# The letters of forms, from `a` on for the first width: CLDR's plural categories, and the pattern of a denominator.
FORMS = ["zero", "one", "two", "few", "many", "other", "per"]
NUMBER, DENOMINATOR, RECORD, FORM = "~", "^", "|", ";"
# The letters of units, which stand behind a RECORD alone.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+,-./:<=>?@[]_`{}"
COMPOUND = "per"


def swift_strings(path, name):
    """The strings of a constant that is an array."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return re.findall(r'"([^"]+)"', re.search(rf"static let {name}\b[^=]*= \[(.*?)\]", text, re.S).group(1))


def swift_lines(path, name):
    """The lines of a constant that is a table."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return re.search(rf'static let {name}: StaticString = """\n(.*?)\n +"""', text, re.S).group(1).split("\n")


PARENTS = dict(line.split() for line in swift_lines("Sources/UnicodeLocale/Generated/LocaleData.swift", "parents") if line.strip())


def parent(tag):
    """As `LanguageTag.parent` has it, for the tags of CLDR's own locales; None for root."""
    if tag in PARENTS:
        return None if PARENTS[tag] == "und" else PARENTS[tag]
    return tag.rpartition("-")[0] or None


def chain(tag):
    while tag:
        yield tag
        tag = parent(tag)


def tag_of(path):
    """The tag of a file of Babel: variants are in lower case, and are in upper case there."""
    language, *rest = path.stem.split("_")
    return "-".join([language, *(part.lower() if len(part) > 4 else part for part in rest)])


FILES = {tag_of(path): path for path in sorted(LOCALES.glob("*.dat"))}
own = {}


def own_data(tag):
    """What CLDR says of a locale itself, without its parents; nothing for a locale that has no data."""
    if tag not in own:
        file = FILES.get(tag)
        own[tag] = pickle.loads(file.read_bytes()) if file else {}
    return own[tag]


def patterns(tag, unit, width):
    """The forms of a unit in a locale, by name."""
    found = {}
    for wanted in dict.fromkeys([width, "short"]):
        for ancestor in [*chain(tag), "root"]:
            data = own_data(ancestor)
            if unit == COMPOUND:
                forms = data.get("compound_unit_patterns", {}).get("per", {}).get(wanted) or {}
                forms = {"other": forms["compound"].replace("{1}", DENOMINATOR)} if "compound" in forms else {}
            else:
                forms = data.get("unit_patterns", {}).get(unit, {}).get(wanted) or {}
            for form, pattern in forms.items():
                if set(pattern) & set(NUMBER + RECORD + FORM + "\\\n") or (DENOMINATOR in pattern) != (unit == COMPOUND):
                    sys.exit(f"{tag} {unit}: the table cannot hold {pattern!r}")
                found.setdefault(form, pattern.replace("{0}", NUMBER))
            # A category that a locale does not have is as its `other`, before any parent's (UTS 35, "Lateral Inheritance").
            if "other" in forms:
                for form in FORMS[:-1]:
                    found.setdefault(form, found["other"])
    return found


def record(tag, unit):
    """All forms of a unit in a locale as the table has them: `other`, what differs from it, and no `narrow` that is as
    `short`."""
    text, short = "", None
    for index, width in enumerate(WIDTHS):
        forms = patterns(tag, unit, width)
        part = {form: forms[form] for form in FORMS if form in forms and (form in ("other", "per") or forms[form] != forms["other"])}
        if width == "narrow" and part == short:
            continue
        if width == "short":
            short = part
        for form, pattern in part.items():
            letter = chr(ord("a") + index * len(FORMS) + FORMS.index(form))
            # A number, a space and a name are so common that a capital letter stands for the first two.
            if pattern.startswith(NUMBER + " "):
                text += FORM + letter.upper() + pattern[2:]
            else:
                text += FORM + letter + pattern
    return text


def literal(text):
    """In a Swift string, with what cannot be seen as escapes."""
    def shown(character):
        visible = character == " " or character.isprintable() and character not in "\u00ad"
        return character if visible else f"\\u{{{ord(character):X}}}"
    return "".join(map(shown, text))


def main():
    simple = [name for array in ("sanctioned", "further")
              for name in swift_strings("Sources/MessageFormat/Functions/UnitIdentifiers.swift", array)]
    types = {unit.split("-", 1)[1]: unit for unit in own_data("root")["unit_patterns"]}
    missing = [name for name in simple if name not in types]
    if missing:
        sys.exit(f"CLDR has no patterns of {', '.join(missing)}")
    compounds = [name for name in types if "-per-" in name and all(part in simple for part in name.split("-per-"))]
    units = {name: types[name] for name in sorted(simple + compounds)} | {COMPOUND: COMPOUND}
    letters = dict(zip(units, LETTERS, strict=False))
    modern = set(json.loads((DATA / "availableLocales.json").read_text(encoding="utf-8"))["modern"])
    lines, entries = [], 0
    for tag in ["root"] + [tag for tag in FILES if any(ancestor in modern for ancestor in chain(tag))]:
        above = parent(tag) or "root"
        found = []
        for name, unit in units.items():
            text = record(tag, unit)
            if tag == "root" or text != record(above, unit):
                found.append(RECORD + letters[name] + literal(text))
        if found:
            lines.append(("und" if tag == "root" else tag, found))
            entries += len(found)
    lines.sort(key=lambda line: line[0].encode())
    table = "\n".join("        " + "\\\n        ".join([tag, *found]) for tag, found in lines)
    names = "\n".join(f"        {name} {letters[name]}" for name in sorted(units, key=str.encode))
    version = get_global("cldr")["version"]
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "UnitData.swift").write_text(f'''\
// Generated by Tests/Generators/generate-unit-tables.py from CLDR {version} (Babel {babel.__version__}). Do not edit.
// swift-format-ignore-file
// CLDR's data: Copyright © 1991-2025 Unicode, Inc. All rights reserved. Unicode License V3,
// https://www.unicode.org/license.txt

/// CLDR's patterns of units, as text; ``UnitTable`` reads them.
enum UnitData {{
    /// The version of CLDR.
    static let version: StaticString = "{version}"

    /// The letter of each unit, in byte order; `{COMPOUND}` stands for the pattern of a numerator and a denominator.
    static let units: StaticString = """
{names}

        """

    /// A line for each locale, in byte order; `und` is root. Behind the tag stand its records, each with the letter of a
    /// unit, and in each record its forms.
    static let patterns: StaticString = """
{table}

        """
}}
''', encoding="utf-8")
    print(f"{len(lines)} locales, {entries} records, {sum(len(text.encode()) for _, found in lines for text in found)} bytes")


main()
