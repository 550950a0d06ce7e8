#!/bin/sh
# Runs a program in a session of its own with a real gnome-keyring, and ends with it everything that was started:
#   keyring.sh STATE PROGRAM [ARGUMENT…]
# STATE   unlocked   the login keyring is open
#         locked     it holds one entry and is locked; there is no display for a prompt
#         prompting  the same with a display: the prompt opens and nobody answers
#         frozen     unlocked, then its program was stopped (SIGSTOP)
#         fresh      the bus can start a keyring, but none was ever made
#         absent     a session bus without any keychain
#         nobus      no session bus
# The session lies as systemd lays it: bus and keyring in /run/user/UID, where a program with an empty environment finds them.
# So that the real one is neither seen nor touched, /run/user is a file system of this script's mount namespace. Where there
# are no namespaces (some containers), root makes /run/user/UID itself and removes it; whoever has one there already is refused.
# To the program: KEYRING_STATE, KEYRING_PID, KEYRING_PASSWORD, KEYRING_ENTRY (its name) and KEYRING_VALUE.
set -eu

state() { # state STATE PROGRAM…: outside of everything
    if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
        exec unshare --mount "$0" --mounted "$@"
    elif unshare --map-root-user --mount true 2>/dev/null; then
        exec unshare --map-root-user --mount "$0" --mounted "$@"
    fi
    run=/run/user/$(id -u)
    mkdir "$run" 2>/dev/null || { echo "keyring.sh: no mount namespaces here, and $run is there already or cannot be made" >&2; exit 99; }
    chmod 700 "$run"
    trap 'rm -rf "$run"' EXIT
    trap 'exit 99' INT TERM HUP
    "$0" --bus "$@"
}

mounted() { # within the namespace
    mkdir -p /run/user
    mount -t tmpfs -o mode=755 tmpfs /run/user
    mkdir -m 700 "/run/user/$(id -u)"
    exec "$0" --bus "$@"
}

bus() {
    XDG_RUNTIME_DIR=/run/user/$(id -u)
    export XDG_RUNTIME_DIR
    unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
    KEYRING_STATE=$1 KEYRING_PASSWORD=test-password KEYRING_ENTRY=p1/access-key
    KEYRING_VALUE='{"keyId":"kept","keySecret":"kept-secret","server":"http://127.0.0.1:80"}'
    export KEYRING_STATE KEYRING_PASSWORD KEYRING_ENTRY KEYRING_VALUE
    if [ "$1" = nobus ]; then
        shift
        exec "$@"
    fi
    services='<standard_session_servicedirs/>'
    [ "$1" = absent ] && services=
    cat >"$XDG_RUNTIME_DIR/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$XDG_RUNTIME_DIR/bus</listen>
  $services
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
END
    exec dbus-run-session --config-file="$XDG_RUNTIME_DIR/bus.conf" -- "$0" --session "$@"
}

wait_for() { # wait_for WHAT COMMAND…: until the command succeeds
    what=$1 tries=0
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { echo "keyring.sh: $what did not come within 10 s" >&2; exit 99; }
        sleep 0.05
    done
}

has_keyring() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true
}

start_keyring() {
    printf %s "$KEYRING_PASSWORD" >"$XDG_RUNTIME_DIR/password"
    gnome-keyring-daemon --foreground --unlock --components=secrets <"$XDG_RUNTIME_DIR/password" >/dev/null 2>&1 &
    KEYRING_PID=$!
    export KEYRING_PID
    wait_for "the keyring" has_keyring
    rm "$XDG_RUNTIME_DIR/password"
}

lock_keyring() {
    printf %s "$KEYRING_VALUE" | secret-tool store --label=test user "$KEYRING_ENTRY" server conductor-companion type plaintext
    dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock \
        array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
}

start_display() {
    Xvfb -displayfd 3 -nolisten tcp -screen 0 800x600x24 3>"$XDG_RUNTIME_DIR/display" >/dev/null 2>&1 &
    XVFB_PID=$!
    wait_for "the display" test -s "$XDG_RUNTIME_DIR/display"
    DISPLAY=:$(cat "$XDG_RUNTIME_DIR/display") NO_AT_BRIDGE=1 GTK_A11Y=none
    export DISPLAY NO_AT_BRIDGE GTK_A11Y
    dbus-update-activation-environment DISPLAY NO_AT_BRIDGE GTK_A11Y
}

end_all() {
    for pid in ${KEYRING_PID:-} ${XVFB_PID:-}; do
        kill -KILL "$pid" 2>/dev/null || true # also when it is stopped
    done
}

session() { # within the bus
    trap end_all EXIT
    trap 'exit 99' INT TERM HUP
    case $1 in
    fresh | absent) ;;
    unlocked) start_keyring ;;
    locked) start_keyring && lock_keyring ;;
    prompting) start_keyring && lock_keyring && start_display ;;
    frozen) start_keyring && kill -STOP "$KEYRING_PID" ;;
    *) echo "keyring.sh: no state $1" >&2 && exit 99 ;;
    esac
    shift
    "$@"
}

case $1 in
--mounted | --bus | --session)
    stage=${1#--}
    shift
    "$stage" "$@"
    ;;
*) state "$@" ;;
esac
