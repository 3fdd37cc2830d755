"""What authors could put into templates, style sheets, texts and images to have a preview load something or run it.

Each is refused, but for what is harmless: that is built, and its pages are opened without their policy and poked at: they ask for nothing, and
nothing runs. Each is also opened by itself, as a page of its own, to see that the list is one of things that a browser does act on.
"""
import json
import shutil
import struct
import subprocess
import zlib

EVIL = "https://evil.example/"
# Every way in which a style sheet names something else; `a` is drawn by all templates, and `data-b` is an address there.
LOADING = [f".a {{ {declaration} }}" for declaration in [
    f"background: url({EVIL}x)", f'background-image: url("{EVIL}x")', f"background: u\\72l({EVIL}x)", f"background: \\75rl({EVIL}x)",
    f"background: \\000055RL({EVIL}x)", f"background: URL( '{EVIL}x' )", f"background: image-set('{EVIL}x' 1x)",
    f"background: -webkit-image-set(url({EVIL}x) 1x)", f"background: image-set('{EVIL}x' type('image/png'))", f"background: src('{EVIL}x')",
    f"background: -webkit-cross-fade(url({EVIL}x), url({EVIL}y), 50%)", f"background: cross-fade(url({EVIL}x) 50%, red)", f"background: image('{EVIL}x')",
    f"cursor: url({EVIL}x), auto", f"list-style-image: url({EVIL}x); display: list-item", f"border-image: url({EVIL}x) 1; border: 1px solid",
    f"mask: url({EVIL}x)", f"-webkit-mask-box-image: url({EVIL}x)", f"-webkit-mask-image: url({EVIL}x)", f"mask-border: url({EVIL}x) 1",
    f"shape-outside: url({EVIL}x); float: left", f"filter: url({EVIL}x#f)", f"backdrop-filter: url({EVIL}x#f)", f"clip-path: url({EVIL}x#c)",
    f"offset-path: url({EVIL}x#p)", f"-webkit-box-reflect: below 0 url({EVIL}x)", f"content: url({EVIL}x)", f"content: url({EVIL}x) / 'words'",
    f"--x: url({EVIL}x); background: var(--x)", f"--x: u\\72l({EVIL}x); --y: var(--x); cursor: var(--y), auto", f"background: var(--none, url({EVIL}x))",
    "background: attr(data-b type(<url>))", "background: attr(data-b url)", f"background: if(else: url({EVIL}x))", f"background: url({EVIL}x) !important",
    f"background: red url({EVIL}x", f"background: url({EVIL}x\\)", f"& {{ background: url({EVIL}x) }}", f"p {{ & & {{ }} .a & {{ background: url({EVIL}x) }} }}",
    f"background: paint(x, url({EVIL}x))", f"background: -moz-element(#x), url({EVIL}x)", f"behavior: url({EVIL}x)", f"-moz-binding: url({EVIL}x#x)",
    "width: expression(console.log(1))", "background: url(data:image/svg+xml,%3Csvg/onload=console.log(1)%3E)", "background: url(javascript:console.log(1))",
]] + [
    f".a::before {{ content: url({EVIL}x) }}", f".a::after {{ content: ''; background: url({EVIL}x) }}", f".a::first-letter {{ background: url({EVIL}x) }}",
    f"li.a::marker {{ content: url({EVIL}x) }} .a {{ display: list-item }}", f"@import '{EVIL}x.css';", f"@import url({EVIL}x.css) layer(x) supports(color: red) screen;",
    f"@\\69mport '{EVIL}x.css';", f"@IMPORT\\20 '{EVIL}x.css';", f"@charset 'utf-8'; @import '{EVIL}x.css';", f"@layer x; @import '{EVIL}x.css';",
    f"@font-face {{ font-family: x; src: url({EVIL}x.woff2) }} .a {{ font-family: x }}", f"@font-face {{ font-family: x; src: local(y), url({EVIL}x) format('woff2') }} .a {{ font: 1em x }}",
    f"@layer x {{ .a {{ background: url({EVIL}x) }} }}", f"@supports (display: grid) {{ .a {{ background: url({EVIL}x) }} }}",
    f"@supports not (--x: url({EVIL}x)) {{ }} @supports (background: url({EVIL}x)) {{ .a {{ background: url({EVIL}x) }} }}",
    f"@container (width > 0px) {{ .a {{ background: url({EVIL}x) }} }} body {{ container-type: inline-size }}", f"@media all {{ .a {{ background: url({EVIL}x) }} }}",
    f"@starting-style {{ .a {{ background: url({EVIL}x) }} }}", f"@scope (body) {{ .a {{ background: url({EVIL}x) }} }}",
    f"@keyframes k {{ from, to {{ background: url({EVIL}x) }} }} .a {{ animation: k 1s infinite }}",
    f"@property --x {{ syntax: '<url>'; inherits: true; initial-value: url({EVIL}x) }} .a {{ background: var(--x) }}",
    f"@counter-style k {{ system: cyclic; symbols: url({EVIL}x) }} .a {{ list-style: k; display: list-item }}",
    f"@namespace '{EVIL}x';", f"@page {{ background: url({EVIL}x) }}", f"@document url({EVIL}) {{ .a {{ color: red }} }}", f"@font-palette-values --x {{ font-family: url({EVIL}x) }}",
    f"}} html {{ background: url({EVIL}x) }} .b {{", f"/* */ .a {{ /* }} */ background: url({EVIL}x) /* */ }}", f"<!-- .a {{ background: url({EVIL}x) }} -->",
]

