#!/usr/bin/env python3
"""Time from exec to the first paint of the companion's window, and its memory a second later. Run it on a display:

    tests/support/xvfb.sh tests/bench/firstpaint.py build/release/bin/conductor-companion [RUNS]
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

PAINT_BUDGET_MS = 400
MEMORY_BUDGET_MIB = 90


def pss_mib(pid):
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        return int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M).group(1)) / 1024


def measure(program):
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")))
        begin = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        process = subprocess.Popen([program, "--print-first-paint"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
        try:
            painted = int(process.stdout.readline())
            time.sleep(1)
            return (painted - begin) / 1e6, pss_mib(process.pid)
        finally:
            process.terminate()
            process.wait()


def main():
    program = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    results = [measure(program) for _ in range(runs)]
    paint = statistics.median(paint for paint, _ in results)
    memory = statistics.median(memory for _, memory in results)
    print(f"exec to first paint: median {paint:.0f} ms, worst {max(p for p, _ in results):.0f} ms (budget {PAINT_BUDGET_MS} ms)")
    print(f"memory (PSS) a second later: median {memory:.1f} MiB (budget {MEMORY_BUDGET_MIB} MiB)")
    return 0 if paint <= PAINT_BUDGET_MS and memory <= MEMORY_BUDGET_MIB else 1


if __name__ == "__main__":
    sys.exit(main())
