#!/usr/bin/env python3
"""Writes Sources/LinearRegex/Generated/UnicodeData.swift: general categories, scripts and simple case folding.

    generate-regex-tables.py [FOLDER]

FOLDER holds UnicodeData.txt, Scripts.txt and CaseFolding.txt of the Unicode Character Database; by default
/usr/share/unicode, where Debian's package unicode-data puts them. Debian 12 has Unicode 15.0, the version of the
RE2 that the differential test compares with.

A table is text: a name, a space, numbers, a line feed. A number is written in base 32, the most significant digit
first; ALPHABET[d] is a digit that others follow, ALPHABET[32 + d] the last digit.
"""

import os
import re
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
OUTPUT = os.path.join(os.path.dirname(__file__), "../../Sources/LinearRegex/Generated/UnicodeData.swift")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
WIDTH = 104
LAST = 0x10FFFF


def number(value):
    digits = []
    while True:
        digits.append(value % 32)
        value //= 32
        if value == 0:
            break
    digits.reverse()
    return "".join(ALPHABET[d] for d in digits[:-1]) + ALPHABET[32 + digits[-1]]


def ranges(points):
    """The maximal ranges [first, last] of a set of code points, in order."""
    result = []
    for point in sorted(points):
        if result and result[-1][1] == point - 1:
            result[-1][1] = point
        else:
            result.append([point, point])
    return result


def encoded_ranges(points):
    """For each range the gap since the range before, and its length less one."""
    text, next_free = "", 0
    for first, last in ranges(points):
        text += number(first - next_free) + number(last - first)
        next_free = last + 1
    return text


def read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(";")]


def categories():
    result, first = {}, None
    for fields in read("UnicodeData.txt"):
        point, name, category = int(fields[0], 16), fields[1], fields[2]
        if name.endswith(", First>"):
            first = point
            continue
        points = range(first, point + 1) if name.endswith(", Last>") else [point]
        first = None
        for key in (category, category[0]):
            result.setdefault(key, set()).update(points)
    return result


def scripts():
    result = {}
    for span, script in read("Scripts.txt"):
        bounds = [int(end, 16) for end in span.split("..")]
        result.setdefault(script, set()).update(range(bounds[0], bounds[-1] + 1))
    return result


def successors():
    """For each code point that folds like others the next of them; the last leads to the first."""
    orbits = {}
    for fields in read("CaseFolding.txt"):
        if fields[1] in "CS":
            orbits.setdefault(int(fields[2], 16), []).append(int(fields[0], 16))
    result = {}
    for folded, others in orbits.items():
        orbit = sorted(others + [folded])
        for index, point in enumerate(orbit):
            result[point] = orbit[(index + 1) % len(orbit)]
    return result


def fold_runs():
    """Runs (first, last, delta): each code point leads to itself plus delta.

    Where delta is 0, the first and the second lead to each other, as do the third and fourth, and so on.
    """
    successor = successors()
    points = sorted(successor)
    runs, index = [], 0
    while index < len(points):
        first = points[index]
        delta, last = successor[first] - first, first
        while successor.get(last + 1, -LAST) - (last + 1) == delta:
            last += 1
        end = first
        while successor.get(end) == end + 1 and successor.get(end + 1) == end:
            end += 2
        if end - first > last - first + 1:
            delta, last = 0, end - 1
        runs.append((first, last, delta))
        index += last - first + 1
    return runs


def encoded_folds():
    text, next_free = "", 0
    for first, last, delta in fold_runs():
        zigzag = delta * 2 if delta >= 0 else -delta * 2 - 1
        text += number(first - next_free) + number(last - first) + number(zigzag)
        next_free = last + 1
    return text


def literal(lines):
    """A Swift string literal of several lines, whose long lines are broken with a backslash."""
    out = []
    for line in lines:
        pieces = [line[at:at + WIDTH] for at in range(0, len(line), WIDTH)]
        out += ["        " + piece + "\\" for piece in pieces[:-1]] + ["        " + pieces[-1]]
    return "\n".join(out)


def table(title, entries):
    lines = [f"{name} {encoded_ranges(points)}" for name, points in sorted(entries.items())]
    return f'''    /// {title}
    static let {title.split(":")[0].lower()}: StaticString = """
{literal(lines)}

        """
'''


def version():
    with open(os.path.join(FOLDER, "Scripts.txt"), encoding="utf-8") as file:
        return re.search(r"Scripts-([0-9.]+)\.txt", file.readline()).group(1)


with open(OUTPUT, "w", encoding="utf-8") as file:
    file.write(f'''// Generated by Tests/Generators/generate-regex-tables.py from the Unicode Character Database {version()}. Do not edit.

/// Sets of code points as text; ``UnicodeTables`` reads it.
enum UnicodeData {{
{table("Categories: name, then gap and length less one of each range.", categories())}
{table("Scripts: name, then gap and length less one of each range.", scripts())}
    /// Folds: gap, length less one and zigzag delta of each run of code points that fold alike; see ``FoldRun``.
    static let folds: StaticString = """
{literal([encoded_folds()])}

        """
}}
''')
