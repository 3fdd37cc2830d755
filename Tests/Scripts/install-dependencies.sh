#!/usr/bin/env bash
# install-dependencies.sh [build] [test]: installs what is missing, and nothing else.
#
#   build  the C libraries that the package links (Debian's packages)
#   test   a .venv with the pinned Python tools that tests compare with, and a browser
#
# Says one line for each thing that it installs; silent when all is there.
set -euo pipefail
cd "$(dirname "$0")/../.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_updated=
apt_install() {
    command -v apt-get >/dev/null || { echo "please install: $*" >&2; exit 1; }
    echo "installing $* (Debian packages)"
    if [ -z "$apt_updated" ]; then as_root apt-get update -qq; apt_updated=1; fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_build() {
    local missing=()
    command -v pkg-config >/dev/null || missing+=(pkg-config)
    pkg-config --exists libcmark-gfm 2>/dev/null || missing+=(libcmark-gfm-dev)
    [ -e /usr/include/cmark-gfm-core-extensions.h ] || [ "$(uname)" = Darwin ] || missing+=(libcmark-gfm-extensions-dev)
    pkg-config --exists yaml-0.1 2>/dev/null || missing+=(libyaml-dev)
    if [ ${#missing[@]} -gt 0 ]; then
        if [ "$(uname)" = Darwin ]; then brew install cmark-gfm libyaml pkg-config; else apt_install "${missing[@]}"; fi
    fi
}

install_test() {
    local wanted=Tests/requirements.txt stamp=.venv/.requirements
    if ! cmp -s "$wanted" "$stamp" 2>/dev/null; then
        python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv
        echo "installing the Python tools of $wanted into .venv"
        python3 -m venv .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
        cp "$wanted" "$stamp"
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
