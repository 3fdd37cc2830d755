#!/usr/bin/env python3
"""merge-patch-cases.py: random documents and what a merge patch of another implementation leads to.

    .venv/bin/python Tests/Generators/merge-patch-cases.py > Tests/Fixtures/merge-patches.json

Each case is an array of three JSON documents: a target, a patch, and what json-merge-patch (PyPI) makes of them.
"""
import copy
import json
import random

import json_merge_patch

chance = random.Random(7396)
# Names whose order differs in UTF-8 and UTF-16, that are escaped, and that are the same but for normalization.
NAMES = ["a", "b", "c", "", "Z", "a\"", "a\\", "\n", "\u20ac", "\ufb33", "\U0001f600", "\u00e9", "e\u0301", "null"]


def value(depth, nulls):
    # Objects for the most part, as other values are just replaced.
    kind = chance.randrange(9 if depth < 4 else 5) if depth or chance.random() < 0.1 else 9
    if kind == 0:
        return None if nulls else "x"
    if kind < 5:
        return chance.choice([True, False, 0, -1.5, 1e21, 12345678, "", "text \u2028 \" \\ \t", "{}", "null"])
    if kind == 5:
        return [value(depth + 1, True) for _ in range(chance.randrange(4))]
    return {name: value(depth + 1, nulls) for name in chance.sample(NAMES, chance.randrange(6))}


def case():
    target = value(0, chance.random() < 0.3)
    # Most patches are near their targets, so that they meet.
    patch = copy.deepcopy(target) if chance.random() < 0.3 else value(0, True)
    if isinstance(patch, dict):
        for name in list(patch):
            if chance.random() < 0.3:
                patch[name] = value(1, True)
    return [target, patch, json_merge_patch.merge(copy.deepcopy(target), copy.deepcopy(patch))]


cases = [json.dumps(case(), ensure_ascii=False, separators=(",", ":")) for _ in range(400)]
print("[" + ",\n".join(cases) + "]")
