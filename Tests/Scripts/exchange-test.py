#!/usr/bin/env python3
"""The demo's translations through the tools that translators use, and back.

    Tests/Scripts/exchange-test.py [PLACARD]

For each format: export, give every unit other words with an independent tool's own API (polib; translate-toolkit, as Weblate drives it;
Python's csv and json), import, build. Nothing may be rejected, every unit must have its new words, and an import of what was just
exported changes no file. What is written is held against gettext (msgfmt -c), the schemas of XLIFF 1.2, 2.1 and 2.2 (xmllint, lxml) and
the Schematron rules of 2.1 (schematron.py), when PLACARD_CONFORMANCE has them; variants in 2.2 against what the prose of their module says.
"""
import csv
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import polib
from lxml import etree
from translate.storage import pypo, xliff
from translate.storage.xliff2 import Xliff2File

from schematron import Schematron

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.path.abspath(
    sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PLACARD_BIN", root / ".build/release/placard"))
schemas = pathlib.Path(os.environ.get("PLACARD_CONFORMANCE", root / "../shared/conformance")) / "xliff"
LOCALES = ["ar", "de", "fr", "ja", "pl", "pt-BR", "uk"]
rules = Schematron(sorted((schemas / "2.1").glob("*.sch"))) if schemas.is_dir() else None
problems = []


def run(*arguments, folder, expected=0):
    result = subprocess.run([placard, *arguments], cwd=folder, capture_output=True, text=True)
    if result.returncode != expected:
        problems.append(f"{' '.join(arguments)}: exit code {result.returncode}\n{result.stdout[-800:]}{result.stderr[-800:]}")
    return result.stdout


def other(source, target):
    """Other words of the same length, with the same placeholders and marks."""
    words = target or source
    out, depth = [], 0
    for index, char in enumerate(words):
        depth += (char == "{") - (char == "}")
        inside = depth > 0 or char == "}"
        link = words.rfind("](", 0, index + 1) > words.rfind(")", 0, index)
        code = words[:index].count("`") % 2 == 1
        out.append({"a": "e", "e": "a", "o": "u", "の": "に", "ا": "و"}.get(char, char) if not (inside or link or code) else char)
    return "".join(out)


def po(path):
    file = polib.pofile(str(path))
    for entry in file:
        if entry.msgid_plural:
            for form, words in entry.msgstr_plural.items():
                source = entry.msgid if form == 0 and len(entry.msgstr_plural) > 1 else entry.msgid_plural
                entry.msgstr_plural[form] = other(source, words)
        else:
            entry.msgstr = other(entry.msgid, entry.msgstr)
    file.save()


def po_toolkit(path):
    file = pypo.pofile.parsefile(str(path))
    for unit in file.units:
        if unit.isheader():
            continue
        if unit.hasplural():
            sources, targets = unit.source.strings, unit.target.strings
            unit.target = [other(sources[min(i, 1)] if len(targets) > 1 else sources[1], words) for i, words in enumerate(targets)]
        else:
            unit.target = other(str(unit.source), str(unit.target or ""))
        unit.markfuzzy(False)
    file.save()


def swapped(element, source):
    """Other words in an element's texts, inline elements left where they are."""
    import copy
    if element is None or not ("".join(element.itertext()) or len(element)):
        element = copy.deepcopy(source)
    else:
        element = copy.deepcopy(element)
    element.text = other(element.text or "", element.text or "")
    for child in element:
        child.tail = other(child.tail or "", child.tail or "")
    return element


def xliff1(path):
    file = xliff.xlifffile.parsefile(str(path))
    for unit in file.units:
        target = swapped(unit.xmlelement.find(unit.namespaced("target")), unit.source_dom)
        target.tag = unit.namespaced("target")
        old = unit.xmlelement.find(unit.namespaced("target"))
        if old is not None:
            unit.xmlelement.replace(old, target)
        else:
            unit.source_dom.addnext(target)
        unit.markfuzzy(False)
        unit.markapproved(True)
    file.save()


def xliff2(path):
    file = Xliff2File.parsefile(str(path))
    for unit in file.units:
        segment = unit.xmlelement if unit.xmlelement.tag.endswith("segment") else unit.xmlelement.find(".//{*}segment")
        source, old = segment.find("{*}source"), segment.find("{*}target")
        target = swapped(old, source)
        target.tag = source.tag.replace("source", "target")
        if old is not None:
            segment.replace(old, target)
        else:
            source.addnext(target)
        segment.set("state", "translated")
        segment.attrib.pop("subState", None)
    file.save()


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["target"] = other(row["source"], row["target"])
    with open(path, "w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def document(path):
    value = json.loads(path.read_text(encoding="utf-8"))
    for unit in value["units"]:
        unit["target"] = other(unit["source"], unit["target"])
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def validate(format, path):
    if format == "po":
        result = subprocess.run(["msgfmt", "-c", "-o", os.devnull, str(path)], capture_output=True, text=True)
        if result.returncode or result.stderr:
            problems.append(f"msgfmt -c {path.name}: {result.stderr[:400]}")
    elif format in ("xliff1", "xliff2") and schemas.is_dir():
        schema = schemas / ("1.2/xliff-core-1.2-transitional.xsd" if format == "xliff1" else "2.1/xliff_core_2.0.xsd")
        result = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(schema), str(path)], capture_output=True, text=True)
        if result.returncode:
            problems.append(f"xmllint {path.name}: {result.stderr[:600]}")
        if format == "xliff2":
            problems.extend(f"Schematron {path.name}: {line}" for line in rules.broken(path)[:5])
    elif format == "xliff22":
        check_variants(path)
        if schemas.is_dir():
            check_22(path)