JAVASCRIPT = "javascript:console.log(1)"
ADDRESSED = ["action", "archive", "background", "cite", "classid", "code", "codebase", "data", "dynsrc", "formaction", "href", "icon", "longdesc", "lowsrc",
             "manifest", "ping", "poster", "profile", "src", "srcdoc", "srcset", "usemap", "xlink:href", "xml:base", "style", "is", "slot", "id", "name",
             "onclick", "onmouseover", "onbegin", "autofocus onfocus", "tabindex"]
ACTIVE = [
    "<script>console.log(1)</script>", f'<script src="{EVIL}x.js"></script>', f'<meta http-equiv="refresh" content="0;url={EVIL}">',
    f'<meta http-equiv="Content-Security-Policy" content="default-src *"><img src="{EVIL}x">', f'<base href="{EVIL}"><img src="x.png">',
    f'<link rel="stylesheet" href="{EVIL}x.css">', f'<link rel="prefetch" href="{EVIL}x">', f'<link rel="preload" as="image" href="{EVIL}x">', f'<link rel="icon" href="{EVIL}x">',
    f'<svg><use href="{EVIL}x.svg#x"/></svg>', f'<svg><image href="{EVIL}x.png" width="9" height="9"/></svg>', f'<svg><image xlink:href="{EVIL}x.png"/></svg>',
    f'<svg><foreignObject><img src="{EVIL}x"></foreignObject></svg>', '<svg><script>console.log(1)</script></svg>', '<svg onload="console.log(1)"></svg>',
    '<svg><animate onbegin="console.log(1)" attributeName="x" dur="1s"/></svg>', f'<svg><a><animate attributeName="href" values="{JAVASCRIPT}"/><text y="9">x</text></a></svg>',
    f'<svg><image width="9" height="9"><set attributeName="href" to="{EVIL}x.png"/></image></svg>', f'<svg><feImage href="{EVIL}x"/></svg>',
    f'<form action="{EVIL}"><input name="x"><button formaction="{JAVASCRIPT}">x</button></form>', f'<button form="f" formaction="{JAVASCRIPT}">x</button>',
    f'<input type="image" src="{EVIL}x" alt="x">', '<iframe srcdoc="<script>parent.console.log(1)</script>"></iframe>', f'<iframe src="{EVIL}"></iframe>', f'<frameset><frame src="{EVIL}"></frameset>',
    f'<object data="{EVIL}x"></object>', f'<embed src="{EVIL}x">', f'<portal src="{EVIL}"></portal>', f'<applet code="x" codebase="{EVIL}"></applet>',
    f'<a href="{EVIL}" ping="{EVIL}">x</a>', f'<a href="{JAVASCRIPT}">x</a>', f'<map name="m"><area href="{JAVASCRIPT}" alt="x"></map>',
    f'<img src="{EVIL}x">', f'<img srcset="{EVIL}x 1x">', f'<img src="{{{{image.src}}}}" srcset="{EVIL}x 2x">', '<img src="x" onerror="console.log(1)">', f'<img src="{{{{more}}}}{EVIL}">',
    f'<picture><source srcset="{EVIL}x"><img alt=""></picture>', f'<video src="{EVIL}x" poster="{EVIL}y"></video>', f'<audio src="{EVIL}x" autoplay></audio>',
    f'<video><track src="{EVIL}x" default></video>', f'<body background="{EVIL}x">', f'<table background="{EVIL}x"><tr><td>x</td></tr></table>',
    f'<style>@import "{EVIL}x.css"</style>', f'<p style="background: url({EVIL}x)">x</p>', '<details open ontoggle="console.log(1)"></details>', '<input autofocus onfocus="console.log(1)">',
    '<p onmouseover="console.log(1)">x</p>', '<p\nonmouseover\n=\n"console.log(1)">x</p>', '<p/onmouseover="console.log(1)">x</p>', "<p {{#title}}onmouseover{{/title}}='console.log(1)'>x</p>",
    '<p {{#title}}title="{{/title}} onmouseover="console.log(1)">x</p>', "<template><img src=x onerror=console.log(1)></template>", "<noscript><img src=x onerror=console.log(1)></noscript>",
    "<math><mtext><img src=x onerror=console.log(1)></mtext></math>", "<xmp><p title='</xmp><img src=x onerror=console.log(1)>'></xmp>", f"<!--><img src='{EVIL}x'>-->",
    "<![CDATA[<img src=x onerror=console.log(1)>]]>", "<?xml-stylesheet href='x'?>", "<textarea><img title='</textarea><img src=x onerror=console.log(1)>'></textarea>", "<dialog open>x</dialog>",
    "<marquee onstart=console.log(1)>x</marquee>", "<script-x><img src=x onerror=console.log(1)></script-x>", "<p></p a='><img src=x onerror=console.log(1)>'>", "</section></main><script>console.log(1)</script>",
] + [f'<{element} {attribute}="{value}">x</{element}>' for attribute in ADDRESSED for element, value in (("p", JAVASCRIPT), ("span", "data:text/html,<script>console.log(1)</script>"))]
# What may stand in a template, whatever it says.
HARMLESS = [
    f'<p title="{JAVASCRIPT}">x</p>', f'<p data-url="{EVIL}x" aria-label="{JAVASCRIPT}">x</p>', f'<p class="url({EVIL}x)" lang="en">x</p>',
]

