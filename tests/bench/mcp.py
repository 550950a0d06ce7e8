#!/usr/bin/env python3
"""Measures conductor-mcp beside the same requests over bare HTTP and, where a Python 3.13 or later is found, beside the Python
conductor-mcp of PyPI, and prints all of it as one table.

usage: mcp.py BIN-DIRECTORY CONDUCTOR-URL [--host HOST-PROGRAM] [--python PYTHON] [--write FILE]

BIN-DIRECTORY holds conductor-mcp (a release build); CONDUCTOR-URL ends in /api; HOST-PROGRAM is the companion's host without its
window, for the figures through the companion; FILE gets the table as a page (docs/benchmarks.md). Exits with 1 where a size is over
its budget or a tool's calls take over 500 ms on average: machines are noisy, so other times are printed and not judged.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from subjects import INITIALIZE, INITIALIZED, LIST, Bare, Subject, line, newer_python, python_server

SOURCES = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = SOURCES / "resources/samples"
IN_FLIGHT = 16
RUNS = 25  # executions that the server knows
FAILS_OVER, ALERT_OVER = 500, 2000  # ms a call on average
WITHOUT = "bare HTTP"
BUDGET = "budget"
STATUS = "status of a 22-agent run"

failures = []
table = {}  # figure → column → words


def note(figure, column, words):
    table.setdefault(figure, {})[column] = words
    print(f"   {figure}, {column}: {words}", flush=True)


def budget(figure, value, limit, unit):
    """The value in words; the budget goes into a column of its own."""
    table.setdefault(figure, {})[BUDGET] = f"{limit} {unit}"
    if value > limit:
        failures.append(f"{figure}: {value:.1f} {unit}, the budget is {limit} {unit}")
    return f"{value:.1f} {unit}"


def percentiles(times):
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.99) - 1]


def timed(deed):
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def prepare(bare):
    """Gives the server a swarm and some runs of it; the id of one."""
    definition = json.loads((SAMPLES / "swarm22.definition.json").read_text())
    definition["name"] = "bench_swarm"
    bare.request("PUT", "/metadata/workflow", [definition])
    bare.request("POST", "/metadata/taskdefs", json.loads((SAMPLES / "swarm22.taskdefs.json").read_text()))
    start = {"name": "bench_swarm", "input": {"goal": "measure"}}
    return [bare.request("POST", "/workflow", start).decode() for _ in range(RUNS)][-1]


def questions(run):
    """What is asked, of each in its own way: what for, our call, the Python server's, the requests without a server."""
    return [
        (STATUS, ("conductor_get_workflow_status", {"workflow_id": run}), ("workflow_get_workflow_by_id", {"workflow_id": run}),
         [f"/workflow/{run}?includeTasks=true"]),
        (f"search, {RUNS} runs", ("conductor_search_workflows", {"limit": RUNS}), ("workflow_query_workflow_executions", {"query": "status IN (RUNNING)"}),
         [f"/workflow/search?freeText=*&start=0&size={RUNS}&sort=startTime:DESC"]),
        ("the workflows there are", ("conductor_list_workflows", {}), ("workflow_get_all_workflows", {}), ["/metadata/workflow/names-and-versions"]),
        ("the task definitions", ("conductor_get_task_definition", {}), ("task_get_all_task_definitions", {}), ["/metadata/taskdefs"]),
        ("task queues", ("conductor_get_task_queue_size", {"task_types": ["agent_task"]}), ("task_get_task_queue_details", {}),
         ["/tasks/queue/sizes?taskType=agent_task", "/tasks/queue/polldata?taskType=agent_task"]),
    ]


def measure_start(subject):
    def start():
        session = subject.session()
        session.send(INITIALIZE, INITIALIZED, LIST)
        session.receive()
        session.receive()
        sessions.append(session)

    times = []
    for _ in range(subject.starts):
        sessions = []
        times.append(timed(start))
        sessions[0].end()
    note("start → tools/list, median", subject.name, f"{statistics.median(times):.1f} ms")


