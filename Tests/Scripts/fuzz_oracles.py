"""What must hold of every run of the tool on any project, judged by other people's parsers: html5lib, tinycss2, ElementTree, json."""
import hashlib
import json
import os
import pathlib
import re
import xml.etree.ElementTree

import html5lib
import tinycss2

# Controls, C1, what directs bidi text, line separators, noncharacters: none of it is ever printed.
UNCLEAN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
                     "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]")
# What the tool itself puts around words that are written from right to left: an isolate that ends on its line.
ISOLATE = re.compile("[\u2066\u2068]([^\u2066-\u2069\\n]*)\u2069")
COMMAND = re.compile(r"^\s*(?:::(?!: )|##(?:\[|vso\[|teamcity\[))")
GITHUB = re.compile(r"^::(?:error|warning|notice)(?: (?:file|line|col|endLine|endColumn|title)=[^,:\n]*(?:,(?:file|line|col|endLine|endColumn|title)=[^,:\n]*)*)?::")
ELEMENTS = set("""a article aside b bdi blockquote body br code col dd del details div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6
head header hr html i img input label legend li link main mark meta nav ol p pre script section small span strong sub summary sup table tbody td th thead
time title tr ul""".split())
ATTRIBUTES = set("""align alt checked class colspan dir disabled for height hidden href id lang name open rel role rowspan scope src start tabindex title type
value width charset content http-equiv""".split())
# What the picture of the windows on the index is made of; texts of messages hold none of it.
PICTURE = {"{http://www.w3.org/2000/svg}" + name for name in ("svg", "a", "path", "rect", "text", "title")}
PICTURE_ATTRIBUTES = set("d height rx viewBox width x y".split())
ADDRESS = re.compile(r"^(?![a-zA-Z][a-zA-Z0-9+.-]*:)(?!//)(?!/)[^\\\x00-\x20]*$")
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\0\0\0")


def snapshot(folder):
    """Every name below a folder with its kind, mode, time of change and bytes; links are not followed."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(place, name)
            status = os.lstat(path)
            content = os.readlink(path) if os.path.islink(path) else pathlib.Path(path).read_bytes() if os.path.isfile(path) else b""
            found[os.path.relpath(path, folder)] = (status.st_mode, status.st_mtime_ns if not os.path.isdir(path) or os.path.islink(path) else 0, content)
    return found


def tree(folder):
    """The files of an output by path, without what tells of the moment."""
    return {os.path.relpath(os.path.join(place, name), folder): pathlib.Path(place, name).read_bytes()
            for place, _, files in os.walk(folder) for name in files if not name.startswith(".placard")}


def printed(data, form, stream):
    """Why a stream's bytes are not clean in a format; None when they are."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"{stream} is not UTF-8: {error}"
    text = ISOLATE.sub(r"\1", ISOLATE.sub(r"\1", text))
    unclean = UNCLEAN.search(text)
    if unclean:
        return f"{stream} holds U+{ord(unclean.group()):04X}: {text[max(0, unclean.start() - 60):unclean.end() + 20]!r}"
    for line in text.split("\n"):
        if COMMAND.match(line) and not (form == "github" and stream == "stdout" and GITHUB.match(line)):
            return f"{stream} holds a line that a runner reads as a command: {line[:200]!r}"
    if stream != "stdout" or not text.strip():
        return None
    try:
        if form in ("json", "sarif"):
            json.loads(text)
        elif form == "junit":
            xml.etree.ElementTree.fromstring(text)
    except (ValueError, xml.etree.ElementTree.ParseError) as error:
        return f"stdout is no {form}: {error}"
    return None


