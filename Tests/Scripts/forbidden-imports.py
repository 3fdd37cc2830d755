#!/usr/bin/env python3
"""Each module imports only what Documentation/Architecture.md allows it, in its sources as in Package.swift."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
CORE = {
    "ByteText": set(),
    "CivilTime": set(),
    "SourceDiagnostics": {"ByteText"},
    "CanonicalJSON": {"ByteText"},
    "UnicodeLocale": {"ByteText"},
    "LinearRegex": {"ByteText"},
    "LinkSafety": {"ByteText"},
    "CEL": {"CivilTime", "ByteText", "SourceDiagnostics", "LinearRegex"},
    "MessageFormat": {"CivilTime", "ByteText", "SourceDiagnostics", "UnicodeLocale", "CanonicalJSON"},
    "PlacardBundle": {"CivilTime", "ByteText", "CanonicalJSON", "MessageFormat"},
    "PlacardEngine": {"ByteText", "PlacardBundle", "CEL", "MessageFormat", "UnicodeLocale", "CanonicalJSON", "SourceDiagnostics",
                      "LinkSafety"},
}
SYSTEM = {"Swift", "Foundation", "FoundationEssentials", "FoundationInternationalization", "Glibc", "Musl", "Darwin", "Dispatch",
          "Synchronization"}
TEXT = {"ByteText", "SourceDiagnostics", "CanonicalJSON", "UnicodeLocale", "MessageFormat"}
# Modules on top of the core; None allows every module of the package.
UPPER = {
    "PlacardMarkdown": {"ByteText", "CCMarkGFM", "SourceDiagnostics", "CanonicalJSON", "LinkSafety"} | SYSTEM,
    "PlacardText": TEXT | {"PlacardMarkdown"},
    "Locking": SYSTEM,
    "LocalizedUnits": {"UnicodeLocale"},
    "FoundationFormatting": TEXT | {"LocalizedUnits", "Locking"} | SYSTEM,
    "LocatedYAML": {"ByteText", "CLibYAML", "SourceDiagnostics"},
    "DocumentSchema": {"CivilTime", "ByteText", "LocatedYAML", "SourceDiagnostics", "CanonicalJSON"},
    "LocalServer": {"ByteText"} | SYSTEM,
    "DiagnosticRendering": {"ByteText", "SourceDiagnostics", "CanonicalJSON"},
    "PlacardCompiler": set(CORE) | {"PlacardMarkdown", "PlacardText", "LocatedYAML", "DocumentSchema",
                                    "FoundationFormatting", "PlacardPreview", "PlacardExchange", "Cryptography",
                                    "Locking"} | SYSTEM,
    "PlacardExchange": {"ByteText", "CLibExpat", "CanonicalJSON"},
    "PlacardPreview": {"ByteText", "SourceDiagnostics", "CanonicalJSON"} | SYSTEM,
    "Cryptography": {"ByteText", "CLibCrypto", "Crypto", "CryptoKit"} | SYSTEM,
    "TUF": {"CivilTime", "ByteText", "CanonicalJSON", "Cryptography"},
    "PlacardClient": {"TUF", "PlacardEngine", "PlacardBundle", "CanonicalJSON", "MessageFormat", "UnicodeLocale",
                      "FoundationFormatting", "FoundationNetworking", "Cryptography"} | SYSTEM,
    "PlacardRelease": {"ByteText", "TUF", "Cryptography", "PlacardCompiler", "PlacardBundle", "CanonicalJSON"} | SYSTEM,
    "PlacardGenerate": {"PlacardBundle"},
    "PlacardCommands": None,
    "placard": {"PlacardCommands", "CMimalloc"} | SYSTEM,
}
# What apps have in their systems anyway. The tool, one file, does with the parts of Foundation that it uses.
WITH_ALL_OF_FOUNDATION = {"PlacardClient", "Cryptography"}
BEHIND_ONE_MODULE = {"CCMarkGFM", "CLibYAML", "CLibExpat", "CLibCrypto", "Crypto", "CryptoKit"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |fileprivate |private )?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.M)

problems = []
files = 0
rules = {**CORE, **UPPER}
modules = {path.name for path in (root / "Sources").iterdir() if list(path.rglob("*.swift"))}
for name in sorted(modules | set(rules)):
    if name not in rules:
        problems.append(f"Sources/{name} has no rule in forbidden-imports.py")
        continue
    for path in sorted((root / "Sources" / name).rglob("*.swift")):
        files += 1
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        if name not in WITH_ALL_OF_FOUNDATION and re.search(r"(?<!#else\n)^ *import Foundation$", text, re.M):
            problems.append(f"{path.relative_to(root)} imports all of Foundation where it has parts (after #else it may)")
        for module in IMPORT.findall(text):
            allowed = rules[name]
            if module == name:
                continue
            bad = module in BEHIND_ONE_MODULE if allowed is None else module not in allowed
            if bad:
                problems.append(f"{path.relative_to(root)} imports {module}")

for problem in problems:
    print(problem)
if problems:
    sys.exit(1)
print(f"forbidden imports: ok, {files} files of {len(modules)} modules")
