#!/usr/bin/env python3
"""generate-emoji-shortcodes.py EMOJI_JSON [OUTPUT]: the table of `:tada:` and the like, from db/emoji.json of github.com/github/gemoji."""
import json
import sys

entries = sorted(
    (alias, entry["emoji"])
    for entry in json.load(open(sys.argv[1], encoding="utf-8"))
    for alias in entry["aliases"]
)
output = sys.argv[2] if len(sys.argv) > 2 else "Sources/PlacardText/Generated/EmojiShortcodes.swift"
lines = []
line = ""
for alias, emoji in entries:
    word = f"{alias} {emoji}"
    if line and len(line) + len(word) + 1 > 110:
        lines.append(line)
        line = ""
    line += (" " if line else "") + word
lines.append(line)
with open(output, "w", encoding="utf-8", newline="\n") as file:
    file.write("// Written by Tests/Generators/generate-emoji-shortcodes.py from the names of github.com/github/gemoji (MIT).\n\n")
    file.write("/// The names of emoji in shortcodes such as `:tada:`, each followed by its emoji.\n")
    file.write('let emojiShortcodeWords: StaticString = """\n')
    for line in lines:
        file.write(f"    {line}\n")
    file.write('    """\n')
print(f"{len(entries)} names")
