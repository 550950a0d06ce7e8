#!/bin/bash
# Packages of this machine's distribution, by the groups of installer/packages/debian.txt (build, run, local, test, platforms):
#   packages.sh list GROUP…      the names
#   packages.sh missing GROUP…   those that are not installed
#   packages.sh install GROUP…   installs those, with sudo unless we are root; nothing happens when none is missing
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/steps.sh"
logs=${COMPANION_LOGS:-$here/../build/logs}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The entries of the groups, alternatives as they stand.
entries() {
    local group
    for group in "$@"; do
        grep -qE "^$group[[:space:]]" "$here/packages/debian.txt" || fail Packages "there is no group $group" "The groups are in installer/packages/debian.txt"
        awk -v group="$group" '$1 == group { print $2 }' "$here/packages/debian.txt"
    done
}

# Of one|other: the one that is installed, else the first that apt knows, else the first.
choose() {
    local name
    for name in ${1//|/ }; do
        installed "$name" && echo "$name" && return
    done
    for name in ${1//|/ }; do
        [ -n "$(apt-cache search --names-only "^$name\$" 2>/dev/null)" ] && echo "$name" && return
    done
    echo "${1%%|*}"
}

listed() { entries "$@" | while read -r entry; do choose "$entry"; done; }
missing() { listed "$@" | while read -r name; do installed "$name" || echo "$name"; done; }

apt() {
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -o Acquire::http::Timeout=60 -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 "$@"
}

install() {
    local lacking
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is no Debian or Ubuntu: install what these are called on your system, when the build misses it:"
        entries "$@" | paste -sd ' ' >&2
        return 0
    fi
    mapfile -t lacking < <(missing "$@")
    [ "${#lacking[@]}" -gt 0 ] || { say "✔ Packages (all there)"; return 0; }

    local line="apt-get update && apt-get install -y --no-install-recommends ${lacking[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail Packages "${#lacking[@]} are missing and only root can install them" "Run as root: $line"
        say "Installing ${#lacking[@]} packages with sudo: ${lacking[*]}"
        # Asked for here, where there is a terminal; the steps below have none.
        sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } || fail Packages "sudo is not allowed here" "Run as root: $line"
    fi
    step "Package lists" "$logs/apt-update.log" "Check the network, then run this again" apt update
    mapfile -t lacking < <(missing "$@") # which alternative there is shows only now
    step "${#lacking[@]} packages" "$logs/apt-install.log" "See $logs/apt-install.log; as root: apt-get install ${lacking[*]}" \
        apt install -y --no-install-recommends "${lacking[@]}"
}

[ $# -ge 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
verb=$1
shift
case $verb in
list) listed "$@" ;;
missing) missing "$@" ;;
install) install "$@" ;;
*) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
