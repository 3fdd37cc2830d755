"""cel_agreement.py DISAGREEMENTS: compares outcomes of expressions with those of `common-expression-language`.

Reads JSON lines from standard input: first the contexts, then {"expression", "context", "ours", "parts"} for each
expression, where the parts are the closed expressions in it, the shortest first, with our outcome each.

A disagreement is narrowed down to the shortest part on which the two disagree. It is expected when that part is of a
kind that the list has; an entry's patterns are searched for in the part, in our outcome and in theirs. Prints what is
not listed, what is listed and does not happen, and the totals.
"""
import collections
import datetime
import json
import re
import struct
import sys

import cel

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)


def given(value):
    """A context value of `describe` in ExpressionAgreementTests as one of Python's."""
    kind, content = value
    if kind == "list":
        return [given(element) for element in content]
    return int(content) if kind == "int" else content


def described(value):
    """The other implementation's value in the same form."""
    if value is None:
        return ["null", None]
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["double", "nan" if value != value else "%x" % struct.unpack(">Q", struct.pack(">d", value))]
    if isinstance(value, str):
        return ["string", value]
    if isinstance(value, bytes):
        return ["bytes", list(value)]
    if isinstance(value, list):
        return ["list", [described(element) for element in value]]
    if isinstance(value, dict):
        return ["map", [[described(key), described(element)] for key, element in value.items()]]
    if isinstance(value, datetime.datetime):
        return ["timestamp", str((value - EPOCH) // MICROSECOND)]
    if isinstance(value, datetime.timedelta):
        return ["duration", str(value // MICROSECOND)]
    return ["other", repr(value)]


def theirs(expression, context):
    try:
        return described(cel.compile(expression).execute(context))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # A panic of theirs is none of Python's exceptions.
        return ["error", f"{type(error).__name__}: {error}"]


def same(a, b):
    """Whether two outcomes agree: both fail, or they are the same value. Maps have no order."""
    if a[0] != b[0]:
        return False
    if a[0] == "error":
        return True
    if a[0] == "list":
        return len(a[1]) == len(b[1]) and all(same(x, y) for x, y in zip(a[1], b[1]))
    if a[0] == "map":
        rest = list(b[1])
        for key, value in a[1]:
            found = next((pair for pair in rest if same(pair[0], key) and same(pair[1], value)), None)
            if found is None:
                return False
            rest.remove(found)
        return not rest
    return a[1] == b[1]


class Entry:
    def __init__(self, json_):
        self.id = json_["id"]
        self.patterns = [re.compile(json_[key], re.DOTALL) for key in ("expression", "ours", "theirs")]

    def explains(self, expression, ours, other):
        texts = (expression, json.dumps(ours, ensure_ascii=False), json.dumps(other, ensure_ascii=False))
        return all(pattern.search(text) for pattern, text in zip(self.patterns, texts))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        entries = [Entry(entry) for entry in json.load(file)]
    contexts = [
        cel.Context(variables={group: {name: given(value) for name, value in fields.items()}
                               for group, fields in context.items()})
        for context in json.loads(sys.stdin.readline())["contexts"]]
    agreed, failed = 0, 0
    happened = collections.Counter()
    for line in sys.stdin:
        case = json.loads(line)
        context = contexts[case["context"]]
        other = theirs(case["expression"], context)
        example = case.get("example")
        if same(case["ours"], other):
            if example is None:
                agreed += 1
            else:
                print(f"agrees, though listed as {example}: {case['expression']}")
                failed += 1
            continue
        least, ours = case["expression"], case["ours"]
        for part in case["parts"]:
            outcome = theirs(part["expression"], context)
            if not same(part["ours"], outcome):
                least, ours, other = part["expression"], part["ours"], outcome
                break
        found = [entry.id for entry in entries if entry.explains(least, ours, other)]
        if (example in found) if example is not None else found:
            happened[example or found[0]] += 1
        else:
            print(f"differs: {least}\n  ours   {json.dumps(ours, ensure_ascii=False)}\n"
                  f"  theirs {json.dumps(other, ensure_ascii=False)[:300]}")
            failed += 1
    for identifier, count in sorted(happened.items()):
        print(f"  {identifier}: {count}")
    print(f"common-expression-language: {agreed} passed, {sum(happened.values())} expected failures, {failed} failed")
    sys.exit(1 if failed else 0)


main()
