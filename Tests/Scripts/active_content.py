"""Reads lines of JSON, [key, html], and says what in them is active, as html5lib's tree of them has it."""
import json
import re
import sys

try:
    import html5lib
except ImportError:
    sys.exit(3)

ELEMENTS = {
    "html", "head", "body", "p", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del", "code", "pre", "a", "img",
    "ul", "ol", "li", "blockquote", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "input",
}
ATTRIBUTES = {"href", "src", "alt", "title", "class", "start", "align", "type", "checked", "disabled"}
SCHEMES = {"https", "http", "mailto", "tel", "starling"}


def scheme(address):
    """The scheme as a browser reads it: white space and control characters do not count (WHATWG URL)."""
    address = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
    return match.group(1).lower() if match else None


count = 0
for line in sys.stdin:
    key, html = json.loads(line)
    count += 1
    for node in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(node.tag, str):
            print(f"active: {key}: a comment")
            continue
        if node.tag not in ELEMENTS:
            print(f"active: {key}: the element {node.tag}")
        for name, value in node.attrib.items():
            if name not in ATTRIBUTES:
                print(f"active: {key}: the attribute {name}")
            if name in ("href", "src"):
                found = scheme(value)
                if found not in SCHEMES and not (name == "src" and found is None):
                    print(f"active: {key}: the address {value!r}")
            if name == "src" and scheme(value) is None and re.match(r"\s*[/\\]{2}", value):
                print(f"active: {key}: an image from {value!r}")
print(f"checked {count} pages")
