#!/usr/bin/env bash
# installed-binary.sh: what `make install` writes is one file of at most 60 MB that needs the C library alone. Installed
# elsewhere, from an empty environment, it makes a project, checks, builds and tests it, and explains a diagnostic; in a root
# folder where nothing but the C library is, it does the same, and builds the demo into the bytes that the debug build, which
# has all of ICU's data and shared libraries, builds it into.
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { printf 'installed binary: %s\n' "$*"; exit 1; }

make --silent install PREFIX="$work/prefix" DESTDIR= SWIFT_FLAGS=--quiet >/dev/null
mv "$work/prefix" "$work/somewhere else"
bin="$work/somewhere else/bin/placard"
for file in man/man1/placard.1 bash-completion/completions/placard zsh/site-functions/_placard fish/vendor_completions.d/placard.fish; do
    [ -s "$work/somewhere else/share/$file" ] || fail "share/$file is missing"
done
size=$(($(wc -c <"$bin") / 1000000))
[ "$size" -le 60 ] || fail "it has $size MB, of at most 60"

cd "$work"
run() { env -i PATH=/usr/bin:/bin HOME="$work" "$bin" "$@"; }
run init "a project" >/dev/null
(cd "a project" && run check --strict >/dev/null) || { (cd "a project" && run check --strict); exit 1; }
(cd "a project/content" && run build >/dev/null)
for file in bundle/manifest.json preview/index.html; do
    [ -s "a project/build/$file" ] || fail "build/$file is missing"
done
# Readers that take all of their input: one that leaves early would kill the writer before it.
id=$(cd "$repository" && git ls-files 'Documentation/Diagnostics/*/*.md' | sed -n '1{s,Documentation/Diagnostics/,,; s,\.md$,,; p;}')
run check --explain "$id" | grep "^# $id" >/dev/null

if [ "$(uname)" != Linux ]; then echo "installed binary: ok, $size MB"; exit 0; fi

# The libraries of glibc, by the names that it gives them on each machine.
libraries=$(ldd "$bin" | sed -n 's,.*[[:space:]]\(/[^ ]*\) (0x.*,\1,p')
foreign=$(ldd "$bin" | grep -vE 'linux-vdso\.so|/(libc|libm|libdl|libpthread|librt|libutil)\.so\.[0-9]+ |/ld-linux[^/]*\.so\.[0-9]+ ' || true)
[ -z "$foreign" ] || fail "needs more than the C library: $foreign"
[ -z "$(nm "$bin" 2>/dev/null)" ] || fail "its symbols are still in it"

root=$work/root
mkdir -p "$root/tmp" "$root/demo"
for library in $libraries; do install -D "$(readlink -f "$library")" "$root$library"; done
install "$bin" "$root/placard"
cp -R "$repository"/{content,templates,scenarios,placard.yaml} "$root/demo/"
# chroot is root's; other users get a namespace in which they are.
enter=(env -i "$(PATH=$PATH:/usr/sbin command -v chroot)")
if [ "$(id -u)" != 0 ]; then
    enter=(unshare --user --map-root-user "${enter[@]}")
    unshare --user --map-root-user true 2>/dev/null || {
        echo "installed binary: ok, $size MB, needs the C library alone; skipped in a bare root, which this user cannot make"
        exit 0
    }
fi
bare() {
    "${enter[@]}" "$root" /placard "$@" >"$work/log" 2>&1 || { cat "$work/log"; fail "in a bare root: $*"; }
}
bare init /tmp/project
bare check --strict --project /tmp/project
bare build --project /tmp/project --output /tmp/project/build
bare test --project /tmp/project
[ -s "$root/tmp/project/build/bundle/manifest.json" ] || fail "writes no bundle in a bare root"
bare build --project /demo --output /demo/build
bare test --project /demo
"$repository/.build/debug/placard" build --project "$root/demo" --output "$work/debug" >/dev/null
diff -r --exclude=.placard-output "$root/demo/build" "$work/debug" >"$work/log" || { head -5 "$work/log"; fail "builds other bytes than the debug build"; }
echo "installed binary: ok, $size MB, needs the C library alone, also in a root with nothing else"
