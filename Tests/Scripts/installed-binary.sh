#!/usr/bin/env bash
# installed-binary.sh: the release binary needs no Swift library and nothing of the build folder: installed
# elsewhere, from an empty environment, it makes a project, checks and builds it, and explains a finding.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${PLACARD_BIN:-.build/release/placard}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make --silent install PREFIX="$work/prefix" DESTDIR= >/dev/null
if [ "$(uname)" = Linux ]; then
    foreign=$(ldd "$work/prefix/bin/placard" | grep -E 'swift|Foundation|dispatch|not found|\.build' || true)
    [ -z "$foreign" ] || { echo "installed binary: needs $foreign"; exit 1; }
fi
cd "$work"
mv prefix "somewhere else"
run() { env -i PATH=/usr/bin:/bin HOME="$work" "$work/somewhere else/bin/placard" "$@"; }
run init "a project" >/dev/null
(cd "a project" && run check --strict >/dev/null) || { (cd "a project" && run check --strict); exit 1; }
(cd "a project/content" && run build >/dev/null)
for file in bundle/manifest.json preview/index.html; do
    [ -s "a project/build/$file" ] || { echo "installed binary: build/$file is missing"; exit 1; }
done
# Readers that take all of their input: one that leaves early would kill the writer before it.
id=$(cd "$OLDPWD" && git ls-files 'Documentation/Diagnostics/*/*.md' | sed -n '1{s,Documentation/Diagnostics/,,; s,\.md$,,; p;}')
run check --explain "$id" | grep "^# $id" >/dev/null
size=$(($(wc -c <"$work/somewhere else/bin/placard") / 1048576))
echo "installed binary: ok, $size MB, needs no Swift library"
