#!/usr/bin/env python3
"""output-hashes.py BIN [BIN ...]: what each tool makes of the same projects, as hashes that are the same for the same bytes.

The projects are this repository's own and, where its generator is at hand (bench_corpus.py), a corpus of 200 messages in 10
locales. One line a project and part (bundle, preview, push, diagnostics): the number of files, and the SHA-256 over their
paths and bytes in order. With several tools it says what differs, and ends with 1: a change to the inside of the compiler leaves
every byte as it was.
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile

from bench_corpus import generator, make_corpus, root


def hashes(tool, project, output):
    """By part, how many files it has, and a hash of all."""
    run = subprocess.run([tool, "build", "--project", project, "--output", output, "--format", "json",
                          "--now", "2026-01-01T00:00:00Z"], capture_output=True)
    found = {"diagnostics": (1, {"": run.stdout})}
    for part in ("bundle", "preview", "push"):
        files = {str(path.relative_to(output)): path.read_bytes()
                 for path in sorted((output / part).rglob("*")) if path.is_file()}
        found[part] = (len(files), files)
    return found


def digest(files):
    total = hashlib.sha256()
    for path, content in sorted(files.items()):
        for piece in (path.encode(), content):
            total.update(len(piece).to_bytes(8, "big") + piece)
    return total.hexdigest()[:32]


def main(tools):
    projects = {"demo": root}
    if generator.exists():
        projects["corpus"] = make_corpus(200, 10)
    different = False
    with tempfile.TemporaryDirectory() as scratch:
        for name, project in projects.items():
            first = None
            for number, tool in enumerate(tools):
                found = hashes(tool, project, pathlib.Path(scratch) / f"{name}-{number}")
                for part, (count, files) in found.items():
                    print(f"{name:8} {part:12} {count:6} {digest(files)} {tool if len(tools) > 1 else ''}".rstrip())
                    if first and first[part][1] != files:
                        different = True
                        former = first[part][1]
                        changed = sorted(path for path in files.keys() | former.keys() if files.get(path) != former.get(path))
                        print(f"{name:8} {part:12} differs: {len(changed)} files, {', '.join(changed[:3])}")
                first = first or found
    return 1 if different else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__.split("\n", 1)[0])
    sys.exit(main(sys.argv[1:]))
