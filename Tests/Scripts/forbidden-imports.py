#!/usr/bin/env python3
"""forbidden-imports.py: each module imports only what the table of Documentation/Architecture.md allows it, in its sources and in
Package.swift, which lists the same for each."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
# Of the system without Foundation, for modules that stand on it or on threads; whatever has Foundation may have all of it.
BARE = {"Swift", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization"}
ON_THE_SYSTEM = {"PlacardMarkdown", "Locking", "LocalServer", "Cryptography", "placard"}
FOUNDATION = {"Foundation", "FoundationEssentials", "FoundationInternationalization"}
# What comes from other packages, or from the system in another place.
FOREIGN = {
    "Cryptography": {"Crypto", "CryptoKit"}, "PlacardClient": {"FoundationNetworking"}, "PlacardCommands": {"ArgumentParser"},
    "placard": {"CMimalloc"},
}


def drawn():
    """The modules of the table: what each imports of the package, and whether it has Foundation."""
    rows = {}
    for line in (root / "Documentation/Architecture.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            for name in re.findall(r"`(\w+)`", cells[0]):
                rows[name] = (set(re.findall(r"[A-Z]\w+", cells[3])), cells[1] == "yes")
    return rows


def listed():
    """The targets of Package.swift that have sources in Sources, and what each depends on within the package."""
    text = re.sub(r"//[^\n]*", "", (root / "Package.swift").read_text(encoding="utf-8"))
    targets = {}
    for kind, name, body in re.findall(
            r'\.(target|executableTarget)\(\s*name: "(\w+)",?(.*?)(?=\n        \.\w+\(|\n    \]\n)', text, re.S):
        found = re.search(r"dependencies: \[(.*?)\](?=,\s*(?:path|exclude|resources|swiftSettings|linkerSettings|plugins)|\s*\))",
                          re.sub(r"\.product\((?:[^()]|\([^()]*\))*\)", "", body), re.S)
        targets[name] = set(re.findall(r'"([A-Z]\w+)"', found.group(1))) if found else set()
    return {name: imports for name, imports in targets.items() if (root / "Sources" / name).is_dir()}


# What apps have in their systems anyway. The tool, one file, does with the parts of Foundation that it uses.
WITH_ALL_OF_FOUNDATION = {"PlacardClient", "Cryptography"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |fileprivate |private )?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.M)

problems = []
files = 0
rules = {}
table, package = drawn(), listed()
for name, (imports, hasFoundation) in table.items():
    rules[name] = imports | FOREIGN.get(name, set())
    if hasFoundation or name in ON_THE_SYSTEM:
        rules[name] |= BARE
    if hasFoundation or name in WITH_ALL_OF_FOUNDATION:
        rules[name] |= FOUNDATION
for name, imports in package.items():
    for module in sorted(imports ^ table.get(name, (imports,))[0]):
        where = "Package.swift" if module in imports else "Architecture.md"
        problems.append(f"only {where} says that {name} imports {module}")
modules = {path.name for path in (root / "Sources").iterdir() if list(path.rglob("*.swift"))}
for name in sorted(modules):
    if name not in rules:
        problems.append(f"Sources/{name} is not in the table of Documentation/Architecture.md")
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
            if module not in allowed:
                problems.append(f"{path.relative_to(root)} imports {module}")

for problem in problems:
    print(problem)
if problems:
    sys.exit(1)
print(f"forbidden imports: ok, {files} files of {len(modules)} modules")
