#!/usr/bin/env python3
"""sizes.py: no file of Swift has more than 350 lines, and no function more than 60.

Generated files do not count. A function that is a table or one flat switch may be longer: it is named here with the reason,
and a name that is no longer needed is a failure, too.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
FILE, FUNCTION = 350, 60
ALLOWED = {
    ("Sources/CEL/Syntax/Lexer.swift", "symbol"): "a flat switch over the signs of the language",
    ("Sources/PlacardCommands/VectorSchema.swift", "vectorsSchema"): "a table: one schema as a literal",
    ("Sources/PlacardCompiler/Project/AttributeValue.swift", "attributeValue"): "a flat switch over the types of attributes",
    ("Sources/PlacardMarkdown/BlockSpans.swift", "openBlock"): "a flat switch over the kinds of blocks",
    ("Sources/PlacardMarkdown/MarkdownDiagnostics.swift", "refusedTarget"): "a flat switch: one message a problem",
}
DECLARATION = re.compile(
    r"^( *)(?:@\w+(?:\([^)]*\))? +)*(?:(?:public|package|private|fileprivate|internal|static|class|mutating|final|override"
    r"|nonisolated|consuming|borrowing|convenience|required)(?:\(set\))? +)*"
    r"(?:func +(`[^`]+`|[^\s(<]+)|(init)[?]?[ (<]|(deinit) |(subscript) ?[(<])")


def functions(lines):
    """Each function's name, its first line, and how many lines it has, by the indentation that the formatter sees to."""
    for start, line in enumerate(lines):
        found = DECLARATION.match(line)
        if not found:
            continue
        indentation = found.group(1)
        name = next(group for group in found.groups()[1:] if group).strip("`")
        for end in range(start, len(lines)):
            text = lines[end]
            if text == indentation + "}" or end == start and text.endswith("}"):
                yield name, start + 1, end - start + 1
                break
            # A requirement of a protocol has no body.
            if end > start and text.strip() and len(text) - len(text.lstrip()) < len(indentation):
                break


def main():
    problems = []
    unused = set(ALLOWED)
    files = count = 0
    for path in sorted(path for part in ("Sources", "Tests", "Benchmarks/Sources") for path in (root / part).rglob("*.swift")):
        name = str(path.relative_to(root))
        if "/Generated/" in name or "/.build/" in name:
            continue
        lines = path.read_text("utf-8").splitlines()
        files += 1
        if len(lines) > FILE:
            problems.append(f"{name}: {len(lines)} lines, more than {FILE}")
        for function, line, length in functions(lines):
            count += 1
            if length <= FUNCTION:
                continue
            if (name, function) in ALLOWED:
                unused.discard((name, function))
            else:
                problems.append(f"{name}:{line}: {function} has {length} lines, more than {FUNCTION}")
    problems += [f"{name}: {function} is short, or gone; take it from the list in sizes.py" for name, function in sorted(unused)]
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"sizes: FAILED, {len(problems)}")
    print(f"sizes: ok, {files} files, {count} functions, {len(ALLOWED)} long tables and switches")


main()
