#!/bin/bash
# Configures and builds a preset of CMakePresets.json, showing how far it is; the whole output is in build/logs:
#   build.sh PRESET [TARGET…]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/steps.sh"
cd "$here/.."
logs=${COMPANION_LOGS:-$PWD/build/logs}

[ $# -ge 1 ] || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }
preset=$1
shift
targets=()
[ $# -eq 0 ] || targets=(--target "$@")

# A checkout that was moved or copied with its build directory: CMake refuses the old cache, and nobody would know why.
cache=build/$preset/CMakeCache.txt
if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$cache"; then
    say "  build/$preset belongs to another directory; it is made anew"
    rm -rf "build/$preset"
fi

errors_first() { # what a person looks for in the log of a failed build
    grep -aE 'error:|undefined reference|CMake Error|No such file|ninja: error|fatal error|Killed' "$1" | head -n 20 | cut -c1-300 >&2 || true
}

step "Configure $preset" "$logs/configure-$preset.log" "Is a package missing? installer/packages.sh install build; the whole log is $logs/configure-$preset.log" \
    cmake --preset "$preset"
status=0
try_step "Build $preset" "$logs/build-$preset.log" cmake --build --preset "$preset" "${targets[@]}" || status=$?
if [ "$status" -ne 0 ]; then
    errors_first "$logs/build-$preset.log"
    fail "Build $preset" "it ended with exit code $status" "The whole log is $logs/build-$preset.log; when the machine ran out of memory: CMAKE_BUILD_PARALLEL_LEVEL=1"
fi
