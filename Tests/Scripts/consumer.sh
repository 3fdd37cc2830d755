#!/usr/bin/env bash
# consumer.sh: an app that uses PlacardClient with `traits: []` resolves swift-crypto and swift-asn1, nothing else.
# PLACARD_CONSUMER_BUILD=1 builds it too.
set -euo pipefail
cd "$(dirname "$0")/../Consumer"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
rm -f Package.resolved
swift package resolve >"$log" 2>&1 || { cat "$log"; exit 1; }
found=$(python3 - <<'PY'
import json
pins = json.load(open("Package.resolved"))["pins"]
print(" ".join(sorted(pin["identity"] for pin in pins)))
PY
)
if [ "$found" != "swift-asn1 swift-crypto" ]; then
    echo "consumer: FAILED, resolved: $found"
    exit 1
fi
if [ -n "${PLACARD_CONSUMER_BUILD:-}" ]; then
    swift build --quiet >"$log" 2>&1 || { cat "$log"; exit 1; }
fi
echo "consumer: ok, resolves swift-asn1 and swift-crypto alone"
