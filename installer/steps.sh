# Steps that take a while: each shows its progress and its time, keeps its output in a log, and says what to do when it fails.
# Sourced by run.sh, test.sh and the scripts of installer/; bash. Everything for people goes to stderr.

STEP_DEADLINE=${STEP_DEADLINE:-}   # $SECONDS of the sourcing shell at which a running step is ended
STEP_TIMES=()                      # "TITLE TIME" of the steps that are done
STEP_TICK=                         # called several times a second while a step runs
step_group=                        # process group of the running step
step_child=                        # process of the running child

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

end_all() {
    end_step
    if [ -n "$step_child" ]; then
        kill -TERM "$step_child" 2>/dev/null
        wait "$step_child" 2>/dev/null
    fi
    exit "$1"
}
trap 'end_all 130' INT
trap 'end_all 143' TERM HUP

# child SCRIPT…: a script that has steps of its own; a signal that ends us ends it too.
child() {
    local status=0
    "$@" <&0 &
    step_child=$!
    wait "$step_child" || status=$?
    step_child=
    return "$status"
}

# in_group COMMAND…: runs the command in a process group of its own, so that all of it can be ended, and calls $STEP_TICK
# meanwhile. Its exit status; 124 when time ran out.
in_group() {
    local status=0
    set -m
    "$@" &
    step_group=$!
    set +m
    while kill -0 "$step_group" 2>/dev/null; do
        sleep 0.2
        [ -z "$STEP_TICK" ] || "$STEP_TICK"
        if [ -n "$STEP_DEADLINE" ] && [ "$SECONDS" -ge "$STEP_DEADLINE" ]; then
            end_step
            return 124
        fi
    done
    wait "$step_group" || status=$?
    step_group=
    return "$status"
}

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
    local step_title=$1 step_log=$2 step_began=$SECONDS step_shown=$SECONDS step_interval=30 status=0 took
    shift 2
    [ -t 2 ] && step_interval=1
    mkdir -p "$(dirname "$step_log")"
    STEP_TICK=tick in_group "$@" 3>&2 >"$step_log" 2>&1 </dev/null || status=$?
    [ -t 2 ] && printf '\r\033[K' >&2
    if [ "$status" -eq 0 ]; then
        took=$(clock $((SECONDS - step_began)))
        say "✔ $step_title ($took)"
        STEP_TIMES+=("$step_title $took")
    fi
    return "$status"
}

tick() { # of try_step, whose variables it sees; its output is the log, and stderr is 3
    [ $((SECONDS - step_shown)) -ge "$step_interval" ] || return 0
    step_shown=$SECONDS
    show_progress "$step_title" $((SECONDS - step_began)) "$("$STEP_LINE" "$step_log")" 2>&3
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
