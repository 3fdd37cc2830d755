#!/usr/bin/env python3
"""public-declarations.py: what is public is API, and says what it is.

Modules that a library product of Package.swift names may have public declarations, and each of them has a doc comment;
all other modules use `package`. What Swift's own protocols ask for (`==`, `hash(into:)`, `description`) needs no words.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = re.compile(r"\.library\(\s*name:\s*\"\w+\",\s*targets:\s*\[([^\]]*)\]", re.S)
PUBLIC = re.compile(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public|open(?=\s+(?:class|func|var)))\s+(?!import\b)")
EXTENSION = re.compile(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*public\s+extension\b")
# Requirements of the standard library's protocols and of Foundation's, which their documentation describes.
INHERITED = re.compile(
    r"static func (?:==|<)|func hash\(into|func makeIterator\(|func encode\(to|var (?:description|debugDescription|hashValue|startIndex|endIndex)\b"
    r"|func index\((?:after|before)|init\((?:stringLiteral|integerLiteral|booleanLiteral|arrayLiteral|dictionaryLiteral|from)\b"
    r"|func urlSession\(")


def main():
    exported = set()
    for targets in LIBRARY.findall((root / "Package.swift").read_text("utf-8")):
        exported.update(re.findall(r"\"(\w+)\"", targets))
    problems = []
    count = 0
    for path in sorted((root / "Sources").rglob("*.swift")):
        module = path.relative_to(root / "Sources").parts[0]
        lines = path.read_text("utf-8").splitlines()
        for index, line in enumerate(lines):
            place = f"{path.relative_to(root)}:{index + 1}"
            if module not in exported:
                if re.match(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*public\s", line):
                    problems.append(f"{place}: {module} is no API; write package instead of public")
                continue
            if not PUBLIC.match(line) or EXTENSION.match(line) or INHERITED.search(line):
                continue
            count += 1
            before = index - 1
            while before >= 0 and lines[before].strip().startswith("@"):
                before -= 1
            if before < 0 or not lines[before].strip().startswith("///"):
                problems.append(f"{place}: a public declaration without a doc comment: {line.strip()}")
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"public declarations: FAILED, {len(problems)}")
    print(f"public declarations: ok, {count} of {len(exported)} modules, each with a doc comment")


main()
