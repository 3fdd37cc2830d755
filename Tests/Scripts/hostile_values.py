"""Values meant to break out of every place that they stand in, and a project that puts each into every place."""
import json
import os
import pathlib
import re
import urllib.parse

# What the cross-site scripting suites do not hold: other syntaxes of ours, and the controls of UAX #9.
OWN = [
    "plain", "**b** *i* `c` ~~d~~ [x](https://evil.example) ![y](https://evil.example/y.png)", "# h\n\n- a\n- b\n\n> q\n\n---",
    "| a | b |\n|---|---|\n| c | d |", "<https://evil.example>", "https://evil.example/auto", "&lt;b&gt; &amp; &#123;$x&#125; &quot;",
    "{$event.t1} {|x|} {{q}} \\{ \\} {#strong}m{/strong}", ".input {$x :string} .match $x * {{y}}", "{{title}} {{{body}}} {{#a}}{{/a}}",
    '{"type":"expression","arg":{"type":"variable","name":"x"}}', "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", " javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "intent://x#Intent;end",
    "https://evil.example/", "//evil.example/", "\\\\evil.example\\", "https:evil.example", "https:\\\\evil.example",
    "https://www.example.com@evil.example/", "https://evil.example\\.example.com/", "https://evil.example%2f.example.com/",
    "https://www.example.com:x@evil.example/", "https://shop.example.com/ok?a=1&b=\"'<>#f", "starling://menu/1", "file:///etc/passwd",
    "../../../x", "?q=1&r=2#f", "%2e%2e%2f%00", "a b\u00a0c", "\u202eoverride", "\u202dx\u202e", "\u2067isolate", "\u2066\u2066\u2066",
    "\u2069\u2069\u202eout", "\u202c\u2069\u202bא", "\u200f\u061c", "שלום 12", "١٢ abc", "a\nb\u202ec", "a\r\nb", "a\u2029\u202eb", "a\u0085b",
    "a\u2028b", "\u0000a\u0000<b>", "\ufeffx\ufffe\uffff", "\U00100000\U0010FFFD", "e\u0301\u0301\u0301", "👨‍👩‍👧‍👦🇯🇵", "]]>--><!--", "</p></div></body></html>",
    "</textarea></title></style></script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "<svg onload=alert(1)>", "<iframe srcdoc='<script>parent.alert(1)</script>'>", "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>", "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>", "<template><img src=x onerror=alert(1)></template>", "<math><mtext></mtext><mglyph><style></math>",
    "constructor", "__proto__", "x" * 1000,
]

# What every value stands among, in Markdown; `N` is its number.
PLACES = """
[whole]({$event.u{N}})

before{N} {$event.t{N}} after{N}

{#strong}strong {$event.t{N}}{/strong} and *em {$event.t{N}}*, ~~del~~ **{$event.t{N}}**, `code {$event.t{N}}`

[link {$event.t{N}}](https://www.example.com/p/{$event.t{N}}?q={$event.t{N}}#{$event.t{N}} "title {$event.t{N}}")

![alt {$event.t{N}}](x.png "title {$event.t{N}}")

- item {$event.t{N}}

> quote {$event.t{N}}

| head | {$event.t{N}} |
|---|---|
| cell | `{$event.t{N}}` |

```
block {$event.t{N}}
```
"""

ARABIC = [("before", "قبل"), ("after", "بعد"), ("strong {", "مهم {"), ("link {", "رابط {"), ("item", "بند"), ("quote", "اقتباس"), ("head", "رأس")]

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def payloads():
    """Every value once: those of the conformance suites and our own."""
    folder = pathlib.Path(os.environ.get("PLACARD_CONFORMANCE", "../shared/conformance")) / "xss"
    values = list(OWN)
    for name in ("dompurify.json", "markdown.json"):
        if (folder / name).exists():
            values += [case["payload"] for case in json.loads((folder / name).read_bytes())]
    return list(dict.fromkeys(values))


def token(number):
    """The harmless value of a place."""
    return f"qv{number:02}q"


