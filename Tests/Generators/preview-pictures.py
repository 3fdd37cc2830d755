#!/usr/bin/env python3
"""Takes the pictures of the preview that the documents show, of the demo in build/, with Chromium.

    make demo && Tests/Generators/preview-pictures.py

Not part of `make generate`: pictures differ with the fonts of a machine.
"""
import base64
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Scripts"))
from chromium import Chromium  # noqa: E402

# Page with its fragment, width and height of the window, file.
PICTURES = [("m/seasonal-drink.html#l=de", 1400, 940, "Documentation/preview.png")]


def main():
    preview = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/preview"
    with Chromium() as browser:
        for page, width, height, file in PICTURES:
            browser.call(
                "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
            path, _, fragment = page.partition("#")
            browser.open((preview / path).as_uri() + "#" + fragment, pause=0.3)
            picture = browser.call("Page.captureScreenshot", format="png")["data"]
            (ROOT / file).write_bytes(base64.b64decode(picture))
            print(file)


main()
