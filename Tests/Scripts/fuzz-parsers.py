#!/usr/bin/env python3
"""fuzz-parsers.py [PARSER…]: libFuzzer on each parser of Tests/ParserFuzz, from the repository's and the suites' own inputs.

PLACARD_FUZZ_SECONDS (20) is how long each parser takes; PLACARD_FUZZ_CORPUS (.build-fuzz/corpus) keeps what was found to reach
new code, so that a later run goes on from there. An input that brings a parser down is kept in .build-fuzz/, and
`.build/debug/parser-fuzz PARSER FILE` repeats it.
"""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUITES = pathlib.Path(os.environ.get("PLACARD_CONFORMANCE", ROOT.parent / "shared/conformance"))
CORPUS = pathlib.Path(os.environ.get("PLACARD_FUZZ_CORPUS", ROOT / ".build-fuzz/corpus"))
SECONDS = int(os.environ.get("PLACARD_FUZZ_SECONDS", "20"))
BUILD = ["swift", "build", "--quiet", "-c", "release", "--product", "parser-fuzz", "--scratch-path", ".build-fuzz",
         "-Xswiftc", "-sanitize=fuzzer", "-Xswiftc", "-DLIBFUZZER"] + (["-Xswiftc", "-use-ld=lld"] if sys.platform == "linux" else [])


def suite(pattern):
    """The suites' JSON files that are there."""
    return [json.loads(path.read_bytes()) for path in sorted(SUITES.glob(pattern))]


def strings(value, keys):
    """Every string that stands under one of the keys."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in keys and isinstance(item, str):
                yield item
            yield from strings(item, keys)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, keys)


def written(value):
    """A document as RFC 8785 has it, but for numbers."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def seeds():
    """A beginning for each parser: texts of the repository and of the suites."""
    files = {suffix: [path.read_text("utf-8") for path in sorted(ROOT.glob(f"[cst]*/**/*.{suffix}"))] for suffix in ("md", "yaml", "mustache", "css")}
    documents = list(strings(suite("gfm/*.json") + suite("xss/markdown.json"), {"markdown", "payload"}))
    messages = list(strings(suite("mf2/**/*.json"), {"src"}))
    return {
        "yaml": files["yaml"] + list(strings(suite("yaml/*.json"), {"yaml", "input"})), "front-matter": files["md"],
        "markdown": files["md"] + documents, "text": files["md"] + messages + documents[:100], "message-format": messages,
        "expression": list(strings(suite("cel/*.json"), {"expr"})), "json": list(strings(suite("tuf/*.json"), {"canonical"})) + ['{"a":[1,"\\u00e9",null]}'],
        "merge-patch": [f"{written(target)}\n{written(patch)}"
                        for target, patch, _ in json.loads((ROOT / "Tests/Fixtures/merge-patches.json").read_bytes())],
        "mustache": files["mustache"], "style": files["css"], "regex": ["(a*)*b\naaa", "^[A-Z]{2}$\nFR", "\\p{L}+\nZoë"],
    }


def main():
    if subprocess.run(BUILD, cwd=ROOT).returncode:
        sys.exit("fuzz parsers: FAILED, libFuzzer's build does not work here")
    tool = ROOT / ".build-fuzz/release/parser-fuzz"
    known = subprocess.run([tool], capture_output=True, text=True).stderr.split("parsers: ")[1].split()
    failed = []
    beginnings = seeds()
    for parser in sys.argv[1:] or known:
        folder = CORPUS / parser
        folder.mkdir(parents=True, exist_ok=True)
        for text in beginnings.get(parser, []):
            data = text.encode("utf-8", "surrogatepass")
            (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
        run = subprocess.run([tool, parser, f"-max_total_time={SECONDS}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=20000", "-artifact_prefix=.build-fuzz/", folder],
                             env={**os.environ, "SWIFT_BACKTRACE": "enable=no"},
                             capture_output=True, text=True, errors="replace")
        done = re.search(r"Done (\d+) runs", run.stderr)
        if run.returncode or not done:
            failed.append(parser)
            print(run.stderr[-1500:])
        print(f"fuzz {parser}: {'FAILED' if parser in failed else 'ok'}, {done.group(1) if done else 'unfinished'} inputs", flush=True)
    sys.exit(1 if failed else 0)


main()
