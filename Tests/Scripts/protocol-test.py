#!/usr/bin/env python3
"""A second client, written from Documentation/Protocol.md alone, against the tool's vectors.

    Tests/Scripts/protocol-test.py [PLACARD]

`placard vectors` for the demo and for Tests/Fixtures/protocol, which has what the demo lacks; protocol_reader.py answers each of
them, the texts in every language included. What it leaves to other implementations of MessageFormat is counted, with the reason.
"""
import collections
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema

import protocol_reader as reader

root = pathlib.Path(__file__).resolve().parents[2]
placard = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PLACARD_BIN", str(root / ".build/release/placard"))
SHOWN = 20
# No author can withhold a variant.
UNSEEN = {"control"}
problems = []
compared = collections.Counter()
left_out = collections.Counter()


def run(*arguments):
    result = subprocess.run([placard, *arguments], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"protocol: {' '.join(arguments)} failed\n{result.stdout[-800:]}{result.stderr[-800:]}")
    return result.stdout


def written(value):
    return json.dumps(value, ensure_ascii=False)[:600]


def check(kind, where, expected, found):
    compared[kind] += 1
    if expected != found:
        problems.append(f"{kind}, {where}:\n    vector {written(expected)}\n    reader {written(found)}")


def check_draw(bundle, it):
    found = reader.draw(it["purpose"], it["message"], it["unit"])
    check("draws", it, [it["hash"], it["bucket"]], [found, reader.bucket(it["purpose"], it["message"], it["unit"])])


def check_locale(bundle, it):
    locale, own = bundle.languages.look_up(it["languages"])
    check("locales", it["languages"], [it["locale"], sorted(it["own"])], [locale, sorted(own)])


def check_time(bundle, it):
    where = reader.zone(it["zone"])
    check("times", f"{it['civil']} {it['zone']}", it["moment"], None if where is None else reader.civil_moment(it["civil"], where))


def check_version(bundle, it):
    check("versions", repr(it["text"]), it["version"], reader.version(it["text"]))


def check_link(bundle, it):
    check("links", repr(it["url"]), it["allowed"], reader.is_allowed(it["url"], bundle.catalog["links"]))


def check_patch(bundle, it):
    new = it["new"].encode()
    target = {"bytes": len(new), "sha256": hashlib.sha256(new).hexdigest()}
    found = reader.patched(it["name"], it["old"].encode(), it["patch"].encode(), target)
    check("patches", it["name"], it["new"], found and found.decode())


def check_texts(where, expected, found):
    """Texts of what shows, one by one: those that the reader does not word are counted, and their names compared."""
    for part in ("fields", "actions"):
        check("names of texts", f"{where}: {part}", sorted(expected[part]), sorted(found[part]))
        for name in expected[part].keys() & found[part].keys():
            if isinstance(found[part][name], reader.NotWorded):
                left_out[str(found[part][name])] += 1
            else:
                check("texts", f"{where}: {part}.{name}", expected[part][name], found[part][name])
    check("locales of texts", where, [expected["locale"], expected["direction"]], [found["locale"], found["direction"]])


def check_decision(bundle, it):
    found, expected = reader.decide(bundle, it), it["expect"]
    where = it["name"]
    if expected["shows"] and found["shows"]:
        check_texts(where, expected["shows"]["content"], found["shows"].pop("content"))
        expected["shows"].pop("content")
    differing = sorted(set(expected["verdicts"].items()) ^ set(found["verdicts"].items()))
    check("verdicts", where, [pair for pair in differing if pair in expected["verdicts"].items()],
          [pair for pair in differing if pair in found["verdicts"].items()])
    parts = ("locale", "shows", "exposures")
    check("decisions", where, {part: expected[part] for part in parts}, {part: found[part] for part in parts})


CHECKS = {"draws": check_draw, "locales": check_locale, "times": check_time, "versions": check_version, "links": check_link,
          "patches": check_patch, "decisions": check_decision}


def check_project(folder, project, schema):
    run("vectors", str(folder), "--project", str(project))
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    if names != ["bundle", "vectors.json"]:
        problems.append(f"what placard vectors writes: {', '.join(names)}")
    vectors = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
    for error in jsonschema.Draft202012Validator(schema).iter_errors(vectors):
        problems.append(f"schema vectors: {error.json_path}: {error.message[:300]}")
    unknown = vectors.keys() - CHECKS.keys() - {"schema"}
    if unknown:
        problems.append(f"kinds of vectors that nothing compares: {', '.join(sorted(unknown))}")
    bundle = reader.Bundle(folder / "bundle")
    for kind, compare in CHECKS.items():
        for it in vectors[kind]:
            compare(bundle, it)
    gates = collections.Counter()
    for it in vectors["decisions"]:
        gates.update(it["expect"]["verdicts"].values())
    return gates


def with_large_values(project):
    """Adds scenarios whose values are at the limits of section 3, and just above."""
    at_limit = 262_144 - 10_000 * 16
    users = {
        "string": {"name": "é" * 32_768}, "string-over": {"name": "é" * 32_768 + "x"},
        "list": {"tags": [""] * 10_000}, "list-over": {"tags": [""] * 10_001},
        "all": {"tags": ["a" * 10] * 9_999 + ["a" * (at_limit - 99_990)]},
        "all-over": {"tags": ["a" * 10] * 9_999 + ["a" * (at_limit - 99_989)]},
    }
    for name, user in users.items():
        scenario = {"description": name, "now": "2026-06-01T00:00:00Z", "context": {"user": user}, "event": {"name": "clicked"}}
        (project / f"scenarios/large-{name}.yaml").write_text(json.dumps(scenario, ensure_ascii=False), encoding="utf-8")


def main():
    schema = json.loads(run("schema", "vectors"))
    gates = collections.Counter()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        fixture = shutil.copytree(root / "Tests/Fixtures/protocol", folder / "fixture")
        with_large_values(fixture)
        for number, project in enumerate((root, fixture)):
            gates += check_project(folder / f"vectors-{number}", project, schema)
    known = set(schema["properties"]["decisions"]["items"]["properties"]["expect"]["properties"]["verdicts"]["additionalProperties"]["enum"])
    if known - gates.keys() - UNSEEN:
        problems.append(f"gates that no vector has: {', '.join(sorted(known - gates.keys() - UNSEEN))}")
    for problem in problems[:SHOWN]:
        print(problem)
    if problems:
        print(f"protocol: FAILED, {len(problems)} differences")
        sys.exit(1)
    kinds = ", ".join(f"{compared[kind]} {kind}" for kind in ("decisions", "draws", "locales", "times", "versions", "links", "patches", "texts"))
    reasons = "".join(f"; not compared: {count} {reason}" for reason, count in sorted(left_out.items()))
    print(f"protocol: ok, {kinds}{reasons}")


if __name__ == "__main__":
    main()
