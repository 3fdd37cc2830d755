#!/usr/bin/env python3
"""tuf-conformance.py: the official suite of The Update Framework's clients against MetadataUpdate.

    .venv/bin/python Tests/Scripts/tuf-conformance.py

Runs theupdateframework/tuf-conformance when it is in the folder `tuf-conformance` of PLACARD_CONFORMANCE (../shared/conformance unless
set), or where PLACARD_TUF_CONFORMANCE says. It needs pytest and tuf of Tests/requirements.txt, and faketime of Debian: the three tests
that set the clock are not judged without it. The client is the product tuf-conformance-client of the debug build.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
data = pathlib.Path(os.environ.get("PLACARD_CONFORMANCE", root / "../shared/conformance"))
suite = pathlib.Path(os.environ.get("PLACARD_TUF_CONFORMANCE", data / "tuf-conformance"))
# RSA keys are read, and never count: the repositories that Placard writes have Ed25519 and ECDSA keys alone.
EXPECTED = ["test_keytype_and_scheme[rsa/rsassa-pss-sha256]"]
# Tests of the suite's own parts start no client.
CLIENTLESS = "test_repository_simulator.py"

if not (suite / "tuf_conformance/conftest.py").exists():
    print("TUF conformance: skipped, the suite is not in PLACARD_CONFORMANCE")
    sys.exit(0)
subprocess.run(["swift", "build", "--quiet", "--product", "tuf-conformance-client"], cwd=root, check=True)
client = root / ".build/debug/tuf-conformance-client"

with tempfile.TemporaryDirectory() as folder:
    entry = pathlib.Path(folder) / "client"
    entry.symlink_to(client)
    pathlib.Path(f"{entry}.xfails").write_text("\n".join(EXPECTED) + "\n", encoding="utf-8")
    arguments = ["-q", "-p", "no:cacheprovider", "-rfEX", "tuf_conformance", "--entrypoint", str(entry),
                 "--ignore", f"tuf_conformance/{CLIENTLESS}"]
    judged = ""
    if not shutil.which("faketime"):
        arguments += ["-k", "not faketime and not static_repositor"]
        judged = " (those that need faketime are not judged)"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(suite)}
    result = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=suite, env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

last = result.stdout.strip().splitlines()[-1] if result.stdout.strip() else ""
counts = {name: int(number) for number, name in re.findall(r"(\d+) (passed|xfailed|failed|errors?)", last)}
failed = counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)
if result.returncode != 0:
    print(result.stdout[-6000:])
print(f"TUF conformance: {counts.get('passed', 0)} passed, {counts.get('xfailed', 0)} expected failures, {failed} failed{judged}")
sys.exit(0 if result.returncode == 0 and counts.get("passed", 0) > 0 else 1)
