#!/bin/bash
# Measures the release build and prints each figure beside its budget: conductor-mcp against a real Conductor and beside the same
# requests over bare HTTP, 10,000 calls while Conductor is stopped and started, the window's start, memory and idle work, graphs of
# up to 10,000 tasks. Fails where a size is over its budget, where the calls of a tool take over 500 ms on average, or where one of
# the 10,000 goes wrong; other times are noisy and only printed.
#   run.sh [--write]      --write: the table of conductor-mcp goes into docs/benchmarks.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export COMPANION_LOGS=$PWD/build/logs
. installer/steps.sh

step "Configure the benches" "$COMPANION_LOGS/configure-bench.log" "installer/packages.sh install build" cmake --preset release -DCOMPANION_BENCH=ON
step "Build the benches" "$COMPANION_LOGS/build-bench.log" "See the log" cmake --build --preset release
programs=$PWD/build/release/bin

fixture=$(mktemp -d)
trap 'tests/support/conductor_fixture.py stop "$fixture" >/dev/null 2>&1; rm -rf "$fixture"' EXIT
tests/support/conductor_fixture.py start "$fixture"

write=()
[ "${1:-}" != --write ] || write=(--write docs/benchmarks.md)
status=0
say "-- conductor-mcp"
tests/bench/mcp.py "$programs" "$(cat "$fixture/url")" --host "$programs/bench_host" "${write[@]}" || status=1
say "-- conductor-mcp while Conductor is stopped and started"
tests/bench/chaos.py "$programs" || status=1
say "-- the window"
tests/support/xvfb.sh tests/bench/window.py "$programs" || status=1
say "-- graphs"
"$programs/bench_graph" || say "   (times: printed, not judged)"
exit "$status"
