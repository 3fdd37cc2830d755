#!/usr/bin/env python3
"""names-in-texts.py: documents, help texts and messages name only what there is.

Looked up are the commands and options of `placard …`, ids of diagnostics, targets of `make …`, files of the repository, and links with
their headings: in the Markdown of the repository, in all help texts, and in the sources.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.environ.get("PLACARD_BIN", str(root / ".build/debug/placard"))
problems = []
counts = {"commands": 0, "options": 0, "ids": 0, "files": 0, "links": 0, "targets": 0}

tree = json.loads(subprocess.run([placard, "--experimental-dump-help"], check=True, capture_output=True).stdout)["command"]
ids = {path.relative_to(root / "Documentation/Diagnostics").with_suffix("").as_posix()
       for path in (root / "Documentation/Diagnostics").rglob("*.md")}
areas = {name.split("/")[0] for name in ids}
targets = set(re.findall(r"^([a-z][a-z-]*):", (root / "Makefile").read_text(), re.MULTILINE))
# What every command of the parser has beside its own.
COMMON = {"help", "version", "generate-completion-script", "experimental-dump-help"}
# Options of other tools that documents speak of by themselves.
FOREIGN = {"scratch-path", "mount"}
# Media types, folders and modules of others that look like ids of diagnostics.
NO_IDS = re.compile(r"^(image|text)/(png|jpeg|gif|webp|svg|html|plain|css|csv|markdown|event-stream|javascript|x-)|^mf2/(s|g)$")


# What follows the name of the tool where it is no command but the subject of a sentence, or of a line of Python.
PROSE = {"did", "else", "has", "is", "never", "reads", "was", "write", "writes"}


def children(command):
    return {below["commandName"]: below for below in command.get("subcommands", [])}


def option_names(command):
    return {name["name"] for argument in command.get("arguments", []) for name in argument.get("names", [])}


def all_options(command):
    return option_names(command).union(*(all_options(below) for below in command.get("subcommands", [])))


def check_command(place, words):
    """`words` follow `placard`: commands, then their options; what else there is are values or prose."""
    command, path = tree, ["placard"]
    tokens = re.findall(r"[^\s\"'`]+", words.split(" placard ")[0])
    if tokens and tokens[0] in PROSE:
        return
    while tokens and tokens[0] in children(command):
        path.append(tokens[0])
        command = children(command)[tokens.pop(0)]
    counts["commands"] += 1
    if tokens and tokens[0] not in PROSE and command.get("subcommands") and re.fullmatch(r"[a-z-]+", tokens[0]) and not tokens[0].startswith("-"):
        problems.append(f"{place}: {' '.join(path)} has no command {tokens[0]}")
    for token in tokens:
        if option := re.match(r"\[?--([a-z][a-z-]*[a-z])", token):
            counts["options"] += 1
            if option[1] not in option_names(command) | COMMON:
                problems.append(f"{place}: {' '.join(path)} has no --{option[1]}")


def check_code(place, code, is_page=False):
    """A span of code, or a line of a block; of a page, or of another text."""
    for found in re.finditer(r"(?<![\w./@-])placard (?=[a-z]|--)(?=([^\n|;&<>()#]*))", code):
        check_command(place, found[1])
    # Sources run other tools.
    if (option := re.match(r"^--([a-z][a-z-]+)$", code)) and is_page:
        counts["options"] += 1
        if option[1] not in all_options(tree) | COMMON | FOREIGN:
            problems.append(f"{place}: no command has --{option[1]}")
    for found in () if not is_page else re.finditer(r"(?<![\w./-])make ((?:-C \S+ )?)([a-z][a-z-]*)", code):
        counts["targets"] += 1
        if not found[1] and found[2] not in targets:
            problems.append(f"{place}: there is no make {found[2]}")
    for found in re.finditer(r"(?<![\w./$-])((?:Sources|Tests|Documentation|Benchmarks|\.packaging|\.github)/[\w./*+-]*[\w*/])", code):
        counts["files"] += 1
        if not list(root.glob(found[1].rstrip("/"))):
            problems.append(f"{place}: there is no {found[1]}")


def check_ids(place, text):
    for found in re.finditer(rf"(?<![\w./*-])({'|'.join(sorted(areas))})/([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w/.*-])", text):
        name = f"{found[1]}/{found[2]}"
        if NO_IDS.match(name):
            continue
        counts["ids"] += 1
        if name not in ids:
            problems.append(f"{place}: no diagnostic is called {name}")
    for found in re.finditer(r"--explain ([a-z0-9/-]+)", text):
        if found[1] not in ids and found[1].rstrip("/") not in areas:
            problems.append(f"{place}: --explain {found[1]} explains nothing")


def headings(path):
    """The anchors of a page, as GitHub makes them."""
    lines = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


def check_links(path, text):
    for found in re.finditer(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", re.sub(r"^(`{3,}).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE))):
        target, _, anchor = found[1].partition("#")
        if re.match(r"[a-z]+:", target) or "{" in target:
            continue
        counts["links"] += 1
        place = (path.parent / target).resolve() if target else path
        if not place.exists():
            problems.append(f"{path.relative_to(root)}: a link to {found[1]}, which is not there")
        elif anchor and place.suffix == ".md" and anchor not in headings(place):
            problems.append(f"{path.relative_to(root)}: a link to {found[1]}, a heading that is not there")


def check_page(path):
    name, text = path.relative_to(root), path.read_text("utf-8")
    fence = None
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{name}:{number}"
        if mark := re.match(r"\s*(`{3,})", line):
            fence = None if fence and mark[1].startswith(fence) else fence or mark[1]
            continue
        if fence:
            check_code(place, line, is_page=True)
        else:
            for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", line):
                check_code(place, span, is_page=True)
        # Examples in the pages of diagnostics have slips of their own.
        if not (fence and "Diagnostics" in path.parts):
            check_ids(place, line)
    check_links(path, text)


def check_help(command, names):
    place = f"help of {' '.join(names)}"
    for text in [command.get("abstract", ""), command.get("discussion", "")] + [
            argument.get("abstract", "") for argument in command.get("arguments", [])]:
        for line in (text or "").split("\n"):
            check_code(place, line)
            check_ids(place, line)
    for below in command.get("subcommands", []):
        check_help(below, names + [below["commandName"]])


def check_source(path):
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        place = f"{path.relative_to(root)}:{number}"
        # What is in quotes, and in comments.
        for text in re.findall(r'"((?:[^"\\]|\\.)*)"', line) + re.findall(r"///?(.*)", line):
            check_code(place, re.sub(r"\\\(.*?\)", "X", text))
            check_ids(place, text)


pages = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "*.md"], check=True, capture_output=True, text=True).stdout.split()
for page in pages:
    if not page.startswith(("content/", "Tests/")):
        check_page(root / page)
check_help(tree, ["placard"])
for source in sorted((root / "Sources").rglob("*.swift")):
    if source.parent.name != "Generated":
        check_source(source)
for problem in problems[:60]:
    print(problem)
if problems or min(counts.values()) == 0:
    print(f"names in texts: FAILED, {len(problems)} problems")
    sys.exit(1)
print("names in texts: ok, " + ", ".join(f"{count} {name}" for name, count in counts.items()))
