#!/bin/bash
# The whole test suite: installs what it needs, builds, runs all of CTest on the sanitised build, ends with CTest's summary line.
# Each stage shows its time; 45 minutes in all. The arguments go to ctest: ./test.sh -R wire
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export COMPANION_LOGS=$PWD/build/logs
exec 2>&1
. installer/steps.sh
budget=2700 # seconds

case ${1:-} in
--help | -h) sed -n '2,3s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac

stages=()
stage() { # NAME COMMAND…
    local name=$1 began=$SECONDS left=$((budget - SECONDS)) status=0
    shift
    [ "$left" -gt 0 ] || fail "$name" "the $((budget / 60)) minutes are used up" "The stages so far: ${stages[*]}"
    say "== $name"
    STEP_DEADLINE=$left "$@" || status=$?
    stages+=("$name $(clock $((SECONDS - began)));")
    return "$status"
}

# A line for each test; those that fail show their output.
ctest_lines() {
    ctest --preset asan -j2 --test-output-size-failed 20000 --test-output-truncation middle "$@" 2>&1 |
        tee "$COMPANION_LOGS/ctest.log" | { grep -vE '^ +Start +[0-9]+: ' || true; }
}

run_tests() {
    local status=0
    STEP_DEADLINE=$budget in_group ctest_lines "$@" || status=$?
    [ "$status" -ne 124 ] || say "✘ Tests: the $((budget / 60)) minutes for all stages are used up"
    return "$status"
}

stage Packages child installer/packages.sh install build run local test
stage "Server files" child installer/server-files.sh >/dev/null
stage "Sanitised build" child installer/build.sh asan
# The programs as people get them, and what measures them: sizes and latencies mean nothing on a sanitised build.
stage "Release build" child installer/build.sh release
failed=
stage Tests run_tests "$@" || failed=yes
# What reads bytes of strangers, a minute each.
stage Fuzz child tests/fuzz/run.sh || failed="${failed:-fuzz}"
if [ -x tests/bench/run.sh ]; then
    stage Benches child tests/bench/run.sh || failed="${failed:-benches}"
fi

say "== ${stages[*]} in all $(clock $SECONDS)"
[ "$failed" != fuzz ] || say "✘ Fuzz: an input was found that something does not hold for, see above"
[ "$failed" != benches ] || say "✘ Benches: a budget does not hold, see above"
grep -aE '% tests passed' "$COMPANION_LOGS/ctest.log" | tail -n 1 || { say "✘ Tests: CTest ended without a summary"; exit 1; }
[ -z "$failed" ]
