#!/usr/bin/env bash
# embedded.sh: the modules without Foundation compile with Embedded Swift for wasm32-unknown-none-wasm, from the
# same sources, so that the engine of the compiler is the one that can run anywhere. Compile only, and without the optimizer,
# which would take twice as long and refuses nothing more.
set -euo pipefail
cd "$(dirname "$0")/../.."

# In the order of their imports.
modules=(ByteText CivilTime SourceDiagnostics CanonicalJSON UnicodeLocale LinearRegex LinkSafety CEL MessageFormat PlacardBundle PlacardEngine)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for module in "${modules[@]}"; do
    find "Sources/$module" -name '*.swift' | LC_ALL=C sort >"$out/files"
    if ! swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -wmo -parse-as-library -Onone \
        -swift-version 6 -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility \
        -module-name "$module" -package-name placard -I "$out" -emit-module -emit-module-path "$out/$module.swiftmodule" \
        -c @"$out/files" -o "$out/$module.o" 2>"$out/log"; then
        cat "$out/log"
        echo "embedded: FAILED in $module"
        exit 1
    fi
done
echo "embedded: ok, ${#modules[@]} modules for wasm32-unknown-none-wasm"
