#!/usr/bin/env bash
# run-tests.sh: every test there is. The closing lines of `swift test` and one line a script are the report;
# PLACARD_VERBOSE=1 shows all of it. Goes on after a failure, and fails at the end.
#
# Steps stand in two rows, so that both cores of a small machine have work. The row beside makes the build that `make install`
# installs, then looks at it in browsers, and builds the consumer; the other makes the debug build, which `swift test`, its
# tests of the tool and some scripts share. Each build has a folder of its own. The report is in the order of the list below.
set -uo pipefail
cd "$(dirname "$0")/../.."
scripts=Tests/Scripts
optimized=$PWD/.build/optimized/release/placard
failed=()

step() {
    local name=$1
    shift
    timed "$name" "$@" 2>&1 | tee "$beside/step"
    [ "${PIPESTATUS[0]}" = 0 ] || { echo "$name: FAILED"; failed+=("$name"); }
    # What a step could not do, for lack of data, of a tool or of a right.
    grep -E '(: |; )skipped' "$beside/step" >>"$beside/skipped"
}

# Runs a command, and notes the seconds that it took under the name of its step.
timed() {
    local name=$1 begin=$SECONDS status
    shift
    "$@"
    status=$?
    echo "$((SECONDS - begin)) $name" >>"$beside/times"
    return "$status"
}

# The steps with which a shorter run begins.
longest() {
    sort -rn "$beside/times" | awk '{ seconds = $1; sub(/^[0-9]+ /, "") } !seen[$0]++ && ++n <= 5 { printf "%s%s %d s", (n > 1 ? ", " : ""), $0, seconds }'
}

# How many things were not tested, for the closing line.
skipped() {
    local count
    count=$(wc -l <"$beside/skipped")
    [ "$count" = 0 ] || printf '; %d skipped, which the lines with "skipped" name' "$count"
}

swift_tests() {
    local log
    log=$(mktemp)
    if [ -n "${PLACARD_VERBOSE:-}" ]; then
        swift test 2>&1 | tee "$log"
    else
        swift test >"$log" 2>&1
    fi
    local status=${PIPESTATUS[0]}
    if [ "$status" != 0 ]; then
        # All that tells why: compiler errors, issues of tests with what they expected, crashes.
        grep -E '^✘ Test .* recorded an issue|^↳|: error: |^error: |[Ff]atal error|FAILED|crash' "$log" | cut -c1-600 | head -300
    fi
    # Conformance suites print a line each; then what the testing libraries say of the whole.
    grep -E '^[^ ]+.*: [0-9]+ passed, [0-9]+ expected failures, [0-9]+ failed' "$log" | sort -u
    grep -E ': skipped,' "$log" | sort -u
    tail -n 5 "$log"
    rm -f "$log"
    return "$status"
}

# The row beside; `await` gives what one of its steps had to say.
beside=$(mktemp -d)
: >"$beside/skipped"
row=
trap 'rm -rf "$beside"; [ -z "$row" ] || { pkill -P "$row"; kill "$row"; } 2>/dev/null' EXIT
alone() {
    local name=$1
    shift
    timed "$name" "$@" >"$beside/$name" 2>&1
    echo $? >"$beside/$name.status"
}
row_beside() {
    alone "release build" make --no-print-directory optimized SWIFT_FLAGS=--quiet
    until [ -e "$beside/installed" ]; do sleep 1; done
    alone browser env PLACARD_BIN="$optimized" .venv/bin/python $scripts/browser-test.py
    alone consumer $scripts/consumer.sh
}
await() {
    until [ -s "$beside/$1.status" ]; do sleep 1; done
    cat "$beside/$1"
    return "$(cat "$beside/$1.status")"
}

row_beside &
row=$!
$scripts/install-dependencies.sh test || exit 1
: >"$beside/installed"
step "lint" $scripts/lint.sh
step "swift test" swift_tests
step "forbidden imports" python3 $scripts/forbidden-imports.py
step "public declarations" python3 $scripts/public-declarations.py
step "sizes" python3 $scripts/sizes.py
step "house style" python3 $scripts/house-style.py
step "names in texts" env PLACARD_BIN="$PWD/.build/debug/placard" python3 $scripts/names-in-texts.py
step "generated code" python3 $scripts/generated-code.py
step "embedded" $scripts/embedded.sh
step "generated sources" $scripts/generated-sources.sh
step "release build" await "release build"
export PLACARD_BIN=$optimized
step "installed binary" $scripts/installed-binary.sh
step "distribution" .venv/bin/python $scripts/distribution.py
step "exchange" .venv/bin/python $scripts/exchange-test.py
step "protocol" .venv/bin/python $scripts/protocol-test.py
step "demo schemas" .venv/bin/python $scripts/validate-demo.py
step "serve" .venv/bin/python $scripts/serve-test.py
step "fuzz projects" .venv/bin/python $scripts/fuzz-projects.py
step "kill at random" python3 $scripts/kill-at-random.py 200
step "disk full" python3 $scripts/disk-full.py
step "releases" .venv/bin/python $scripts/release-test.py
step "soak" python3 $scripts/soak.py
step "docc" python3 $scripts/docc.py
step "TUF conformance" .venv/bin/python $scripts/tuf-conformance.py
step "browser" await browser
step "consumer" await consumer

if [ ${#failed[@]} -gt 0 ]; then
    printf 'make test: FAILED:%s\n' "$(printf ' %s,' "${failed[@]}" | sed 's/,$//')"
    exit 1
fi
echo "make test: ok, all $(grep -c '^step ' "$0") steps in $((SECONDS / 60)) min $((SECONDS % 60)) s$(skipped); the longest: $(longest)"
