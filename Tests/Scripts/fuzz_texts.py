"""Texts for the fuzzer: grammars of what authors write, which are mostly right and sometimes hostile.

Each function takes a random.Random and gives a str (surrogate escapes stand for bytes that are not UTF-8).
"""
import struct
import zlib

CONTROLS = ["\x00", "\x07", "\x08", "\x1b[2J", "\x1b]0;t\x07", "\x7f", "\x85", "\x9b31m", "\u200e", "\u200f", "\u061c", "\u202e", "\u202a",
            "\u2066", "\u2067", "\u2069", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\udcff", "\udcfe\udcff",
            "\r", "\u200b", "\u00ad", "\U000e0041", "\ue000"]
REFERENCES = ["&#0;", "&#xFFFE;", "&#xFFFF;", "&#xD800;", "&#x110000;", "&#65534;", "&#x1b;", "&#x202e;", "&#xFDD0;", "&#128;", "&lt;b&gt;",
              "&amp;#x3c;", "&#x10FFFF;", "&#99999999;", "&nosuch;", "&NewLine;", "&Tab;", "&colon;", "&#x0000000041;"]
ADDRESSES = ["https://www.example.com/a", "https://www.example.com/a b", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java&#x0A;script:alert(1)",
             "data:text/html,<script>alert(1)</script>", "//evil.example/x", "https://evil.example@www.example.com/", "https://www.example.com:99999/",
             "starling://x/{$event.order_id}", "https://www.example.com/{$user.first_name}/../x", "vbscript:x", "file:///etc/passwd", "a.png", "./a.png",
             "../a.png", "../../outside/secret.png", "/etc/passwd", "a.svg", "%2e%2e/a.png", "a.png?x#y", "\\\\host\\x", "#step", "", "http:x", "feed:javascript:x"]
WORKFLOW = ["::error file=a::b", "::stop-commands::x", "::set-output name=a::b", "##[error]x", "##vso[task.x]y", "##teamcity[x 'y']", "::add-mask::a"]
HTML = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src=//evil.example>", "<b>", "</div></div>", "<!--", "-->", "<![CDATA[",
        "<svg onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<style>*{}</style>", "<base href=//evil.example>", "<form><button>", "]]>", "<?x?>"]