XLF, PGS = "urn:oasis:names:tc:xliff:document:2.2", "urn:oasis:names:tc:xliff:pgs:1.0"


@functools.cache
def schema_22(with_module):
    """OASIS's schema of XLIFF 2.2. It forgets what its prose allows a segment, the attributes of the module; `with_module` adds them."""
    path = schemas / "2.2" / "xliff_core_2.2.xsd"
    tree = etree.parse(str(path), etree.XMLParser(no_network=True, remove_comments=True))
    if with_module:
        xs = "{http://www.w3.org/2001/XMLSchema}"
        tree.getroot().insert(0, etree.Element(xs + "import", namespace=PGS, schemaLocation="plural_gender_select.xsd"))
        etree.SubElement(tree.find(f"{xs}element[@name='segment']/{xs}complexType"), xs + "attribute", ref="pgs:case")
    return etree.XMLSchema(tree)


def check_22(path):
    tree = etree.parse(str(path))
    for with_module in (True, False):
        if not with_module:
            for segment in tree.iter(f"{{{XLF}}}segment"):
                segment.attrib.pop(f"{{{PGS}}}case", None)
        schema = schema_22(with_module)
        if not schema.validate(tree):
            problems.append(f"schema of 2.2 {path.name}: {schema.error_log.last_error}")
    # There are no Schematron rules of 2.2 yet; those of 2.1 hold for all that is as it was.
    with tempfile.TemporaryDirectory() as temporary:
        old = pathlib.Path(temporary) / path.name
        old.write_bytes(path.read_bytes().replace(XLF.encode(), XLF.replace("2.2", "2.0").encode()))
        problems.extend(f"Schematron of 2.1 {path.name}: {line}" for line in rules.broken(old)[:5])


