#!/bin/sh
# Runs a program on a display of its own, with a window manager and a panel that has a tray, and ends them after it:
#   xvfb.sh PROGRAM [ARGUMENT…]
# XVFB_TRAY=no leaves the panel out; the program can start one itself: tint2 with the file named by XVFB_PANEL.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
started=
finish() {
    for pid in $started; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in $started; do
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 143' TERM INT HUP

mkfifo "$scratch/display"
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>"$scratch/display" 2>"$scratch/xvfb.log" &
started=$!
read -r number < "$scratch/display" || { echo "xvfb.sh: Xvfb does not start:" >&2; cat "$scratch/xvfb.log" >&2; exit 1; }
export DISPLAY=":$number" QT_QPA_PLATFORM=xcb

openbox >"$scratch/openbox.log" 2>&1 &
started="$started $!"
export XVFB_PANEL="$here/panel.tint2rc"
if [ "${XVFB_TRAY:-yes}" = yes ]; then
    tint2 -c "$XVFB_PANEL" >"$scratch/tint2.log" 2>&1 &
    started="$started $!"
fi

status=0
"$@" || status=$?
exit $status