WORDS = ["coffee", "ready", "Zoë", "שלום", "مرحبا", "日本語", "e\u0301", "👩‍👩‍👧", "1", "50%", "a.b", "order", "%s", "{{x}}", "${x}", "{name}", ":tada:"]
PLAIN = ["coffee", "ready", "Zoë", "שלום", "مرحبا", "日本語", "order", "half", "price", "e\u0301", "👩‍👩‍👧"]
NUMBERS = ["0", "1", "-1", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e308", "1e400", "0.1", "00", "1u", "0x7f"]


def hostile(chance):
    return chance.choice(chance.choice([CONTROLS, REFERENCES, ADDRESSES, WORKFLOW, HTML, NUMBERS, ["{", "}", "|", "\\", "`", "*", "'", '"', ": ", " #", "\n", "\t"]]))


def words(chance, most=6):
    return " ".join(chance.choice(WORDS if chance.random() < 0.1 else PLAIN) if chance.random() < 0.98 else hostile(chance) for _ in range(chance.randint(1, most)))


def address(chance):
    sound = ["https://www.example.com/a", "https://www.example.com/{$event.order_id}", "starling://x/{$event.order_id}?q=1"]
    return chance.choice(ADDRESSES if chance.random() < 0.2 else sound)


def picture(chance):
    return chance.choice(ADDRESSES) if chance.random() < 0.2 else "a.png"


def variable(chance):
    if chance.random() < 0.9:
        return chance.choice(["$user.first_name", "$user.country", "$event.order_id", "$event.items"])
    return chance.choice(["$user.first_name", "$user.country", "$user.count", "$event.order_id", "$event.items", "$event.when", "$nobody", "$x", "|lit|", "$user.tags"])


def placeholder(chance):
    if chance.random() < 0.85:
        return chance.choice(["{$user.first_name}", "{$event.order_id}", "{$event.items :number}", "{$user.count :integer}", "{$event.items :number minimumFractionDigits=2}",
                              "{$event.when :datetime}", "{|lit|}", "{$event.order_id :string}"])
    option = chance.choice(["", " minimumFractionDigits=2", " style=percent", " currency=EUR", " unit=liter", " select=ordinal", " u:dir=rtl", " u:id=|x y|"])
    function = chance.choice(["", " :number", " :integer", " :string", " :currency", " :date", " :datetime", " :unit", " :offset add=1", " :nosuch", " :percent"])
    return "{" + variable(chance) + function + (option if function else "") + "}"


def message_format(chance, depth=0):
    """A MessageFormat 2 text: a pattern, or a matcher with declarations."""
    kind = chance.random()
    if kind < 0.75 or depth:
        return "".join(chance.choice([words(chance, 3), placeholder(chance), " {#strong}" + words(chance, 2) + "{/strong} ", "\\{", "\\\\", hostile(chance) if chance.random() < 0.1 else "."])
                       if chance.random() < 0.6 else words(chance, 3) + " " for _ in range(chance.randint(1, 4)))
    text = f".input {{{chance.choice(['$user.count', '$user.count', '$user.count', '$x'])} :{chance.choice(['number', 'integer', 'number', 'string'])}}}\n"
    if chance.random() < 0.4:
        text += f".local $y = {placeholder(chance)}\n"
    text += ".match $user.count" + (" $event.items" if chance.random() < 0.1 else "") + "\n"
    for key in chance.sample(["one", "0", "1"] if chance.random() < 0.8 else ["one", "few", "other", "|x|", "*"], chance.randint(1, 3)) + ["*"]:
        text += f"{key} {{{{{message_format(chance, 1)}}}}}\n"
    return text


def markdown(chance, depth=0):
    """Markdown blocks with MessageFormat in them."""
    blocks = []
    for _ in range(chance.randint(1, 4)):
        kind = chance.choice([0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 11] if chance.random() < 0.93 else [10, 12, 13])
        text = message_format(chance, 1) if chance.random() < 0.5 else words(chance)
        blocks.append([
            lambda: text, lambda: "# " + text, lambda: "- " + text + "\n- " + words(chance), lambda: "> " + text,
            lambda: f"```\n{text}\n```", lambda: f"| a | {text} |\n|---|---|\n| {words(chance)} | b |", lambda: f"**{text}** *{words(chance)}* ~~x~~ `{words(chance)}`",
            lambda: f"[{text}]({address(chance)} \"{words(chance, 2)}\")", lambda: f"![{words(chance)}]({picture(chance)})",
            lambda: f"[{text}][r]\n\n[r]: {address(chance)} '{words(chance, 2)}'", lambda: chance.choice(HTML) + text,
            lambda: "1. " + text + "\n   - " + words(chance), lambda: f"<{chance.choice(ADDRESSES)}> " + text + hostile(chance),
            lambda: message_format(chance)][kind]())
    return "\n\n".join(blocks) + "\n"


def expression(chance, depth=0):
    """A CEL expression, mostly of the right types."""
    if depth > 3 or chance.random() < 0.3:
        if chance.random() < 0.85:
            return chance.choice(['user.country == "FR"', "user.count > 3", '"gold" in user.tags', "has(user.first_name)", 'app.version >= semver("1.2.0")',
                                  'user.country.matches("^[A-Z]{2}$")', "user.tags.size() < 5", 'user.country.startsWith("F")'])
        return chance.choice(['user.country == "FR"', "user.count > 3", '"gold" in user.tags', "has(user.first_name)", 'app.version >= semver("1.2.0")',
                              "true", "user.count % 0 == 1", 'user.country.matches("^[A-Z]{2}$")', 'event.status == "ready"', "user.nobody", "1 / 0 == 1",
                              'user.country.matches("(a*)*b")', f"user.count < {chance.choice(NUMBERS)}", '"a" + user.country == user.country', "timestamp(\"x\") < now()"])
    left, right = expression(chance, depth + 1), expression(chance, depth + 1)
    if chance.random() < 0.8:
        return chance.choice([f"{left} && {right}", f"({left}) || {right}", f"!({left})", f"user.tags.all(x, {left})", f"user.tags.exists(x, x == 'a') || ({right})"])
    return chance.choice([f"{left} && {right}", f"{left} || {right}", f"!({left})", f"({left}) ? ({right}) : true", f"user.tags.all(x, {left})",
                          f"user.tags.exists(x, x == '{words(chance, 1)}') || {right}", f"[1, 2, 3].map(i, i * user.count).size() > 2 && {left}",
                          f"user.tags.filter(t, {left}).size() == 0", f"'{hostile(chance)}' == user.country", f"{left} {hostile(chance)} {right}",
                          "user.tags.map(a, user.tags.map(b, user.tags.map(c, a + b + c))).size() > 0"])


def mustache(chance, depth=0):
    """A card's template: mostly elements that nest, with sections, sometimes hostile."""
    parts = []
    for _ in range(chance.randint(1, 4)):
        if chance.random() < 0.03:
            parts.append(hostile(chance) if chance.random() < 0.5 else chance.choice([
                '<p title="{{#a}}"{{/a}}>', "</p a=\">", "<p {{title}}=x>", "<{{title}}>", "{{=<% %>=}}", "{{#image}}<p>{{/image}}", "<p class={{title}}>",
                "<textarea>", "<p title='{{{title}}}'>", "{{> partial}}", "<p\x00>", "<p/onclick=x>", "{{#title}}", "{{/title}}", "<p title=\"{{#image}}", "<!-- {{title}} -->"]))
            continue
        inner = mustache(chance, depth + 1) if depth < 4 else "{{title}}"
        element = chance.choice(["div", "p", "span", "ul", "li", "section", "article", "b", "header"])
        attribute = chance.choice(["", ' class="x {{tone}}"', ' title="{{title}}"', ' data-x="{{id}}"', ' class="{{#image}}a{{/image}}{{^image}}b{{/image}}"', " hidden", ' lang="{{language}}"'])
        parts.append(chance.choice([
            f"<{element}{attribute}>{inner}</{element}>", f"{{{{#actions}}}}{inner}{{{{/actions}}}}", f"{{{{^image}}}}{inner}{{{{/image}}}}", "{{title}}", "{{{body}}}",
            '{{#image}}<img src="{{src}}" alt="{{alt}}">{{/image}}', "{{{title}}}", "{{! words }}", words(chance), "<br>"]))
    return "\n".join(parts)


def bomb():
    """A template whose drawing would be large beyond use."""
    return "{{#actions}}" * 16 + "<p>" + "x" * 2_000 + "</p>" + "{{/actions}}" * 16


def style(chance):
    """A style sheet, mostly right."""
    rules = []
    for _ in range(chance.randint(1, 5)):
        if chance.random() < 0.75:
            rules.append(chance.choice([".a { color: red }", "p:first-child > b { content: '}' }", "@media (width > 3px) { .a { --x: { } } }", ".x::before { content: \"\\201C\" }",
                                        "@keyframes k { from { top: 0 } }", "/* } */ .title { width: calc(1px + 2%) }", "[data-x='{'] { margin: 0 }"]))
            continue
        selector = chance.choice([".a", "p", ".title > b", "p:first-child", "*", ":root", ":scope", "[data-x='{']", "html", ":has(p)", ".x::before", "body *"])
        body = chance.choice(["color: red", "background: #fff", "content: '}'", "position: fixed; inset: 0", "background: url(https://evil.example/x)", "--x: { } }",
                              "background: u\\72l(//evil.example)", "background: image-set('https://evil.example/x' 1x)", "width: calc(1px + 2%)", "content: \"\n", "color: red;}"])
        rules.append(chance.choice([f"{selector} {{ {body} }}", f"@media (width > 3px) {{ {selector} {{ {body} }} }}", "@import 'https://evil.example/x.css';",
                                    "@font-face { font-family: x; src: url(//evil.example/f) }", "@charset \"x\";", "/* } */", "} body { display: none } .x {", "@keyframes k { from { top: 0 } }",
                                    "@namespace url(x);", hostile(chance), f"{selector} {{ {body} ", "<!-- p { color: red } -->", "@layer a; @layer a { p { top: 0 } }"]))
    return "\n".join(rules)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=1, height=1):
    rows = b"".join(b"\x00" + b"\x00\x00\x00\xff" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def image(chance):
    """Bytes of an image, or of what only looks like one, and whether a client may get it."""
    good = png(chance.randint(1, 3), chance.randint(1, 3))
    return chance.choice([
        good, good, good, good + b"<script>alert(1)</script>", good[:-3], b"RIFF=1/*WEBPVP8 */;document.documentElement.dataset.pwned=1", b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"\xff\xd8\xff/*", b"", b"%PDF-1.4", good.replace(b"IDAT", b"tEXt"),
        good[:16] + b"\xff\xff\xff\xff" + good[20:], chance.randbytes(chance.randint(0, 200))])


def file_name(chance):
    return chance.choice(["a.md", "b+urgent.md", "b.fr.md", "c d.md", "-x.md", "é.md", "e\u0301.md", "::error::x.md", "a\nb.md", "a\x1b[2Jb.md", "\u202exm.md", "\udcff.md", "A.MD",
                          "con.md", "x.y.z.md", "%2e.md", "'\".md", "<b>.md", "a.fr-CA.md", "a.zz.md", "_defaults.yaml", "x.png", "x.svg", "x.PNG", "n" * 200 + ".md"])


def damaged(chance, text):
    """The text with a few pieces cut, doubled, moved or replaced."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.randint(0, 200 if chance.random() < 0.2 else 8))
        text = chance.choice([lambda: text[:start] + text[end:], lambda: text[:start] + hostile(chance) + text[end:], lambda: text[:start] + text[start:end] * 2 + text[end:],
                              lambda: text[:start] + hostile(chance) + text[start:], lambda: text[:start]])()
    return text
