#!/usr/bin/env python3
"""validate-demo.py: the demo's inputs and outputs keep to the JSON Schemas that `placard schema` prints.

Builds the repository's own project into a temporary folder. Inputs (placard.yaml, template.yaml, front matter,
scenarios) are read with PyYAML's core types as far as they agree with YAML 1.2, which is all that the demo uses.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import yaml

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.path.abspath(os.environ.get("PLACARD_BIN", root / ".build/release/placard"))
checked = 0
problems = []


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema: no dates, no `yes`, no sexagesimals."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in (
        "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
import re  # noqa: E402

Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$"), list("-+0123456789"))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value.replace("0o", "0o"), 0)
                     if node.value[:2] in ("0x", "0o") else int(node.value))


def schema(name):
    text = subprocess.run([placard, "schema", name, "--project", str(root)], check=True, capture_output=True).stdout
    document = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def check(path, value, validator):
    global checked
    checked += 1
    for error in sorted(validator.iter_errors(value), key=str):
        problems.append(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")


def read(path):
    return yaml.load(path.read_text(encoding="utf-8"), Core)


def front_matter(path):
    text = path.read_text(encoding="utf-8")
    return yaml.load(text.split("\n---", 1)[0].removeprefix("---\n"), Core) if text.startswith("---\n") else {}


def check_reports():
    """What `check` and `test` write for programs: of the demo, of one with a slip in every message, of one whose scenarios fail."""
    diagnostics, results, difference = schema("diagnostics"), schema("test-results"), schema("difference")
    for name, folder, old, new in [("demo", "content", "", ""), ("slips", "content", "audience:", "audiance:"),
                                   ("failures", "scenarios", "  shows:", "  variant: x\n  shows:")]:
        with tempfile.TemporaryDirectory() as copy:
            for part in ("content", "templates", "scenarios"):
                shutil.copytree(root / part, pathlib.Path(copy) / part)
            shutil.copy(root / "placard.yaml", copy)
            for path in (pathlib.Path(copy) / folder).rglob("*.*"):
                if old and path.suffix in (".md", ".yaml"):
                    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
            for command, validator in (("check", diagnostics), ("test", results)):
                run = subprocess.run([placard, command, "--format", "json", "--project", copy], capture_output=True)
                check(f"{command} of {name}", json.loads(run.stdout), validator)
            for versions in ([root, copy], [copy, root]):
                run = subprocess.run([placard, "diff", "--format", "json", *versions], capture_output=True)
                check(f"diff of {name}", json.loads(run.stdout), difference)


def check_server(folder, apns, fcm, data):
    """Runs what Documentation/Notifications.md tells servers to do, with values that would break what is done by hand."""
    page = (root / "Documentation/Notifications.md").read_text("utf-8")
    server = {}
    exec(page.split("```python\n", 1)[1].split("```", 1)[0], server)  # noqa: S102
    values = {"event.order_id": '{$user.first_name}"\\\u202e', "user.first_name": None, "event.minutes": 1, "event.chapter": 7,
              "event.driver_name": "Zoë", "event.plate": "{$event.plate}", "event.book_title": "<b>", "event.trip_id": "T/1",
              "event.book_id": "s n"}
    for path in sorted(folder.rglob("*.apns.json")):
        name = path.relative_to(folder)
        untouched = json.loads(path.read_text("utf-8"))
        payload, collapse = server["apns"](path.read_text("utf-8"), values)
        check(name, payload, apns)
        message = server["fcm"](path.with_name(path.name.replace(".apns.", ".fcm.")).read_text("utf-8"), values)
        check(name, message, fcm)
        placard = json.loads(message["data"]["placard"])
        check(name, placard, data)
        if placard != payload["placard"] or message["notification"] != payload["aps"]["alert"]:
            problems.append(f"{name}: the two services get different notifications")
        if message["apns"]["headers"]["apns-collapse-id"] != collapse or message["android"]["notification"]["tag"] != collapse:
            problems.append(f"{name}: the thread is not everywhere")
        if not collapse or payload["aps"]["thread-id"] != collapse or collapse == untouched["aps"]["thread-id"]:
            problems.append(f"{name}: the thread has not its values: {collapse}")
        sent[str(name)] = (untouched["aps"]["alert"], payload["aps"]["alert"], collapse)
    for name, part, expected in [
            ("order-ready/en.apns.json", 1, {
                "title": "\u2068Hello\u2069, your order is ready",
                "body": 'Pick it up at the counter. Code: \u2068{$user.first_name}"\\\u2069'}),
            ("order-ready/en.apns.json", 2, 'order/{$user.first_name}"\\\u202e'),
            # A plural and a number are the app's to word.
            ("arriving-soon/en.apns.json", 1, {
                "title": "\u2068Zoë\u2069 is almost there", "body": sent["arriving-soon/en.apns.json"][0]["body"]}),
            ("new-chapter/en.apns.json", 1, {
                "title": sent["new-chapter/en.apns.json"][0]["title"], "body": "\u2068<b>\u2069 goes on. Listen now."})]:
        if sent[name][part] != expected:
            problems.append(f"{name}: a server makes {sent[name][part]!r} of it")


sent = {}
names = {line.split()[0] for line in subprocess.run(
    [placard, "schema", "--project", str(root)], check=True, capture_output=True, text=True).stdout.splitlines() if line}
with tempfile.TemporaryDirectory() as output:
    subprocess.run([placard, "build", "--project", str(root), "--output", output], check=True, stdout=subprocess.DEVNULL)
    bundle = pathlib.Path(output) / "bundle"
    manifest = json.loads((bundle / "manifest.json").read_bytes())
    check("manifest.json", manifest, schema("manifest"))
    check("catalog", json.loads((bundle / manifest["catalog"]["path"]).read_bytes()), schema("catalog"))
    locale = schema("locale")
    for tag, target in manifest["locales"].items():
        check(f"locale {tag}", json.loads((bundle / target["path"]).read_bytes()), locale)
    apns, fcm, data = schema("apns"), schema("fcm"), schema("push-data")
    payloads = sorted((pathlib.Path(output) / "push").rglob("*.json"))
    if not payloads:
        problems.append("the demo has no notifications")
    for path in payloads:
        value = json.loads(path.read_bytes())
        name = path.relative_to(output)
        check(name, value, apns if path.name.endswith(".apns.json") else fcm)
        if path.name.endswith(".fcm.json"):
            if not all(isinstance(entry, str) for entry in value["data"].values()):
                problems.append(f"{name}: FCM takes strings alone in data")
            check(name, json.loads(value["data"]["placard"]), data)
        if path.stat().st_size > 4096:
            problems.append(f"{name}: {path.stat().st_size} bytes")
        if "{$" in path.read_text("utf-8"):
            problems.append(f"{name}: a place for a value that is not MessageFormat's")
    check_server(pathlib.Path(output) / "push", apns, fcm, data)
    vectors = pathlib.Path(output) / "vectors"
    subprocess.run([placard, "vectors", str(vectors), "--project", str(root)], check=True, stdout=subprocess.DEVNULL)
    check("vectors.json", json.loads((vectors / "vectors.json").read_bytes()), schema("vectors"))
check_reports()

events, kinds = schema("events"), set()
for line in (root / "Documentation/Events.md").read_text("utf-8").split("```jsonl\n", 1)[1].split("```", 1)[0].splitlines():
    event = json.loads(line)
    check("an event of Events.md", event, events)
    kinds.add(event["kind"])
    for missing in event.keys() - {"variant"}:
        if events.is_valid({name: value for name, value in event.items() if name != missing}):
            problems.append(f"an event of kind {event['kind']} without {missing} is taken")
    if events.is_valid({**event, "action": "x", "withheld": True}):
        problems.append(f"an event of kind {event['kind']} with all members is taken")
if kinds != {"exposure", "impression", "click", "dismissal"}:
    problems.append(f"Events.md shows {sorted(kinds)} alone")

check("placard.yaml", read(root / "placard.yaml"), schema("project"))
template = schema("template")
for path in sorted(root.glob("templates/*/template.yaml")):
    check(path.relative_to(root), read(path), template)
scenario = schema("scenario")
for path in sorted(root.glob("scenarios/**/*.yaml")):
    check(path.relative_to(root), read(path), scenario)
templates = {}
files = sorted(root.glob("content/**/*.md"), key=lambda path: ("." in path.stem or "+" in path.stem, path))
for path in files:
    value = front_matter(path)
    message, _, locale_tag = path.stem.partition(".")
    message, _, variant = message.partition("+")
    if not locale_tag and not variant:
        templates[message] = value.get("template")
    kind = "translation" if locale_tag else "variant" if variant else "message"
    name = f"{kind}:{templates.get(message)}"
    if name in names:
        check(path.relative_to(root), value, schema(name))

for problem in problems[:40]:
    print(problem)
if problems or checked < 10:
    print(f"demo schemas: FAILED, {len(problems)} violations in {checked} documents")
    sys.exit(1)
print(f"demo schemas: ok, {checked} documents valid by {len(names)} schemas")
