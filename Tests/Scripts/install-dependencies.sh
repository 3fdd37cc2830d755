#!/usr/bin/env bash
# install-dependencies.sh [build] [test]: installs what is missing, and nothing else.
#
#   build  the C libraries that the tool is linked with (Debian's packages)
#   test   a .venv with the pinned Python tools that tests compare with, and a browser
#
# Says one line for each thing that it installs; silent when all is there. What it cannot install, Swift itself and
# whatever needs a password that nobody can give, it names before anything else is done.
set -euo pipefail
cd "$(dirname "$0")/../.."

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_updated=
apt_install() {
    command -v apt-get >/dev/null || stop "missing, and there is no apt-get to install them: $*" \
        "These are Debian's names; please install what your system calls them, and run make again."
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || stop "missing, and there is no sudo to install them: $*" \
        "Run this as root, and then make again: apt-get install --no-install-recommends $*"
    echo "installing $* (Debian packages)"
    if [ -z "$apt_updated" ]; then as_root apt-get update -qq; apt_updated=1; fi
    as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Swift as new as Package.swift asks for; it is not for this script to install a toolchain.
need_swift() {
    local wanted found version where=https://www.swift.org/install/
    wanted=$(sed -n 's,^// swift-tools-version: *\([0-9.]*\).*,\1,p' Package.swift)
    command -v swift >/dev/null || stop "Placard needs Swift $wanted or newer, and there is no swift in PATH." \
        "Get it from $where; if it is installed already, add its usr/bin to PATH."
    found=$(swift --version 2>&1) || stop "swift does not start: $found" \
        "$where lists the packages that a toolchain needs on each system."
    version=$(sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' <<<"$found")
    [ "$(printf '%s\n' "$wanted" "$version" | sort -V | sed -n 1p)" = "$wanted" ] || stop \
        "Placard needs Swift $wanted or newer, and $(command -v swift) is Swift ${version:-of an unknown version}." \
        "Get a newer one from $where."
}

# Whether the linker finds an archive.
has_archive() {
    local folder
    for folder in /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib; do
        [ ! -e "$folder/$1" ] || return 0
    done
    return 1
}

install_build() {
    need_swift
    if [ "$(uname)" = Darwin ]; then
        command -v pkg-config >/dev/null && pkg-config --exists libcmark-gfm yaml-0.1 || brew install cmark-gfm libyaml pkg-config
        return
    fi
    # The tool is linked with the archives of these packages.
    local missing=() package archive
    while read -r package archive; do
        has_archive "$archive" || missing+=("$package")
    done <<'PACKAGES'
libcmark-gfm-dev libcmark-gfm.a
libcmark-gfm-extensions-dev libcmark-gfm-extensions.a
libyaml-dev libyaml.a
libexpat1-dev libexpat.a
libssl-dev libcrypto.a
libjemalloc-dev libjemalloc_pic.a
PACKAGES
    if [ ${#missing[@]} -gt 0 ]; then apt_install "${missing[@]}"; fi
}

install_test() {
    local wanted=Tests/requirements.txt alone=Tests/requirements-alone.txt stamp=.venv/.requirements
    if ! cat "$wanted" "$alone" | cmp -s - "$stamp" 2>/dev/null; then
        python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv
        echo "installing the Python tools of $wanted and $alone into .venv"
        python3 -m venv .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$alone"
        cat "$wanted" "$alone" >"$stamp"
    fi
    # What files for translators are held against.
    if [ "$(uname)" = Darwin ]; then
        command -v msgfmt >/dev/null || brew install gettext
    elif ! command -v msgfmt >/dev/null || ! command -v xmllint >/dev/null; then
        apt_install gettext libxml2-utils
    fi
    # What generated code is compiled with.
    if [ "$(uname)" = Darwin ]; then
        command -v kotlinc >/dev/null || brew install kotlin
        command -v tsc >/dev/null || brew install typescript
    else
        local compilers=()
        command -v kotlinc >/dev/null || compilers+=(kotlin)
        command -v tsc >/dev/null || compilers+=(node-typescript)
        if [ ${#compilers[@]} -gt 0 ]; then apt_install "${compilers[@]}"; fi
    fi
    # The shells that completions are asked of, and the stricter reader of man pages.
    if [ "$(uname)" = Linux ]; then
        local missing=() tool
        for tool in zsh fish mandoc; do command -v $tool >/dev/null || missing+=("$tool"); done
        if [ ${#missing[@]} -gt 0 ]; then apt_install "${missing[@]}"; fi
    fi
    # Hostile values and the previews are looked at in a real browser.
    if [ "$(uname)" = Darwin ]; then
        [ -e "/Applications/Google Chrome.app" ] || brew install --cask google-chrome
    elif ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
        # Some fonts, so that there are places of letters to measure.
        apt_install chromium fonts-dejavu-core
    fi
}

for part in "$@"; do "install_$part"; done