def bundle(folder):
    """Why a bundle is not what its manifest says; None when it is."""
    manifest = json.loads((folder / "manifest.json").read_bytes().decode("utf-8"))
    named = [manifest["catalog"], *manifest["locales"].values(), *manifest["assets"].values()]
    for target in named:
        data = (folder / target["path"]).read_bytes()
        if len(data) != target["bytes"] or hashlib.sha256(data).hexdigest() != target["sha256"]:
            return f"{target['path']} is not what the manifest says"
        if target["path"].endswith(".json"):
            fault = texts(json.loads(data.decode("utf-8")), manifest["assets"])
            if fault:
                return f"{target['path']}: {fault}"
        elif not data.startswith(IMAGES) or b"<script" in data or b"<svg" in data:
            return f"{target['path']} is no image"
    extra = {os.path.join("targets", name) for name in os.listdir(folder / "targets")} - {target["path"] for target in named}
    return f"targets that nobody names: {sorted(extra)[:3]}" if extra else None


def texts(value, assets, key=""):
    """Whether HTML in a bundle holds anything active."""
    if isinstance(value, dict):
        faults = (texts(item, assets, name) for name, item in value.items())
    elif isinstance(value, list):
        faults = (texts(item, assets, key) for item in value)
    elif isinstance(value, str) and key == "html":
        return document(html5lib.parseFragment(value, namespaceHTMLElements=False), assets)
    else:
        return None
    return next((fault for fault in faults if fault), None)


def document(root, assets=None):
    """Why a parsed document is not inert. With `assets`, links may lead out and images are in the manifest."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            if assets is None and "DOCTYPE" not in str(element.tag):
                return "a comment"
            continue
        is_picture = assets is None and element.tag in PICTURE
        if element.tag not in ELEMENTS and element.tag != "DOCUMENT_FRAGMENT" and not is_picture:
            return f"element <{element.tag}>"
        for name, value in element.attrib.items():
            name = name if isinstance(name, str) else name[1]
            if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")) and not (is_picture and name in PICTURE_ATTRIBUTES):
                return f"attribute {name} of <{element.tag}>"
            if assets is not None and element.tag == "img" and name == "src" and value not in assets:
                return f"image {value!r} is not in the manifest"
            if name in ("href", "src") and not ADDRESS.match(value) and (assets is None or not value.startswith(("https:", "starling:"))):
                return f"address {value[:80]!r} of <{element.tag}>"
        if element.tag == "script" and (element.text or not element.get("src", "").endswith("assets/preview.js")):
            return "a script of somebody else"
        if element.tag == "meta" and element.get("http-equiv") not in (None, "Content-Security-Policy"):
            return "a meta element that acts"
    return None


def style(data):
    """Why a template's style sheet can reach out of its scope, or load something; None when it cannot."""
    rules = tinycss2.parse_stylesheet(data.decode("utf-8"), skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type != "at-rule" or rule.lower_at_keyword not in ("scope", "keyframes"):
            return f"{rule.type} at the top of a style sheet: {rule.serialize()[:80] if rule.type != 'error' else rule.message}"
    return loads(rules)


def loads(nodes):
    for node in nodes or []:
        if node.type in ("url", "error") or node.type == "at-rule" and node.lower_at_keyword in ("import", "font-face", "namespace", "charset"):
            return f"{node.type}: {node.serialize()[:80] if node.type != 'error' else node.message}"
        if node.type == "function" and node.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element", "paint"):
            return f"function {node.lower_name}"
        for part in (getattr(node, "prelude", None), getattr(node, "content", None), getattr(node, "arguments", None)):
            fault = loads(part)
            if fault:
                return fault
    return None


def preview(folder, pages):
    """Why a preview is not inert: `pages` of its pages and every style sheet are read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    known = {".html", ".css", ".js", ".json", ".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"}
    for path in files:
        if path.is_symlink() or path.suffix not in known:
            return f"{path.name} in the preview"
        if path.stat().st_size > 16_000_000:
            return f"{path.name} has {path.stat().st_size} bytes"
        if path.suffix == ".css" and path.parent.name == "templates":
            fault = style(path.read_bytes())
            if fault:
                return f"{path.name}: {fault}"
        if path.suffix in (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif") and not path.read_bytes().startswith(IMAGES):
            return f"{path.name} is no image"
    for path in pages([path for path in files if path.suffix == ".html"]):
        fault = document(html5lib.parse(path.read_bytes().decode("utf-8"), namespaceHTMLElements=False))
        if fault:
            return f"{path.relative_to(folder)}: {fault}"
    return None
