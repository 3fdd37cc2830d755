"""Whole projects for the fuzzer: mostly sound, with a few parts hostile, and an outside that nothing may touch."""
import os
import pathlib
import socket

import fuzz_texts as texts

SECRET = "hunter2-not-to-be-read"

PROJECT = """source: en
locales: {fr: optional, ar: optional, pt-BR: optional}
context:
  user:
    country: {type: string, values: [FR, DE, US]}
    first_name: {type: string, optional: true, examples: [Zoë]}
    count: {type: int, default: 0}
    tags: {type: list(string), default: []}
  app:
    version: {type: version}
events:
  session_start: {}
  order:
    order_id: {type: string, examples: [A-1]}
    items: {type: int, examples: [2]}
    status: {type: string, values: [placed, ready]}
    when: {type: timestamp, examples: ["2026-12-02T06:00:00Z"]}
groups:
  promotions: {frequency: [1 per 1d]}
links: {schemes: [https, starling], hosts: ["*.example.com"]}
"""

TEMPLATE = """description: A card
surface: card
dismiss: [button]
fields:
  title: {type: text, required: true, max: 60}
  body: {type: markdown}
  image: {type: image}
  tone: {type: enum, values: [info, warning], default: info}
  more: {type: url}
actions: {min: 0, max: 2}
markup: [strong, em]
"""

SCENARIO = """description: Somebody
unit: u-1
locale: fr
now: 2026-12-02T09:00:00+01:00
timezone: Europe/Paris
context:
  user: {country: FR, tags: [gold]}
  app: {version: 3.4.0}
event: {name: order, order_id: A-1, items: 2, status: ready, when: 2026-12-02T06:00:00Z}
expect:
  shows: %s
"""

CARD = '<div class="card"><p class="title">{{title}}</p>{{{body}}}{{#actions}}<span class="action">{{label}}</span>{{/actions}}</div>\n'


def scalar(text):
    """A YAML scalar in double quotes; what cannot stand there as it is gets an escape, a byte that is no UTF-8 stays."""
    def escape(character):
        code = ord(character)
        if character in '"\\':
            return "\\" + character
        if code < 0x20 or 0x7F <= code < 0xA0:
            return f"\\x{code:02x}"
        return character
    return '"' + "".join(map(escape, text)) + '"'


def bytes_of(text):
    return text.encode("utf-8", "surrogateescape")


