#!/usr/bin/env bash
# generated-sources.sh: every generated file that is checked in is what its generator writes.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
count=0

same() {
    count=$((count + 1))
    cmp -s "$1" "$2" || { echo "generated sources: $1 is stale; run make generate"; exit 1; }
}

.venv/bin/python Tests/Generators/wide-scalars.py "$out/WideScalars.swift"
same Sources/DiagnosticRendering/Generated/WideScalars.swift "$out/WideScalars.swift"
python3 Tests/Generators/embed-project-templates.py "$out"
for file in EmbeddedProject EmbeddedDiagnosticPages; do
    same "Sources/PlacardCommands/Generated/$file.swift" "$out/$file.swift"
done
python3 Tests/Generators/embed-preview-assets.py --check >/dev/null || {
    echo "generated sources: Sources/PlacardPreview/Generated is stale; run make generate"
    exit 1
}
count=$((count + 2))
# The tables of locales and units come from CLDR; of what lies beside the repository, not in it.
data=${PLACARD_CONFORMANCE:-../shared/conformance}
if [ -d "$data/cldr" ]; then
    mkdir "$out/locale"
    PLACARD_CONFORMANCE=$data python3 Tests/Generators/generate-locale-tables.py "$out/locale" >/dev/null
    for file in "$out"/locale/*; do same "Sources/UnicodeLocale/Generated/${file##*/}" "$file"; done
    PLACARD_CONFORMANCE=$data .venv/bin/python Tests/Generators/generate-unit-tables.py "$out/units" >/dev/null
    same Sources/LocalizedUnits/Generated/UnitData.swift "$out/units/UnitData.swift"
fi
echo "generated sources: ok, $count files"
