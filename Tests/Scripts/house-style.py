#!/usr/bin/env python3
"""house-style.py: what is the same everywhere, whoever wrote it.

Diagnostics have one voice (Documentation/Decisions/diagnostics.md):

- Diagnostics are made in files whose names end in Diagnostics.swift, in an extension of Diagnostic.
- Their messages and notes begin in lower case, end without a full stop, and quote with backticks alone. So do the notes and problems
  that other files write.
- Words that are not plain English, and `finding` for a diagnostic, stand in no source, test or document.

Names: no two files of Sources have one, and the names of tests are sentences.
"""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
LITERAL = re.compile(r'"((?:[^"\\\n]|\\\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\)|\\.)*)"')
MADE = re.compile(r'(?<![\w.\[])Diagnostic\(\s*(?:"|\w+,|DiagnosticID)')
# Where words of diagnostics stand beside their files.
NOTE = re.compile(r'(?:\bnotes?: \[?|\bnotes? = \[?|\bnotes\.append\(|\bSyntaxProblem\([^"\n]*|\bway: )\s*$')
# What a text may begin with in capitals: names.
NAMES = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9]\w*|(?:Markdown|Android|French|Unicode|Placard|Windows|Apple|Latin|Firebase|Semantic)\b|U\+")
PLAIN = [r"dear(?:er|est)?", r"hangs? on", r"hung on", r"is no double", r"mend(?:s|ed|ing)?", r"worn", r"misshapen", r"settle[sd]?", r"settling"]
FORBIDDEN = re.compile(r"\b(?:" + "|".join(PLAIN) + r")\b", re.I)
FINDING = re.compile(r"(?<![*])\b(?:findings|(?:a|an|the|one|each|every|no|any|this|another|same|last|first|of) finding)\b", re.I)
DOCUMENTS = ("Documentation/", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def problems_of(text):
    """What is wrong with a message, a note or a title, its interpolations left out."""
    words = re.sub(r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "x", text)
    if " " not in words.strip() or words.startswith(("\\u", "http")):
        return
    outside = re.sub(r"`[^`]*`", "x", words)
    if re.match(r"[A-Z]", words) and not NAMES.match(words) and not re.match(r"[A-Z]+\b", words):
        yield "begins with a capital letter"
    if re.search(r"[^.…]\.$", outside):
        yield "ends with a full stop"
    if re.search(r"[^.…]\. [A-Z]", outside):
        yield "has two sentences: join them with a semicolon"
    if re.search(r'[‘“”«»]|\\"', outside):
        yield "quotes with other marks than backticks"
    if re.search(r"\bis no (?!longer|more)", outside) and "there is no " not in outside:
        yield "says `is no`"
    if re.search(r"\bbehind\b", outside):
        yield "says `behind`"


def check_sources(report):
    for path in sorted((root / "Sources").rglob("*.swift")):
        name = path.relative_to(root)
        if "Generated" in name.parts:
            continue
        text = path.read_text("utf-8")
        isHome = path.name.endswith("Diagnostics.swift")
        code = re.sub(r"//[^\n]*", lambda m: " " * len(m.group(0)), text) if '"//' not in text else text
        if path.name != "Diagnostic.swift":
            for match in MADE.finditer(code):
                if not isHome:
                    report(name, text, match.start(), "a diagnostic is made outside of a file ...Diagnostics.swift")
        for match in LITERAL.finditer(code):
            before = code[max(0, match.start() - 160):match.start()]
            isWord = isHome and not re.search(r"MARK: *$", before)
            if isWord or NOTE.search(before):
                for problem in problems_of(match.group(1)):
                    report(name, text, match.start(), f"{problem}: {match.group(1)[:70]}")
        if isHome and "extension Diagnostic {" not in text:
            report(name, text, 0, "has no extension of Diagnostic")


def check_words(report):
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "Sources", "Tests", *DOCUMENTS],
        capture_output=True, text=True, check=True).stdout.split("\n")
    for name in listed:
        path = root / name
        if not name.endswith((".swift", ".md", ".py", ".sh")) or "Generated/" in name or not path.is_file():
            continue
        if path.name in ("house-style.py", "generate-locale-tables.py") or "/Decisions/diagnostics.md" in name:
            continue
        text = path.read_text("utf-8")
        for match in FORBIDDEN.finditer(text):
            report(name, text, match.start(), f"is not plain English: {match.group(0)}")
        for match in FINDING.finditer(text):
            report(name, text, match.start(), f"a diagnostic is called so: {match.group(0)}")


TEST = re.compile(r"@Test\b(?:(?!@Test|\n    \}\n).)*?\bfunc\s+(`[^`]+`|\w+)", re.S)


def check_names(report):
    seen = {}
    for path in sorted((root / "Sources").rglob("*.swift")):
        other = seen.setdefault(path.name, path)
        if other is not path:
            report(path.relative_to(root), "", 0, f"has the name of {other.relative_to(root)}")
    for path in sorted((root / "Tests").rglob("*.swift")):
        text = path.read_text("utf-8")
        for match in TEST.finditer(text):
            if len(re.findall(r"[A-Z ]", match.group(1))) < 2:
                report(path.relative_to(root), text, match.start(1), f"the name of a test is a sentence: {match.group(1)}")


def main():
    count = 0

    def report(name, text, offset, problem):
        nonlocal count
        count += 1
        print(f"{name}:{text.count(chr(10), 0, offset) + 1}: {problem}")

    check_sources(report)
    check_words(report)
    check_names(report)
    if count:
        print(f"house style: {count} problems")
        sys.exit(1)
    files = len(list((root / "Sources").rglob("*Diagnostics.swift")))
    print(f"house style: ok, {files} files of diagnostics")


main()
