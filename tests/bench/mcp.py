#!/usr/bin/env python3
"""Measures conductor-mcp beside the same requests over bare HTTP, and prints both as a table.

usage: mcp.py BIN-DIRECTORY CONDUCTOR-URL [--host HOST-PROGRAM]

BIN-DIRECTORY holds conductor-mcp (a release build); CONDUCTOR-URL ends in /api; HOST-PROGRAM is the companion's host without its
window, for the figures through the bridge. Exits with 1 where a size is over its budget, or where a tool's calls take more than
500 ms on average: machines are noisy, so other times are printed and not judged.
"""
import argparse
import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

RUNS_OF_START = 30
CALLS = 200
MIXED_CALLS = 1000
IN_FLIGHT = 16

INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}

failures = []


def line(message):
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def budget(what, value, limit, unit):
    state = "ok" if value <= limit else "OVER"
    print(f"{what:<58}{value:>10.1f} {unit:<6} budget {limit} {unit}  {state}")
    if value > limit:
        failures.append(what)


class Server:
    """A conductor-mcp process and its client's side."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
        self.last = 10

    def send(self, *messages):
        self.process.stdin.write(b"".join(line(message) for message in messages))
        self.process.stdin.flush()

    def receive(self):
        return json.loads(self.process.stdout.readline())

    def begin(self):
        self.send(INITIALIZE, INITIALIZED)
        self.receive()

    def request(self, tool, arguments):
        self.last += 1
        return {"jsonrpc": "2.0", "id": self.last, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}

    def call(self, tool, arguments):
        self.send(self.request(tool, arguments))
        return self.receive()["result"]

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)


def time_starts(command, environment):
    times = []
    for _ in range(RUNS_OF_START):
        begin = time.perf_counter()
        server = Server(command, environment)
        server.send(INITIALIZE, INITIALIZED, LIST)
        server.receive()
        server.receive()
        times.append((time.perf_counter() - begin) * 1000)
        server.end()
    return times


def timed(call):
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def percentiles(times):
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.99) - 1]


def pss_kib(pid):
    for entry in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if entry.startswith("Pss:"):
            return int(entry.split()[1])
    return 0


class Bare:
    """The same requests over one kept-alive connection, without us."""

    def __init__(self, url):
        self.parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(self.parts.hostname, self.parts.port)

    def get(self, path):
        for attempt in (1, 2):  # the server ends a connection after a hundred requests
            try:
                self.connection.request("GET", self.parts.path + path)
                return self.connection.getresponse().read()
            except (http.client.RemoteDisconnected, ConnectionError):
                if attempt == 2:
                    raise
                self.connection.close()


def measure_starts(arguments, program, environment, bridged):
    ways = {"start to tools/list, alone": ([program, "--local_dev"], environment)}
    if bridged:
        ways["start to tools/list, through the companion"] = ([program, "--profile", "bench"], bridged)
    for what, (command, env) in ways.items():
        p50, _ = percentiles(time_starts(command, env))
        print(f"{what:<58}{p50:>10.1f} ms     median of {RUNS_OF_START}")


def measure_sizes(program, environment):
    server = Server([program, "--local_dev"], environment)
    server.begin()
    server.send(LIST)
    answer = server.receive()
    server.end()
    tools = answer["result"]["tools"]
    seen = sum(len(json.dumps({key: tool[key] for key in ("name", "description", "inputSchema")}, separators=(",", ":"), ensure_ascii=False).encode()) for tool in tools)
    budget("tools/list", len(line(answer)) / 1024, 16, "KiB")
    budget("what a model sees of the tools", seen / 1024, 10, "KiB")
    budget("longest description", max(len(tool["description"]) for tool in tools), 400, "chars")
    budget("descriptions on average", statistics.mean(len(tool["description"]) for tool in tools), 200, "chars")


def measure_calls(server, bare, name):
    pairs = [
        ("conductor_get_task_queue_size", {"task_types": ["bench_queue"]}, ["/tasks/queue/sizes?taskType=bench_queue", "/tasks/queue/polldata?taskType=bench_queue"]),
        ("conductor_search_workflows", {"limit": 20}, ["/workflow/search?freeText=*&start=0&size=20&sort=startTime:DESC"]),
        ("conductor_list_workflows", {}, ["/metadata/workflow/names-and-versions"]),
        ("conductor_get_task_definition", {}, ["/metadata/taskdefs"]),
        ("conductor_get_workflow_metrics", {"since": "1h"}, ["/workflow/search?freeText=*&start=0&size=1000&sort=startTime:DESC"]),
    ]
    for tool, arguments, paths in pairs:
        ours, theirs = [], []
        for _ in range(CALLS):  # one by the other, so that both meet the same noise
            theirs.append(timed(lambda: [bare.get(path) for path in paths]))
            ours.append(timed(lambda: server.call(tool, arguments)))
        (p50, p99), (bare50, bare99) = percentiles(ours), percentiles(theirs)
        print(f"{tool + name:<58}{p50:>10.2f} ms     p99 {p99:.2f}, bare HTTP {bare50:.2f} / {bare99:.2f}, over it {p50 - bare50:+.2f}")
        if statistics.mean(ours) > 500:
            failures.append(f"{tool} averages over 500 ms")


def measure_rate(server):
    arguments = {"task_types": ["bench_queue"]}
    for in_flight in (1, IN_FLIGHT):
        begin = time.perf_counter()
        server.send(*(server.request("conductor_get_task_queue_size", arguments) for _ in range(in_flight)))
        for _ in range(MIXED_CALLS - in_flight):
            server.receive()
            server.send(server.request("conductor_get_task_queue_size", arguments))
        for _ in range(in_flight):
            server.receive()
        print(f"{f'calls a second, {in_flight} in flight':<58}{MIXED_CALLS / (time.perf_counter() - begin):>10.0f} /s")


def start_host(host, environment):
    process = subprocess.Popen([host], stdout=subprocess.PIPE, env=environment)
    while process.stdout.readline().strip() != b"ready":
        if process.poll() is not None:
            sys.exit("the host program did not start")
    return process


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("url")
    parser.add_argument("--host")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.bin) / "conductor-mcp")

    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "USER": "bench", "CONDUCTOR_COMPANION_SOCKET": home + "/run/companion.sock"}
        direct = dict(environment, CONDUCTOR_SERVER_URL=arguments.url)
        profiles = pathlib.Path(home, ".config/conductor-companion/profiles.json")
        profiles.parent.mkdir(parents=True)
        profiles.write_text(json.dumps({"version": 1, "default": "b1", "profiles": [{"id": "b1", "name": "bench", "url": arguments.url}]}))
        host = start_host(arguments.host, environment) if arguments.host else None
        try:
            measure_sizes(program, direct)
            measure_starts(arguments, program, direct, environment if host else None)
            server = Server([program], direct)
            server.begin()
            measure_calls(server, Bare(arguments.url), "")
            measure_rate(server)
            print(f"{'PSS of the server after all of these calls':<58}{pss_kib(server.process.pid) / 1024:>10.1f} MiB    budget 15 MiB")
            server.end()
            if host:
                bridged = Server([program, "--profile", "bench"], environment)
                bridged.begin()
                measure_calls(bridged, Bare(arguments.url), ", bridged")
                bridged.end()
        finally:
            if host:
                host.terminate()
                host.wait()
    for failure in failures:
        print(f"over its budget: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