class Project:
    """Writes a project below `folder`: `project/`, and beside it `outside/`, which has what must stay as it is."""

    def __init__(self, chance, folder):
        self.chance = chance
        self.folder = pathlib.Path(folder)
        self.root = self.folder / "project"
        self.outside = self.folder / "outside"
        self.kinds = set(chance.sample(["texts", "expressions", "templates", "styles", "images", "links", "names", "damage", "output", "yaml"], chance.randint(1, 3)))
        self.messages = []

    def is_hostile(self, kind, share=0.7):
        return kind in self.kinds and self.chance.random() < share

    def write(self, path, content):
        place = os.path.join(bytes_of(str(self.root)), bytes_of(path))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(content if isinstance(content, bytes) else bytes_of(content))

    def make(self):
        self.make_outside()
        self.write("placard.yaml", texts.damaged(self.chance, PROJECT) if self.is_hostile("yaml", 0.3) else PROJECT)
        for name in ("card", "note"):
            self.make_template(name)
        for index in range(self.chance.randint(1, 4)):
            self.make_message(f"m{index}")
        for index in range(self.chance.randint(0, 2)):
            scenario = SCENARIO % self.chance.choice(self.messages)
            self.write(f"scenarios/s{index}.yaml", texts.damaged(self.chance, scenario) if self.is_hostile("yaml") else scenario)
        if "names" in self.kinds:
            for _ in range(self.chance.randint(1, 3)):
                self.write("content/" + self.chance.choice(["", "x/", "a\nb/", "::error::/"]) + texts.file_name(self.chance), self.message())
        if "links" in self.kinds:
            for _ in range(self.chance.randint(1, 4)):
                self.make_link(self.chance.choice(["content/", "content/sub/", "templates/card/", "scenarios/", "templates/", ""]))
        if "output" in self.kinds:
            self.make_output()

    def make_outside(self):
        self.outside.mkdir(parents=True)
        (self.outside / "targets").mkdir()
        for name in ("secret.md", "style.css", "manifest.json", "targets/a.json", ".placard-output", "index.html"):
            (self.outside / name).write_text(f"---\ntemplate: card\ntitle: {SECRET}\n---\n{SECRET}\n")
        (self.outside / "secret.png").write_bytes(texts.png(2, 2) + SECRET.encode())
        (self.outside / "loop").symlink_to(self.folder)

    def make_template(self, name):
        chance = self.chance
        self.write(f"templates/{name}/template.yaml", texts.damaged(chance, TEMPLATE) if self.is_hostile("yaml", 0.2) else TEMPLATE)
        card = CARD
        if self.is_hostile("templates"):
            card = texts.bomb() if chance.random() < 0.03 else texts.mustache(chance)
            card = texts.damaged(chance, card) if chance.random() < 0.3 else card
        self.write(f"templates/{name}/preview.mustache", card)
        self.write(f"templates/{name}/style.css", texts.style(chance) if self.is_hostile("styles") else ".title { font-weight: 600 }\n")

    def text(self):
        return texts.message_format(self.chance, 1) if self.is_hostile("texts") else self.chance.choice(["Ready", "Hello {$user.first_name}", "An order", "Two"])

    def front_matter(self, parts):
        chance = self.chance
        lines = [f"template: {chance.choice(['card', 'card', 'note'])}", f"title: {scalar(self.text())}", "trigger: {event: order}", "variables: {user.first_name: {fallback: you}}"]
        if self.is_hostile("expressions"):
            lines.append(f"audience: {scalar(texts.expression(chance))}")
        if "image" in parts:
            source = texts.picture(chance) if self.is_hostile("images", 0.4) else "a.png"
            lines.append(f"image: {{src: {scalar(source)}, alt: {scalar(self.text())}}}")
        if "actions" in parts:
            address = texts.address(chance) if self.is_hostile("texts") else "https://www.example.com/{$event.order_id}"
            lines.append(f"actions: [{{id: go, label: {scalar(self.text())}, url: {scalar(address)}}}, {{id: no, label: No, dismiss: true}}]")
        if "push" in parts:
            lines.append(f"push: {{title: {scalar(self.text())}, body: {scalar(self.text())}, fallback: {{title: Order, body: Ready}}}}")
        if chance.random() < 0.3:
            lines.append(chance.choice(["frequency: [1 per session]", "group: promotions", "rollout: 25%", "schedule: {start: 2026-12-01 09:00, timezone: Europe/Paris}", "priority: 60", "thread: 'o/{$event.order_id}'"]))
        return "\n".join(lines) + "\n"

    def translated(self, parts):
        lines = [f"title: {scalar(self.text())}", "variables: {user.first_name: {fallback: vous}}"]
        if "image" in parts:
            lines.append(f"image: {{alt: {scalar(self.text())}}}")
        if "actions" in parts:
            lines.append(f"actions: [{{id: go, label: {scalar(self.text())}}}, {{id: no, label: Non}}]")
        if "push" in parts:
            lines.append(f"push: {{title: {scalar(self.text())}, body: {scalar(self.text())}, fallback: {{title: Commande, body: Voilà}}}}")
        return "\n".join(lines) + "\n"

    def file(self, front_matter, body):
        text = f"---\n{front_matter}---\n{texts.markdown(self.chance) if self.is_hostile('texts') else body}"
        return texts.damaged(self.chance, text) if self.is_hostile("damage", 0.4) else text

    def message(self, parts=()):
        return self.file(self.front_matter(parts), "Pick it up at the **counter**.\n\n- one\n- two\n")

    def make_message(self, name):
        folder = self.chance.choice(["content/", "content/sub/"])
        parts = {part for part, share in (("image", 0.5), ("actions", 0.5), ("push", 0.2)) if self.chance.random() < share}
        self.messages.append(name)
        self.write(f"{folder}{name}.md", self.message(parts))
        self.write(f"{folder}a.png", texts.image(self.chance) if self.is_hostile("images", 0.4) else texts.png())
        if self.is_hostile("images", 0.2):
            self.write(f"{folder}a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
        if self.chance.random() < 0.6:
            self.write(f"{folder}{name}.fr.md", self.file(self.translated(parts), "Au **comptoir**.\n\n- un\n- deux\n"))

    def make_link(self, folder):
        """A link, a pipe, a socket or a hard link where a file or a folder is looked for."""
        chance, root = self.chance, self.root
        name = chance.choice(["l.md", "m0.md", "a.png", "style.css", "preview.mustache", "template.yaml", "s9.yaml", "sub", "deep", "card", "placard.yaml", "translations.lock", "_defaults.yaml"])
        place = root / folder / name
        if os.path.lexists(place):
            if place.is_dir() and not place.is_symlink():
                return
            place.unlink()
        # A link that stands for a folder on the way.
        if os.path.lexists(place.parent) and not place.parent.is_dir():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        kind = chance.randrange(10)
        if kind == 0:
            os.mkfifo(place)
        elif kind == 1:
            self.make_socket(place)
        elif kind == 2:
            os.link(root / "placard.yaml", place) if (root / "placard.yaml").is_file() else None
        else:
            target = chance.choice([self.outside, self.outside / "secret.md", self.outside / "secret.png", self.outside / "style.css", root, root / "content", place, "/proc", "/proc/self/environ",
                                    "/proc/kmsg", "/dev/zero", "/dev/tty", "/", "..", "nothing", root / "content/a.png", "/sys", root / "templates/card", "../" * 20 + "etc/passwd"])
            place.symlink_to(target)

    def make_socket(self, place):
        here = os.getcwd()
        try:
            os.chdir(place.parent)
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(place.name)
        except OSError:
            pass
        finally:
            os.chdir(here)

    def make_output(self):
        """An output folder that a repository brings along."""
        chance, build = self.chance, self.root / "build"
        if chance.random() < 0.1:
            build.symlink_to(self.outside)
            return
        build.mkdir(exist_ok=True)
        if chance.random() < 0.7:
            (build / ".placard-output").write_text("placard writes this folder and replaces what is in it.\n")
        for _ in range(chance.randint(1, 3)):
            place = build / chance.choice(["bundle", "preview", "push", "bundle/targets", "bundle/manifest.json", "preview/m", "preview/index.html", ".placard-lock", ".placard-staging-1", "mine.txt", "bundle/targets/a.json"])
            if os.path.lexists(place) or any(parent.is_symlink() or parent.exists() and not parent.is_dir() for parent in place.parents):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            kind = chance.randrange(5)
            if kind == 0:
                os.mkfifo(place)
            elif kind == 1:
                place.write_text("mine")
            elif kind == 2:
                os.link(self.outside / "manifest.json", place)
            else:
                place.symlink_to(chance.choice([self.outside, self.outside / "manifest.json", self.outside / "targets", "/dev/null", "nothing", build, self.root / "content"]))