def measure_list(session, subject):
    session.send(LIST)
    answer = session.receive()
    tools = json.loads(answer)["result"]["tools"]
    seen = sum(len(line({key: tool.get(key) for key in ("name", "description", "inputSchema")})) - 1 for tool in tools)
    note("tools", subject.name, str(len(tools)))
    sizes = {"tools/list": (len(answer), 16), "what a model sees of the tools": (seen, 10)}
    for figure, (size, limit) in sizes.items():
        words = budget(figure, size / 1024, limit, "KiB") if subject.name == "ours" else f"{size / 1024:.1f} KiB"
        note(figure, subject.name, f"{words} ≈ {size // 4} tokens")
    if subject.name == "ours":
        lengths = [len(tool["description"]) for tool in tools]
        for figure, value, limit in (("longest description", max(lengths), 400), ("descriptions on average", statistics.mean(lengths), 200)):
            note(figure, subject.name, budget(figure, value, limit, "characters"))


def measure_call(session, subject, bare, what, call, paths):
    answer = session.call(*call)  # and what is done once is done
    if json.loads(answer).get("result", {"isError": True}).get("isError"):
        sys.exit(f"{what}, {subject.name}: {answer.decode()[:500]}")
    size = len(answer)
    ours, theirs = [], []
    for _ in range(subject.calls):  # one by the other, so that both meet the same noise
        theirs.append(timed(lambda: [bare.get(path) for path in paths]))
        ours.append(timed(lambda: session.call(*call)))
    (p50, p99), (bare50, bare99) = percentiles(ours), percentiles(theirs)
    note(f"{what}, p50 / p99", subject.name, f"{p50:.2f} / {p99:.2f} ms")
    if WITHOUT not in table[f"{what}, p50 / p99"]:
        note(f"{what}, p50 / p99", WITHOUT, f"{bare50:.2f} / {bare99:.2f} ms")
        note(f"{what}, answer", WITHOUT, f"{sum(len(bare.get(path)) for path in paths)} B")
    note(f"{what}, answer", subject.name, f"{size} B ≈ {size // 4} tokens")
    if what == STATUS and subject.name != "Python":
        budget(f"{what}, answer", size / 1024, 3, "KiB")
    mean = statistics.mean(ours)
    if mean > ALERT_OVER:
        print(f"ALERT: {what}, {subject.name}: {mean:.0f} ms on average", flush=True)
    if subject.name != "Python" and mean > FAILS_OVER:
        failures.append(f"{what}, {subject.name}: {mean:.0f} ms on average, the budget is {FAILS_OVER} ms")


def rate(session, subject, call, in_flight):
    """Calls a second with so many on their way at once."""
    began = time.perf_counter()
    session.send(*(session.request(*call) for _ in range(in_flight)))
    for _ in range(subject.burst - in_flight):
        session.receive()
        session.send(session.request(*call))
    for _ in range(in_flight):
        session.receive()
    return subject.burst / (time.perf_counter() - began)


def bare_rate(bare, path, times, in_flight):
    """The same for a request without a server, each of those on their way over a connection of its own."""
    own = threading.local()

    def get(_):
        if not hasattr(own, "bare"):
            own.bare = Bare(bare.url)
        own.bare.get(path)

    with concurrent.futures.ThreadPoolExecutor(in_flight) as pool:
        list(pool.map(get, range(in_flight)))  # the connections are made
        began = time.perf_counter()
        list(pool.map(get, range(times)))
        return times / (time.perf_counter() - began)