# The same in texts, where Markdown brings HTML of its own.
WRITTEN = ["<script>console.log(1)</script>", f"![x]({EVIL}x.png)", f"[x]({JAVASCRIPT})", f"[x](data:text/html,<script>console.log(1)</script>)", "<img src=x onerror=console.log(1)>",
           f'<a href="{JAVASCRIPT}">x</a>', f"<{JAVASCRIPT}>", f"[x]: {JAVASCRIPT}\n\n[x]", f'<p style="background: url({EVIL}x)">', f"![x][y]\n\n[y]: {EVIL}x.png",
           f'<svg><use href="{EVIL}x"/></svg>', "<iframe srcdoc='<script>parent.console.log(1)</script>'></iframe>", "<!-- --><script>console.log(1)</script>",
           "[x](java&#x73;cript:console.log(1))", f"[x](  {JAVASCRIPT} 'y')"]
# What is shown as it is written.
QUOTED = [f"```html\n<img src='{EVIL}x'>\n```", "`<script>console.log(1)</script>`", "&lt;script&gt;console.log(1)&lt;/script&gt;", "[x](java\\\nscript:console.log(1))"]


def png(width, height, rows=None, extra=b"", behind=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) + extra
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + b"\xff\0\0\xff" * 1 for _ in range(rows or 1)))) + chunk(b"IEND", b"") + behind)


SVG = f"""<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "{EVIL}x">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="console.log(1)" width="9" height="9"><script>console.log(1)</script>
<image xlink:href="{EVIL}x.png" width="9" height="9"/><style>@import "{EVIL}x.css";</style><text>&b;&x;</text></svg>
""".encode()
# Name, bytes, and whether it must be refused.
IMAGES = [
    ("right.png", png(1, 1), False), ("drawing.svg", SVG, True), ("drawing.png", SVG, True), ("drawing.webp", SVG, True), ("page.png", b"<!doctype html><script>console.log(1)</script>", True),
    ("other.jpg", png(1, 1), True), ("other.gif", png(1, 1), True), ("huge.png", png(100_000, 100_000), True), ("none.png", png(0, 1), True),
    ("page-behind.png", png(1, 1, behind=b"<script>console.log(1)</script>"), True), ("cut.png", png(1, 1)[:-8], True), ("empty.png", b"", True),
    ("script.gif", b"GIF89a=1;console.log(1)//", True), ("script.webp", b"RIFF=1/*WEBPVP8 */;document.title=1;", True), ("link.png", EVIL.encode(), True),
]

PROJECT = 'source: en\nlocales: {}\nevents: {opened: {}}\nlinks: {schemes: [https], hosts: ["*.example.com"]}\nformats: [html, text, mdast]\n'
TEMPLATE = "description: x\nsurface: card\ndismiss: [button]\nfields:\n  title: {type: text, required: true}\n  body: {type: markdown}\n  image: {type: image}\n  more: {type: url}\n"
DRAWN = f'<article class="a" data-b="{EVIL}x"><p class="a" data-b="{EVIL}x">{{{{title}}}}</p>{{{{{{body}}}}}}{{{{#image}}}}<img src="{{{{src}}}}" alt="{{{{alt}}}}">{{{{/image}}}}</article>'


