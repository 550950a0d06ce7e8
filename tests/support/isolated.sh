#!/bin/sh
# Runs a program in a HOME of its own, emptied first, so that no test sees the user's files or another test's:
#   isolated.sh HOME-DIRECTORY PROGRAM [ARGUMENT…]
set -eu
home=$1
shift
rm -rf "$home"
mkdir -p "$home/run"
chmod 700 "$home" "$home/run"
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME DBUS_SESSION_BUS_ADDRESS
unset CONDUCTOR_CONFIG_PATH CONDUCTOR_SERVER_URL CONDUCTOR_AUTH_KEY CONDUCTOR_AUTH_SECRET
HOME=$home XDG_RUNTIME_DIR=$home/run CONDUCTOR_COMPANION_SOCKET=$home/run/companion.sock exec "$@"
