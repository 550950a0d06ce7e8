#!/bin/bash
# Builds the libFuzzer targets with clang and runs each for a minute, two at a time, beginning with the samples in tests/fuzz/corpus
# and resources/samples. What one finds is kept in build/fuzz/findings and fails the run.
#   run.sh [SECONDS [TARGET…]]     targets: framing http search definition
#   build/fuzz/bin/fuzz_TARGET build/fuzz/findings/FILE     shows a finding again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export COMPANION_LOGS=${COMPANION_LOGS:-$PWD/build/logs}
. installer/steps.sh

seconds=60
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    seconds=$1
    shift
elif [ $# -gt 0 ]; then
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
targets=(framing http search definition)
[ $# -eq 0 ] || targets=("$@")

compiler=
for name in clang++-14 clang++-19 clang++; do
    [ -n "$compiler" ] || compiler=$(command -v "$name" || true)
done
[ -n "$compiler" ] || fail "Fuzz" "there is no clang" "installer/packages.sh install test"

CXX=$compiler child installer/build.sh fuzz "${targets[@]/#/fuzz_}"

mkdir -p build/fuzz/findings
known_samples() { # of a target, beside its own corpus
    [ "$1" != definition ] || ls -d "$PWD"/resources/samples/*.definition*.json
}

# A corpus that grows goes to a directory of this run, so that nothing of it is ever taken for a sample.
fuzz() { # TARGET
    local corpus
    corpus=$(mktemp -d build/fuzz/corpus.XXXXXX)
    cp tests/fuzz/corpus/"$1"/* "$corpus"
    known_samples "$1" | xargs -r -I{} cp {} "$corpus"
    local status=0
    build/fuzz/bin/fuzz_"$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=20000 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/findings/$1-" "$corpus" >"$COMPANION_LOGS/fuzz-$1.log" 2>&1 || status=$?
    rm -rf "$corpus"
    return "$status"
}

failed=()
for ((i = 0; i < ${#targets[@]}; i += 2)); do
    running=()
    for target in "${targets[@]:i:2}"; do
        fuzz "$target" &
        running+=("$target=$!")
    done
    for one in "${running[@]}"; do
        target=${one%=*}
        if wait "${one#*=}"; then
            runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$COMPANION_LOGS/fuzz-$target.log")
            say "✔ $target: ${runs:-?} inputs in $seconds s"
        else
            say "✘ $target: a finding; the end of $COMPANION_LOGS/fuzz-$target.log:"
            tail -n 40 "$COMPANION_LOGS/fuzz-$target.log" >&2
            failed+=("$target")
        fi
    done
done
[ ${#failed[@]} -eq 0 ] || fail "Fuzz" "${failed[*]}" "The inputs are in build/fuzz/findings; build/fuzz/bin/fuzz_TARGET FILE shows one again"
