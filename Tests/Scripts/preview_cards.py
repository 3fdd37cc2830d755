"""Reads lines of JSON, [key, html], of drawn cards, and says where a parser of HTML sees another tree than the one written.

Each card stands in a page as those of previews do. What html5lib, which reads as browsers do, makes of the page must be what
the tags say when each closes the one before: the same elements with the same attributes, nothing beside the card's own place,
and of elements and attributes none but those that a preview may hold.
"""
import json
import re
import sys

import html5lib

VOID = {"br", "hr", "img", "input"}
# What templates may hold, and what the body's own HTML holds besides.
ELEMENTS = set(
    "article aside b bdi blockquote br code dd div dl dt em figcaption figure footer h2 h3 h4 header hr i img li ol p pre "
    "section small span strong sub sup time ul a del h1 h5 h6 table thead tbody tr th td input".split())
ATTRIBUTES = set(
    "alt class dir height hidden lang role src title width data-to start align type checked disabled".split())
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9._-]*(?:=\"[^\"<>]*\")?)*)\s*/?>")


def written(html):
    """The elements as the tags have them, or what is wrong with these."""
    root = ["root", [], []]
    open_elements = [root]
    place = 0
    while (place := html.find("<", place)) >= 0:
        match = TAG.match(html, place)
        if match is None:
            return f"the tag {html[place:place + 80]!r}"
        part, place = match.group(), match.end()
        closes, name, attributes = match.groups()
        if closes:
            if open_elements.pop()[0] != name:
                return f"the end tag {part!r}"
        else:
            names = []
            for attribute in re.findall(r"\s+([a-z][a-z0-9._-]*)(?:=\"[^\"]*\")?", attributes):
                if attribute not in names:
                    names.append(attribute)
            element = [name, sorted(names), []]
            open_elements[-1][2].append(element)
            if name not in VOID:
                open_elements.append(element)
    return root[2] if len(open_elements) == 1 else "an element is never closed"


def read(node):
    return [node.tag if isinstance(node.tag, str) else "#comment", sorted(node.attrib), [read(child) for child in node]]


def problem(html):
    page = f'<!doctype html><html><head></head><body><figure><div>{html}</div></figure><p></p></body></html>'
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    top = [child.tag for child in body]
    if top != ["figure", "p"] or len(body[0]) != 1 or len(body[1]) != 0 or body[1].attrib:
        return f"something leaves its place: {top}"
    for node in body[0][0].iter():
        if node is body[0][0]:
            continue
        if node.tag not in ELEMENTS:
            return f"the element {node.tag}"
        for name, value in node.attrib.items():
            if name not in ATTRIBUTES and not re.fullmatch(r"(data|aria)-[a-z0-9._-]+", name):
                return f"the attribute {name}"
            if name == "src" and value and not value.startswith("../assets/images/"):
                return f"an image from {value!r}"
    tree, tags = [read(child) for child in body[0][0]], written(html)
    if tree != tags:
        return f"another tree than written: {str(tree)[:200]} for {str(tags)[:200]}"
    return None


count = 0
for line in sys.stdin:
    key, html = json.loads(line)
    count += 1
    found = problem(html)
    if found:
        print(f"active: {key}: {found} in {html[:300]!r}")
print(f"checked {count} cards")
