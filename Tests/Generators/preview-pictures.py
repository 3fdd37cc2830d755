#!/usr/bin/env python3
"""Takes the pictures of the preview that the documents show, of the demo and of a pull request to it, with Chromium.

    make pictures

Not part of `make generate`: pictures differ with the fonts of a machine. They are WebP, and together below 200 kB.
"""
import base64
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Scripts"))
from chromium import Chromium  # noqa: E402
from review_walk import changed_copy  # noqa: E402

PLACARD = os.path.abspath(os.environ.get("PLACARD_BIN", ROOT / ".build/release/placard"))

# Preview, page with its fragment, width and height of the window, file.
PICTURES = [
    ("demo", "m/seasonal-drink.html#l=de", 1400, 940, "Documentation/preview.webp"),
    ("changed", "changes.html#about=audience", 1400, 1060, "Documentation/changes.webp"),
]
LIMIT = 200_000


def build(project, output, *arguments):
    subprocess.run([PLACARD, "build", "--project", project, "--output", output, *arguments], check=True, capture_output=True)


def main():
    with tempfile.TemporaryDirectory() as scratch, Chromium() as browser:
        folder = pathlib.Path(scratch)
        build(ROOT, folder / "demo")
        project = changed_copy(folder)
        subprocess.run([PLACARD, "check", "--project", project, "--fix"], check=True, capture_output=True)
        # In the folder of the demo, so that the page names what it is compared with by a word.
        (folder / "main").symlink_to(ROOT)
        subprocess.run([PLACARD, "build", "--project", project, "--output", folder / "changed", "--base", "main"],
                       check=True, capture_output=True, cwd=folder)
        for preview, page, width, height, file in PICTURES:
            browser.look(width, "light")
            browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
            path, _, fragment = page.partition("#")
            browser.open((folder / preview / "preview" / path).as_uri() + "#" + fragment, pause=0.4)
            picture = browser.call("Page.captureScreenshot", format="webp", quality=72)["data"]
            (ROOT / file).write_bytes(base64.b64decode(picture))
            print(f"{file}: {(ROOT / file).stat().st_size} bytes")
    total = sum((ROOT / file).stat().st_size for *_, file in PICTURES)
    if total > LIMIT:
        sys.exit(f"pictures: FAILED, {total} bytes are more than {LIMIT}")


main()