def measure_rates(session, subject, bare, quick, status, path):
    for in_flight in (1, IN_FLIGHT):
        note(f"calls a second, {in_flight} in flight", subject.name, f"{rate(session, subject, quick, in_flight):.0f} /s")
    figure = f"{STATUS}, a second, {IN_FLIGHT} in flight"
    note(figure, subject.name, f"{rate(session, subject, status, IN_FLIGHT):.0f} /s")
    if WITHOUT not in table[figure]:
        note(figure, WITHOUT, f"{bare_rate(bare, path, subject.burst, IN_FLIGHT):.0f} /s")


def measure(subject, bare, run):
    measure_start(subject)
    session = subject.session().begin()
    measure_list(session, subject)
    mine = 1 if subject.name == "Python" else 0
    session.call(*questions(run)[-1][1 + mine])  # the Python server's first call fails
    for what, *calls, paths in questions(run):
        measure_call(session, subject, bare, what, calls[mine], paths)
    quick, status = questions(run)[-1], questions(run)[0]
    measure_rates(session, subject, bare, quick[1 + mine], status[1 + mine], status[3][0])
    if subject.name != "ours, through the companion":  # there it is the door's
        figure, memory = "memory of its own after all of this", session.memory_mib("Private_Dirty")
        note(figure, subject.name, budget(figure, memory, 8, "MiB") if subject.name == "ours" else f"{memory:.1f} MiB")
        note("memory with its part of what is shared (PSS)", subject.name, f"{session.memory_mib('Pss'):.1f} MiB")
    session.end()


def start_host(host, environment):
    process = subprocess.Popen([host], stdout=subprocess.PIPE, env=environment)
    while process.stdout.readline().strip() != b"ready":
        if process.poll() is not None:
            sys.exit("the host program did not start")
    threading.Thread(target=process.stdout.read, daemon=True).start()  # it tells each call, and stands still when nobody reads
    return process


def markdown(columns):
    rows = [["", *columns], ["---"] + ["---:"] * len(columns)]
    rows += [[figure, *(cells.get(column, "–") for column in columns)] for figure, cells in table.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def page(columns):
    described = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((entry.partition(":")[2].strip() for entry in described if entry.startswith("model name")), platform.machine())
    return (pathlib.Path(__file__).with_name("benchmarks.md.in").read_text()
            .replace("@machine@", f"{time.strftime('%B %Y')} on {os.cpu_count()} cores ({model})")
            .replace("@load@", f"{os.getloadavg()[2]:.1f}").replace("@table@", markdown(columns)))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("bin")
    parser.add_argument("url")
    parser.add_argument("--host")
    parser.add_argument("--python")
    parser.add_argument("--write")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.bin) / "conductor-mcp")

    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "USER": "bench", "CONDUCTOR_COMPANION_SOCKET": home + "/run/companion.sock"}
        profiles = pathlib.Path(home, ".config/conductor-companion/profiles.json")
        profiles.parent.mkdir(parents=True)
        profiles.write_text(json.dumps({"version": 1, "default": "b1", "profiles": [{"id": "b1", "name": "bench", "url": arguments.url}]}))
        bare = Bare(arguments.url)
        run = prepare(bare)
        subjects = [Subject("ours", [program], dict(environment, CONDUCTOR_SERVER_URL=arguments.url))]
        if arguments.host:
            subjects.append(Subject("ours, through the companion", [program, "--profile", "bench"], environment))
        if python := newer_python(arguments.python):
            subjects.append(python_server(python, SOURCES / "build/bench-python", environment, arguments.url))
        else:
            print("   The Python server is not measured: there is no Python 3.13 or later with pip; --python names one")
        host = start_host(arguments.host, environment) if arguments.host else None
        try:
            for subject in subjects:
                measure(subject, bare, run)
        finally:
            if host:
                host.terminate()
                host.wait(10)
    columns = [subjects[0].name, BUDGET, WITHOUT, *(subject.name for subject in subjects[1:])]
    print(markdown(columns))
    if arguments.write:
        pathlib.Path(arguments.write).write_text(page(columns))
    for failure in failures:
        print(f"over its budget: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
