"""Compares messages with moz.l10n, an independent implementation of MessageFormat 2's syntax.

Reads JSON lines {"source": …, "model": …} from standard input: a message in source form and its data model in JSON
as this package has them. Prints one line for each on which moz.l10n disagrees, and at the end how many agreed.
"""

import json
import re
import sys

from moz.l10n.formats.mf2 import message_parser, serialize
from moz.l10n.formats.mf2 import mf2_from_json, mf2_parse_message, mf2_serialize_message, mf2_to_json

# moz.l10n 0.15 has an unescaped full stop here and reads `1 1` and `1}1` as numbers.
number = re.compile(r"-?(?:0|(?:[1-9]\d*))(?:\.\d+)?(?:[eE][-+]?\d+)?")
message_parser.number_re = number
serialize.number_re = number


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def main():
    agreed = 0
    failed = 0
    for line in sys.stdin:
        case = json.loads(line)
        try:
            theirs = mf2_to_json(mf2_parse_message(case["source"]))
            back = "".join(mf2_serialize_message(mf2_from_json(case["model"])))
            again = mf2_to_json(mf2_parse_message(back))
        except Exception as error:
            print("refused:", repr(case["source"]), str(error).splitlines()[0])
            failed += 1
            continue
        if canonical(theirs) != canonical(case["model"]) or canonical(again) != canonical(case["model"]):
            print("differs:", repr(case["source"]), canonical(theirs))
            failed += 1
        else:
            agreed += 1
    print(f"moz.l10n: {agreed} agreed, {failed} failed")


main()