def write(project):
    """A project with a message for each piece; what each file is called, and the piece as a page of its own."""
    (project / "content").mkdir(parents=True)
    (project / "placard.yaml").write_text(PROJECT, encoding="utf-8")
    pieces = {}

    def add(name, raw, markup=DRAWN, style="", body="", image=None):
        template = project / "templates" / name
        template.mkdir(parents=True)
        (template / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
        (template / "preview.mustache").write_text(markup, encoding="utf-8")
        (template / "style.css").write_text(style, encoding="utf-8")
        more = ""
        if image:
            (project / "content" / image[0]).write_bytes(image[1])
            more = f"image: {{src: {image[0]}, alt: A cup}}\n"
        (project / f"content/{name}.md").write_text(f"---\ntemplate: {name}\ntitle: Hello\n{more}trigger: {{event: opened}}\n---\n{body}\n", encoding="utf-8")
        pieces[name] = raw

    page = '<!doctype html><meta charset="utf-8"><title>x</title>'
    card = f'<article class="a" data-b="{EVIL}x"><p class="a" data-b="{EVIL}x">Hello</p><ul><li class="a">x</li></ul></article>'
    for number, style in enumerate(LOADING):
        add(f"style-{number}", (page + '<link rel="stylesheet" href="piece.css">' + card, style), style=style)
    for kind, pieces_of_kind in (("markup", ACTIVE), ("harmless", HARMLESS)):
        for number, markup in enumerate(pieces_of_kind):
            add(f"{kind}-{number}", (page + "<body>" + markup, ""), markup=f'<section class="a">{{{{title}}}}{markup}</section>')
    for kind, pieces_of_kind in (("text", WRITTEN), ("quoted", QUOTED)):
        for number, text in enumerate(pieces_of_kind):
            add(f"{kind}-{number}", (page + "<body>" + text, ""), body=text)
    for name, data, _ in IMAGES:
        add("image-" + name.replace(".", "-"), None, image=(name, data))
    return pieces


def check_hostile_templates(browser, folder, tool, poke, problem):
    """Gives how many pieces are live, and how many are refused."""
    project, output = folder / "pieces", folder / "pieces-built"
    pieces = write(project)
    found = subprocess.run([tool, "check", "--project", str(project), "--format", "json"], capture_output=True, text=True).stdout
    refused = set()
    for diagnostic in json.loads(found)["diagnostics"]:
        if diagnostic["severity"] == "error":
            parts = diagnostic["location"]["file"].split("/")
            refused.add(parts[1].split(".")[0] if parts[0] == "content" else parts[1])

    def doings(page):
        try:
            seen = browser.open(page.as_uri(), bypass_policy=True, pause=0.05)
            browser.evaluate(poke)
            seen += browser.doings(page.as_uri())
        except SystemExit as end:
            # A page that is left while it is asked does not answer.
            seen = [f"the page is left: {end}"]
            browser.open("about:blank")
        # What the browser says about a piece is nothing that this one does.
        return [doing for doing in seen if "evil.example" in doing or not doing.startswith(("security:", "network:", "rendering:"))]

    live = 0
    raw = folder / "raw" / "piece.html"
    raw.parent.mkdir()
    for name, piece in pieces.items():
        if piece is not None:
            raw.write_text(piece[0], encoding="utf-8")
            raw.with_suffix(".css").write_text(piece[1], encoding="utf-8")
            live += bool(doings(raw))
    harmless = {name for name in pieces if name.startswith(("harmless-", "quoted-"))}
    harmless |= {"image-" + name.replace(".", "-") for name, _, is_refused in IMAGES if not is_refused}
    for name in set(pieces) - refused - harmless:
        problem(name, f"is not refused: {(pieces[name] or ['an image'])[0][-200:]!r}")
    for name in refused & harmless:
        problem(name, f"is refused: {(pieces[name] or ['an image'])[0][-200:]!r}")
    for name in refused:
        shutil.rmtree(project / "templates" / name)
        (project / f"content/{name}.md").unlink()
    for name, _, is_refused in IMAGES:
        if is_refused:
            (project / "content" / name).unlink(missing_ok=True)
    built = subprocess.run([tool, "build", "--project", str(project), "--output", str(output)], capture_output=True, text=True)
    if built.returncode:
        problem("pieces", f"what is not refused is not built: {built.stderr[:1000]}")
        return live, len(refused)
    for page in sorted((output / "preview").rglob("*.html")):
        for doing in browser.open(page.as_uri(), bypass_policy=True):
            problem(page.name, doing)
        browser.evaluate(poke)
        for doing in browser.doings(page.as_uri()):
            problem(page.name, "after being touched, " + doing)
    if live < 60 or len(refused) < live:
        problem("pieces", f"of {len(pieces)} pieces {live} are live and {len(refused)} are refused")
    return live, len(refused)
