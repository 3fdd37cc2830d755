"""The projects that benchmarks compile: `make_corpus.py`'s messages with templates, written once below .build/bench.

The generator lies in the folder that PLACARD_BENCH names (by default ../shared/bench beside the repository).
"""
import os
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
generator = pathlib.Path(os.environ.get("PLACARD_BENCH", root / "../shared/bench")) / "make_corpus.py"
placard = os.path.abspath(os.environ.get("PLACARD_BIN", root / ".build/release/placard"))

TEMPLATE = """\
description: A {name} of the benchmark
surface: {name}
blocking: false
dismiss: [button, action]
fields:
  title: {{type: text, required: true}}
  body: {{type: markdown, required: true}}
  image: {{type: image}}
actions: {{min: 0, max: 2}}
markup: [strong, em]
"""


def make_corpus(messages, locales):
    """The folder with a project of so many messages and locales, which is a Hugo site, too."""
    corpus = root / ".build/bench" / f"{messages}x{locales}"
    if (corpus / "done").exists():
        return corpus
    if not generator.exists():
        sys.exit(f"bench: no {generator}; set PLACARD_BENCH to the folder with make_corpus.py")
    shutil.rmtree(corpus, ignore_errors=True)
    subprocess.run([sys.executable, str(generator), "--messages", str(messages), "--locales", str(locales),
                    "--out", str(corpus), "--hugo"], check=True, stdout=subprocess.DEVNULL)
    for name in ("banner", "modal", "card", "fullscreen", "toast"):
        folder = corpus / "templates" / name
        folder.mkdir(parents=True)
        (folder / "template.yaml").write_text(TEMPLATE.format(name=name))
        for part in ("preview.mustache", "style.css"):
            shutil.copy(root / "templates" / name / part, folder / part)
    # Its translations are random words with links and placeholders of their own.
    with open(corpus / "placard.yaml", "a", encoding="utf-8") as file:
        names = ("unknown-placeholder", "dropped-placeholder", "different-link", "dropped-link", "different-number",
                 "punctuation")
        file.write("lint: {%s}\n" % ", ".join(f"translation/{name}: allow" for name in names))
    (corpus / "done").touch()
    return corpus