def check_variants(path):
    """The constraints of the Plural, Gender and Select module, and of what notes and ids refer to."""
    def wrong(unit, what):
        problems.append(f"module of variants {path.name} {unit.get('name')}: {what}")

    number = re.compile(r"-?[0-9]+(\.[0-9]+)?|zero|one|two|few|many|other")
    seen = 0
    for unit in etree.parse(str(path)).iter(f"{{{XLF}}}unit"):
        segments = unit.findall(f"{{{XLF}}}segment")
        cases = [segment.get(f"{{{PGS}}}case") for segment in segments]
        names = [each.get("id") for each in segments if each.get("id")]
        names += [code.get("id") for each in segments for code in each.find(f"{{{XLF}}}source").iter() if code.get("id")]
        if len(set(names)) != len(names):
            wrong(unit, "an id is there twice")
        for note in unit.iter(f"{{{XLF}}}note"):
            if note.get("ref") and note.get("ref")[1:] not in [each.get("id") for each in segments]:
                wrong(unit, f"a note is for {note.get('ref')}, which is not there")
        switch = unit.get(f"{{{PGS}}}switch")
        if switch is None:
            if len(segments) != 1 or cases != [None]:
                wrong(unit, f"cases {cases} without a switch")
            continue
        seen += 1
        items = [item.partition(":") for item in switch.split(" ")]
        if any(selector not in ("plural", "ordinal", "gender", "select") or not variable for selector, _, variable in items):
            wrong(unit, f"the switch {switch}")
        if len(set(cases)) != len(cases) or "other" not in cases or unit.get("canResegment") != "no":
            wrong(unit, f"the cases {cases}")
        for case in cases:
            values = (case or "").split(" ")
            if len(values) != len(items) or not all(
                    value and (item[0] in ("gender", "select") or number.fullmatch(value)) for value, item in zip(values, items)):
                wrong(unit, f"the case {case} of {switch}")
    if seen < 12:
        problems.append(f"module of variants {path.name}: {seen} units have variants")


def check_rules():
    """The rules find what OASIS broke: what they say of other files is worth something."""
    suite = schemas / "test-suite"
    broken = sum(bool(rules.broken(path)) for path in sorted(suite.glob("*/invalid/*.xlf")))
    print(f"exchange Schematron: {broken} invalid files of the test suite break the rules of XLIFF 2.1")
    if broken < 80:
        problems.append("the Schematron rules find too little")


def check_schemas(folder):
    """What the tool says of its own JSON holds."""
    for name, text in [
        ("translations-status", run("translations", "status", "--json", folder=folder)),
        ("exchange", (folder / "again" / "pl.json").read_text(encoding="utf-8")),
    ]:
        schema = json.loads(run("schema", name, folder=folder))
        jsonschema.Draft202012Validator.check_schema(schema)
        for error in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(text)):
            problems.append(f"schema {name}: {error.message[:300]}")


HOSTILE = """---
template: banner
title: 'A&B<c>"d"''e'']]>&amp;&#65;<!--x--> \u00a0\u2028\U0001f388é<?x?>'
trigger: {event: session_start}
variables: {user.first_name: {fallback: "<&>"}}
notes: "Tab\\there, <b>&amp;</b> \\"quoted\\", two\\nlines"
---
`<![CDATA[x]]>` & {$user.first_name} \\<\\>\\{x\\} &lt;
"""


