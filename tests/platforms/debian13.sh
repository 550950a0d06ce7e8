#!/bin/bash
# Builds and runs the core suite on Debian 13 (Qt 6.8, gcc 14) in a root of its own below build/debian13: everything that needs
# neither the real Conductor server, nor a keyring, nor packages of npm and PyPI. As root; the root is kept for the next time.
#   debian13.sh [CTEST-ARGUMENT…]      DEBIAN_MIRROR: where to get Debian from, when not from debootstrap's default
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export COMPANION_LOGS=$PWD/build/logs
. installer/steps.sh

[ "$(id -u)" -eq 0 ] || fail "Debian 13" "only root can make a root" "Run: sudo $0 $*"
child installer/packages.sh install platforms
root=$PWD/build/debian13/root

if [ ! -d "$root" ]; then
    rm -rf "$root.new"
    mkdir -p "$root.new"
    step "Debian 13 root" "$COMPANION_LOGS/debian13-root.log" "Check the network; DEBIAN_MIRROR names another mirror" \
        debootstrap --variant=minbase trixie "$root.new" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
    mv "$root.new" "$root"
fi
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/hosts "$root/etc/hosts"
mkdir -p "$root/source"
find "$root/source" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tar -cf - -T - | tar -xf - -C "$root/source"

# In namespaces of its own: whatever happens, its mounts and its processes go with it.
unshare --mount --pid --fork --kill-child --propagation private bash -s -- "$root" "$@" <<'INSIDE'
set -euo pipefail
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 bash -euo pipefail -c '
    cd /source
    installer/packages.sh install build run test
    installer/build.sh dev
    grep -aE "Found Qt6|CXX compiler identification" build/logs/configure-dev.log || true
    dpkg-query -W -f "Qt \${Version}\n" libqt6core6t64
    ctest --preset dev -j2 --label-exclude "^(server|wire|conformance|peers|clients)$" "$@" 2>&1 | grep -vE "^ +Start +[0-9]+: "
    exit ${PIPESTATUS[0]}
' debian13 "$@" </dev/null
INSIDE
