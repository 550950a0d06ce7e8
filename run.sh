#!/bin/bash
# Builds Conductor Companion and starts it; run it as often as you like, what is there already is left alone.
#
# usage: ./run.sh [--build-only] [--demo] [--help]
#   --build-only  stop after the build; the programs are in build/release/bin/
#   --demo        start with a local Conductor server, sample workflows and workers that drive them
#   --help        this text
#
# What is missing is installed with apt (with sudo unless you are root). The Conductor server and, where the machine has none that
# is new enough, a Java are fetched into ~/.cache/conductor-companion. Logs of all steps are in build/logs/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export COMPANION_LOGS=$PWD/build/logs
. installer/steps.sh

build_only= demo=()
for argument in "$@"; do
    case $argument in
    --build-only) build_only=yes ;;
    --demo) demo=(--demo) ;;
    --help | -h) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) say "run.sh: unknown option $argument"; sed -n '4,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done

if [ -n "$build_only" ]; then
    child installer/packages.sh install build run
else
    child installer/packages.sh install build run local
fi
child installer/build.sh release
[ -z "$build_only" ] || { say "The programs are in build/release/bin/"; exit 0; }

if ! child installer/server-files.sh >/dev/null; then
    [ "${#demo[@]}" -eq 0 ] || exit 1
    say "The companion starts without a local Conductor server; connect it to one of your own."
fi

companion=build/release/bin/conductor-companion
[ -x "$companion" ] || fail Start "$companion was not built" "See build/logs/build-release.log"
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || say "There is no display: the companion starts without a window. Ctrl-C ends it."
exec "$companion" "${demo[@]}"