def same_as_json(folder):
    """Another parser reads of the XML what the JSON says, whatever characters texts and notes have."""
    (folder / "content" / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    for format in ["json", "xliff1", "xliff2"]:
        run("translations", "export", "--format", format, "--locale", "fr", "--out", "same", folder=folder)
    units = {unit["id"]: unit for unit in json.loads((folder / "same/fr.json").read_text(encoding="utf-8"))["units"]}
    if not any(id.startswith("hostile/") for id in units):
        problems.append("the hostile message was not exported")
    for suffix, element, key in [("xlf", "trans-unit", "resname"), ("xliff", "unit", "name")]:
        tree = etree.parse(str(folder / "same" / f"fr.{suffix}"))
        seen = 0
        for unit in tree.iter("{*}" + element):
            data = {each.get("id"): each.text or "" for each in unit.iter("{*}data")}
            wanted = units[unit.get(key)]
            seen += 1
            for name in ("source", "target"):
                place = unit.find("{*}" + name) if element == "trans-unit" else unit.find(f"{{*}}segment/{{*}}{name}")
                if place is None:
                    words = ""
                else:
                    words = (place.text or "") + "".join(
                        (data.get(code.get("dataRef")) or code.get("equiv-text") or "") + (code.tail or "") for code in place)
                if words != (wanted[name] or ""):
                    problems.append(f"{suffix} {unit.get(key)}: lxml reads {words!r}, JSON says {wanted[name]!r}")
            notes = [note.text for note in unit.iter("{*}note") if note.get("category") != "former-source"]
            if notes != wanted["notes"]:
                problems.append(f"{suffix} {unit.get(key)}: lxml reads the notes {notes!r}, JSON says {wanted['notes']!r}")
        if seen != len(units):
            problems.append(f"{suffix}: {seen} units, not the {len(units)} of the JSON")
    same_variants_as_json(folder, units)
    (folder / "content" / "hostile.md").unlink()


def same_variants_as_json(folder, units):
    """As above, of XLIFF 2.2, where variants are segments of one unit."""
    run("translations", "export", "--format", "xliff22", "--locale", "fr", "--out", "same", folder=folder)
    seen = 0
    for unit in etree.parse(str(folder / "same" / "fr.xliff")).iter("{*}unit"):
        data = {each.get("id"): each.text or "" for each in unit.iter("{*}data")}
        for segment in unit.iter("{*}segment"):
            token = segment.get("id") or unit.get("id")
            name = re.sub(b"_([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), token.encode()).decode()
            wanted = units[name]
            seen += 1
            for place in ("source", "target"):
                element = segment.find("{*}" + place)
                words = "" if element is None else (element.text or "") + "".join(
                    data[code.get("dataRef")] + (code.tail or "") for code in element)
                if words != (wanted[place] or ""):
                    problems.append(f"xliff22 {name}: lxml reads {words!r}, JSON says {wanted[place]!r}")
            notes = [note.text for note in unit.iter("{*}note")
                     if note.get("category") != "former-source" and note.get("ref") in (None, "#" + token)]
            if sorted(notes) != sorted(wanted["notes"]):
                problems.append(f"xliff22 {name}: lxml reads the notes {notes!r}, JSON says {wanted['notes']!r}")
    if seen != len(units):
        problems.append(f"xliff22: {seen} segments, not the {len(units)} units of the JSON")


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted((folder / "content").rglob("*.md"))}


def round_trip(name, format, translate):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "demo"
        folder.mkdir()
        for part in ("content", "templates", "scenarios"):
            shutil.copytree(root / part, folder / part)
        for part in ("placard.yaml", "translations.lock"):
            shutil.copy(root / part, folder)
        before = files(folder)
        if format == "json":
            same_as_json(folder)
        run("translations", "export", "--format", format, "--out", "out", folder=folder)
        suffix = {"xliff1": "xlf", "xliff2": "xliff", "xliff22": "xliff"}.get(format, format)
        paths = [folder / "out" / f"{locale}.{suffix}" for locale in LOCALES]
        for path in paths:
            validate(format, path)
            extra = ["--locale", path.stem] if format == "csv" else []
            run("translations", "import", str(path), *extra, folder=folder)
        if files(folder) != before:
            problems.append(f"{name}: importing what was exported changed files")
        units = 0
        for path in paths:
            translate(path)
            validate(format, path)
            extra = ["--locale", path.stem] if format == "csv" else []
            said = run("translations", "import", str(path), *extra, folder=folder)
            units += int(said.split(": ")[1].split(" ")[0]) if ": " in said else 0
        after = files(folder)
        made = len(after) - len(before)
        # Words that came in go out again as they came in.
        run("translations", "export", "--format", "json", "--out", "again", folder=folder)
        for path in paths:
            again = json.loads((folder / "again" / f"{path.stem}.json").read_text(encoding="utf-8"))
            missing = [unit["id"] for unit in again["units"] if not unit["target"] or unit["state"] != "current"]
            if missing:
                problems.append(f"{name} {path.stem}: {len(missing)} units are not current, such as {missing[:3]}")
        check_schemas(folder)
        run("build", folder=folder)
        if made != 24:
            problems.append(f"{name}: {made} new translations, not the 24 that Polish and Ukrainian lack")
        print(f"exchange {name}: {units} units taken in {len(paths)} locales, {made} translations new")


def main():
    if rules:
        check_rules()
    for name, format, translate in [
        ("PO (polib)", "po", po), ("PO (translate-toolkit)", "po", po_toolkit), ("XLIFF 1.2 (translate-toolkit)", "xliff1", xliff1),
        ("XLIFF 2.1 (translate-toolkit)", "xliff2", xliff2), ("XLIFF 2.2 (translate-toolkit)", "xliff22", xliff2), ("CSV", "csv", table), ("JSON", "json", document),
    ]:
        round_trip(name, format, translate)
    for problem in problems:
        print(problem)
    print("exchange: " + ("FAILED" if problems else "ok"))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
