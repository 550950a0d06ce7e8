#!/bin/sh
# Runs a program in a HOME of its own, emptied first, so that no test sees the user's files or another test's:
#   isolated.sh HOME-DIRECTORY PROGRAM [ARGUMENT…]
# With CONDUCTOR_FIXTURE, the directory of a started conductor_fixture.py, the program finds that server in CONDUCTOR_TEST_URL,
# and what it runs on in CONDUCTOR_TEST_JAR and CONDUCTOR_TEST_JAVA.
set -eu
home=$1
shift
rm -rf "$home"
mkdir -p "$home/run"
chmod 700 "$home" "$home/run"
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME DBUS_SESSION_BUS_ADDRESS
unset CONDUCTOR_CONFIG_PATH CONDUCTOR_SERVER_URL CONDUCTOR_AUTH_KEY CONDUCTOR_AUTH_SECRET
if [ -n "${CONDUCTOR_FIXTURE:-}" ]; then
    CONDUCTOR_TEST_URL=$(cat "$CONDUCTOR_FIXTURE/url")
    CONDUCTOR_TEST_JAR=$(cat "$CONDUCTOR_FIXTURE/jar")
    CONDUCTOR_TEST_JAVA=$(cat "$CONDUCTOR_FIXTURE/java")
    export CONDUCTOR_TEST_URL CONDUCTOR_TEST_JAR CONDUCTOR_TEST_JAVA
fi
HOME=$home XDG_RUNTIME_DIR=$home/run CONDUCTOR_COMPANION_SOCKET=$home/run/companion.sock exec "$@"
