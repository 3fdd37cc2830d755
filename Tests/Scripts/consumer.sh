#!/usr/bin/env bash
# consumer.sh: an app that uses PlacardClient with the trait SwiftCrypto resolves swift-crypto and swift-asn1, nothing else; and
# swift-crypto passes the tests of hashes and signatures that the tool's cryptography passes (the folders in
# Tests/Consumer/Tests are links). It is the one place that compiles BoringSSL: PLACARD_CONSUMER_BUILD=0 leaves that out.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PLACARD_CONFORMANCE=${PLACARD_CONFORMANCE:-$PWD/../shared/conformance}
cd Tests/Consumer
log=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$log" "$work"' EXIT
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
if [ "${PLACARD_CONSUMER_BUILD:-1}" = 0 ]; then
    echo "consumer: ok, resolves swift-asn1 and swift-crypto alone (not built)"
    exit 0
fi
swift test >"$log" 2>&1 || { grep -E 'error:|✘|FAILED' "$log" || tail -20 "$log"; exit 1; }
tests=$(sed -n 's/.*Test run with \([0-9]*\) tests.*passed.*/\1/p' "$log")
[ "${tests:-0}" -gt 0 ] || { echo "consumer: FAILED, no tests ran"; tail -5 "$log"; exit 1; }
# What an app links has one cryptography, not both.
if [ "$(uname)" = Linux ] && nm .build/debug/Consumer | grep -q ' T EVP_DigestVerify$'; then
    echo "consumer: FAILED, it links libcrypto beside swift-crypto"
    exit 1
fi
# The first program of Documentation/Client.md, over the bundle of a project as `placard init` makes it.
program=$PWD/.build/debug/FirstMessage
for tool in "${PLACARD_BIN:-}" "$PWD/../../.build/optimized/release/placard" "$PWD/../../.build/debug/placard"; do
    [ ! -x "$tool" ] || break
done
(cd "$work" && "$tool" init app >"$log" && cd app && "$tool" build >"$log") || { echo "consumer: FAILED, no bundle"; cat "$log"; exit 1; }
shown=$(cd "$work/app" && XDG_CACHE_HOME=$work LANG=en_US.UTF-8 "$program" 2>&1) || true
case "$shown" in
    Welcome*"Have a look around. You can change everything later."*) ;;
    *)
        echo "consumer: FAILED, the first program shows: $shown"
        exit 1
        ;;
esac
echo "consumer: ok, the first program shows a message; resolves swift-asn1 and swift-crypto alone; $tests tests of hashes and signatures with swift-crypto"
