"""Reads lines of JSON, [strict form, [literal text of each pattern]], and says where moz.l10n reads another text."""
import json
import sys

try:
    from moz.l10n.message import parse_message
    from moz.l10n.formats import Format
    from moz.l10n.model import PatternMessage, SelectMessage
except ImportError:
    sys.exit(3)


def literal(pattern):
    """The pattern with U+FFFC for each placeholder."""
    return "".join(part if isinstance(part, str) else "\ufffc" for part in pattern)


count = 0
for line in sys.stdin:
    source, wanted = json.loads(line)
    count += 1
    try:
        message = parse_message(Format.mf2, source)
    except Exception as error:
        print(f"differs: {source!r}: {error!r}")
        continue
    if isinstance(message, PatternMessage):
        got = [literal(message.pattern)]
    else:
        got = [literal(pattern) for pattern in message.variants.values()]
    if got != wanted:
        print(f"differs: {source!r}: {got!r} instead of {wanted!r}")
print(f"checked {count} messages")
