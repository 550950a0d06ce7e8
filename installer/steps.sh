# Steps that take a while: each shows its progress and its time, keeps its output in a log, and says what to do when it fails.
# Sourced by run.sh, test.sh and the scripts of installer/; bash. Everything for people goes to stderr.

STEP_DEADLINE=${STEP_DEADLINE:-}   # $SECONDS of the sourcing shell at which a running step is ended
STEP_TIMES=()                      # "TITLE TIME" of the steps that are done
step_group=                        # process group of the running step

say() { printf '%s\n' "$*" >&2; }

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# Error texts of package managers hold addresses of mirrors, which may hold a password and say nothing to a reader.
without_addresses() { sed -E 's#[a-z+]+://[^/[:space:])"]+#…#g' "$@"; }

# fail STEP REASON ADVICE: the three things a person needs; ends the script.
fail() {
    say "✘ $1: $2"
    [ -z "${3:-}" ] || say "  $3"
    exit 1
}

# What a running step says of itself: the last line of its log. A step with something better sets STEP_LINE to a function.
last_line() { tail -c 2000 "$1" 2>/dev/null | tr '\r' '\n' | grep -a '[^[:space:]]' | tail -n 1 | without_addresses; }
STEP_LINE=last_line

end_step() {
    [ -n "$step_group" ] || return 0
    kill -TERM -- "-$step_group" 2>/dev/null
    for _ in $(seq 50); do
        kill -0 -- "-$step_group" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL -- "-$step_group" 2>/dev/null
    step_group=
}
trap 'end_step; exit 130' INT
trap 'end_step; exit 143' TERM HUP

show_progress() { # TITLE SECONDS LINE
    if [ -t 2 ]; then
        local width=$((${COLUMNS:-$(tput cols 2>/dev/null || echo 80)} - 1))
        printf '\r\033[K%.*s' "$width" "  $1 $(clock "$2")  $3" >&2
    else
        say "  $1 $(clock "$2")  ${3:0:110}"
    fi
}

# try_step TITLE LOG COMMAND…: runs the command with its output in the log; its exit status, 124 when time ran out. A terminal
# sees the progress every second, a log file a line every half minute.
try_step() {
    local title=$1 log=$2 started=$SECONDS shown=$SECONDS interval=30 status=0
    shift 2
    [ -t 2 ] && interval=1
    mkdir -p "$(dirname "$log")"
    set -m # a process group of its own, so that all of it can be ended
    "$@" >"$log" 2>&1 </dev/null &
    step_group=$!
    set +m
    while kill -0 "$step_group" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - shown)) -ge "$interval" ]; then
            shown=$SECONDS
            show_progress "$title" $((SECONDS - started)) "$("$STEP_LINE" "$log")"
        fi
        if [ -n "$STEP_DEADLINE" ] && [ "$SECONDS" -ge "$STEP_DEADLINE" ]; then
            end_step
            status=124
            break
        fi
    done
    if [ -n "$step_group" ]; then
        wait "$step_group" || status=$?
        step_group=
    fi
    [ -t 2 ] && printf '\r\033[K' >&2
    if [ "$status" -eq 0 ]; then
        say "✔ $title ($(clock $((SECONDS - started))))"
        STEP_TIMES+=("$title $(clock $((SECONDS - started)))")
    fi
    return "$status"
}

# step TITLE LOG ADVICE COMMAND…: as try_step, but a failure shows the end of the log and ends the script.
step() {
    local title=$1 log=$2 advice=$3 status=0
    shift 3
    try_step "$title" "$log" "$@" || status=$?
    [ "$status" -ne 0 ] || return 0
    say "--- the end of $log"
    tail -n 30 "$log" | tr '\r' '\n' | without_addresses | cut -c1-200 >&2
    say "---"
    if [ "$status" -eq 124 ]; then
        fail "$title" "it took too long and was ended" "$advice"
    fi
    fail "$title" "it ended with exit code $status" "$advice"
}
