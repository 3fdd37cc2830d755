#!/usr/bin/env python3
"""The demo's translations through the tools that translators use, and back.

    Tests/Scripts/exchange-test.py [PLACARD]

For each format: export, give every unit other words with an independent tool's own API (polib; translate-toolkit, as Weblate drives it;
Python's csv and json), import, build. Nothing may be rejected, every unit must have its new words, and an import of what was just
exported changes no file. What is written is held against gettext (msgfmt -c) and the schemas of XLIFF 1.2 and 2.1 (xmllint), when
PLACARD_CONFORMANCE has them.
"""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import polib
from translate.storage import pypo, xliff
from translate.storage.xliff2 import Xliff2File

root = pathlib.Path(__file__).resolve().parents[2]
placard = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PLACARD_BIN", str(root / ".build/release/placard"))
schemas = pathlib.Path(os.environ.get("PLACARD_CONFORMANCE", root / "../shared/conformance")) / "xliff"
LOCALES = ["ar", "de", "fr", "ja", "pl", "pt-BR", "uk"]
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
        run("translations", "export", "--format", format, "--out", "out", folder=folder)
        suffix = {"xliff1": "xlf", "xliff2": "xliff"}.get(format, format)
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
    for name, format, translate in [
        ("PO (polib)", "po", po), ("PO (translate-toolkit)", "po", po_toolkit), ("XLIFF 1.2 (translate-toolkit)", "xliff1", xliff1),
        ("XLIFF 2.1 (translate-toolkit)", "xliff2", xliff2), ("CSV", "csv", table), ("JSON", "json", document),
    ]:
        round_trip(name, format, translate)
    for problem in problems:
        print(problem)
    print("exchange: " + ("FAILED" if problems else "ok"))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