def scalar(text):
    """A YAML scalar, in double quotes."""
    def escape(match):
        code = ord(match.group())
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return '"' + re.sub(r'["\\]|[^ -~]', escape, text) + '"'


def write_project(root, groups):
    """A project with a message for each group of values: the values are the examples that its previews show."""
    size = max(map(len, groups))
    (root / "templates/all").mkdir(parents=True)
    (root / "content").mkdir()
    events = ""
    for index, group in enumerate(groups):
        events += f"  {name(index)}:\n"
        for number, value in enumerate(padded(group, size)):
            events += f"    t{number}: {{type: string, examples: [{scalar(value)}]}}\n    u{number}: {{type: url}}\n"
    (root / "placard.yaml").write_text(
        "source: en\nlocales: {ar: optional}\nevents:\n" + events
        + 'links: {schemes: [https, starling], hosts: ["*.example.com"]}\nformats: [html, text, mdast]\n'
        "lint: {push/cut-on-android: allow, push/cut-on-ios: allow}\n", encoding="utf-8")
    (root / "templates/all/template.yaml").write_text(TEMPLATE)
    (root / "templates/all/preview.mustache").write_text(PREVIEW)
    (root / "content/x.png").write_bytes(PNG)
    for index in range(len(groups)):
        for locale in ("", ".ar"):
            path = root / f"content/{name(index, 'm')}{locale}.md"
            path.write_text(message(name(index), size, locale != ""), encoding="utf-8")


TEMPLATE = """description: A field of every type
surface: card
dismiss: [button]
fields:
  title: {type: text, required: true, max: 100000}
  body: {type: markdown, required: true, max: 100000}
  lines: {type: list, items: {type: text, max: 100000}, max: 100}
  more: {type: url}
  image: {type: image}
actions: {max: 2}
markup: [strong, em]
"""

PREVIEW = """<div><p class="title">{{title}}</p>
{{{body}}}
{{#image}}<img src="{{src}}" alt="{{alt}}">{{/image}}
{{#actions}}<span class="action" title="{{label}}">{{label}}</span>{{/actions}}
</div>
"""


def message(event, size, is_arabic):
    """A message, or its translation, with every value of its event in every place."""
    text = translated if is_arabic else lambda words: words
    lines = "".join(
        f'  - {{id: l{n}, text: "{text(f"before{n} {{$event.t{n}}} after{n}")}"}}\n' for n in range(size))
    front = f'title: "title {{$event.t0}}"\nlines:\n{lines}'
    # The link is its own, as the action's would make the notification larger than it may be.
    front += f'push:\n  title: Push\n  body: "{text("before0 {$event.t0} after0")}"\n  fallback: {{body: Push}}\n'
    if is_arabic:
        front += 'image: {alt: "alt {$event.t0}"}\nactions: [{id: go, label: "go {$event.t0}"}]\n'
    else:
        front += (
            '  link: "https://www.example.com/n"\n'
            f'template: all\ntrigger: {{event: {event}}}\nmore: "https://www.example.com/m/{{$event.t0}}"\n'
            'image: {src: x.png, alt: "alt {$event.t0}"}\n'
            'actions: [{id: go, label: "go {$event.t0}", url: "https://www.example.com/a/{$event.t0}"}]\n')
    body = "".join(text(PLACES.replace("{N}", str(n))) for n in range(size))
    return f"---\n{front}---\n{body}"


def translated(words):
    for english, arabic in ARABIC:
        words = words.replace(english, arabic)
    return words


def name(index, letter="e"):
    return f"{letter}{index:03}"


def padded(group, size):
    return [*group, *[f"filler{number}" for number in range(len(group), size)]]


def allowed_link(value):
    """The address that a value makes up as a whole; empty when the project's links do not lead there (the oracle)."""
    address = urllib.parse.quote(value, safe="!#$%&'()*+,-./:;=?@[]_~")
    if re.fullmatch(r"(?i:https)://(?:[A-Za-z0-9_-]+\.)+(?i:example\.com)(?::[0-9]{0,5})?(?:[/?#].*)?", address):
        return address
    return address if re.match(r"(?i:starling):", address) else ""
