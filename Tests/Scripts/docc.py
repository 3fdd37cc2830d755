#!/usr/bin/env python3
"""docc.py [FOLDER]: the documentation of PlacardClient, articles and tutorial and every public declaration, converts without a warning.

It reads the modules of the debug build. With FOLDER, what is converted stays there: `docc preview` and any web server show it.
"""
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
catalog = root / "Sources/PlacardClient/PlacardClient.docc"
# An app meets their types, so that their pages are in the documentation, too.
MODULES = ["PlacardClient", "PlacardEngine"]
docc = shutil.which("docc") or shutil.which("xcrun")
if docc is None:
    print("docc: skipped, there is no docc")
    sys.exit(0)
docc = [docc] if docc.endswith("docc") else [docc, "docc"]

with tempfile.TemporaryDirectory() as name:
    graphs, output = pathlib.Path(name) / "graphs", pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else f"{name}/output")
    graphs.mkdir()
    target = re.search(r'"triple"\s*:\s*"([^"]+)"', subprocess.run(
        ["swiftc", "-print-target-info"], check=True, capture_output=True, text=True).stdout).group(1)
    folders = [root / ".build/debug/Modules"] + [root / f"Sources/{module}" for module in ("CLibCrypto",)]
    for module in MODULES:
        subprocess.run(["swift-symbolgraph-extract", "-module-name", module, "-target", target, "-output-dir", str(graphs), "-minimum-access-level",
                        "public", "-skip-inherited-docs", *[part for folder in folders for part in ("-I", str(folder))]], check=True)
    result = subprocess.run([*docc, "convert", str(catalog), "--additional-symbol-graph-dir", str(graphs), "--output-path", str(output),
                             "--fallback-bundle-identifier", "placard.client", "--warnings-as-errors"], capture_output=True, text=True)
    words = result.stdout + result.stderr
    pages = len(list((output / "data").rglob("*.json"))) if (output / "data").exists() else 0
    tutorials = list((output / "data/tutorials").rglob("*.json"))

found = len(re.findall(r"^(?:warning|error): ", words, re.M))
if result.returncode != 0 or found or pages < 50 or not tutorials:
    print(words[:6000])
    sys.exit(f"docc: FAILED, {found} complaints, {pages} pages, {len(tutorials)} of tutorials")
print(f"docc: ok, {pages} pages, {len(tutorials)} of them of the tutorial, no warning")
