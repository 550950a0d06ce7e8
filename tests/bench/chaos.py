#!/usr/bin/env python3
"""Calls tools over HTTP, 16 clients of both eras at once, while the real Conductor is stopped and started three times. Fails unless
every call was answered, right or, while the server was away, with an error that says what happened; memory stayed flat; the audit
has one row for each call and its chain holds.

usage: chaos.py BIN-DIRECTORY [--calls N] [--stops N] [--growth MIB]

Short, as the test suite runs it: --calls 1500 --stops 1. Two minutes in full on a machine that is idle.
"""
import argparse
import collections
import http.client
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import conductor_fixture as fixture  # noqa: E402

CLIENTS = 16
ANSWERED_WITHIN = 60     # seconds, of any call
IDLE = 30                # seconds; then a client opens another connection, before the server ends this one
AWAY_AFTER = 10          # seconds behind a start in which a call may still have failed for it
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "chaos modern", "version": "1"}}
NAME = "chaos_sum"
DEFINITION = {"name": NAME, "version": 1, "inputParameters": ["n"], "outputParameters": {"twice": "${s.output.result}"},
              "tasks": [{"name": "s", "taskReferenceName": "s", "type": "INLINE",
                         "inputParameters": {"evaluatorType": "graaljs", "expression": "$.n * 2", "n": "${workflow.input.n}"}}]}


class Conductor:
    """The real server on one port and one database, however often it is started."""

    def __init__(self, directory):
        self.directory, self.port, self.process = directory, fixture.free_port(), None
        self.jar, self.java = fixture.server_files()
        self.away = []  # [from, until], of time.monotonic()

    def start(self):
        pins = json.loads((fixture.SOURCES / "resources/server/conductor-server.json").read_text())
        (self.directory / "tmp").mkdir(exist_ok=True)
        ourselves = fixture.os.getpid()
        with open(self.directory / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                [self.java, *pins["java"]["options"], f"-Duser.home={self.directory}", f"-Djava.io.tmpdir={self.directory}/tmp", "-jar", self.jar,
                 *pins["server"]["options"], f"--server.port={self.port}", "--server.address=127.0.0.1", "--server.server-header=chaos"],
                cwd=self.directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=lambda: fixture.die_with(ourselves))
        deadline = time.monotonic() + fixture.READY_WITHIN
        while not fixture.answers(self.port, "chaos"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("the Conductor server did not start:\n" + "\n".join((self.directory / "server.log").read_text(errors="replace").splitlines()[-20:]))
            time.sleep(0.1)
        if self.away:
            self.away[-1][1] = time.monotonic() + AWAY_AFTER

    def stop(self, how):
        self.away.append([time.monotonic(), float("inf")])
        self.process.send_signal(how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)

    def was_away(self, begin, end):
        return any(begin < until and end > since for since, until in self.away)


class Client:
    """One connection of an MCP client, by handshake or of the modern era."""

    def __init__(self, port, modern):
        self.modern, self.session, self.last, self.used = modern, None, 0, time.monotonic()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERED_WITHIN)
        if not modern:
            self.post("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "chaos", "version": "1"}})
            self.post("notifications/initialized", {}, is_request=False)

    def post(self, method, params, is_request=True):
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if self.modern:
            message["params"] = {**params, "_meta": META}
            headers |= {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method, "Mcp-Name": params.get("name", "")}
        elif self.session:
            headers |= {"MCP-Protocol-Version": "2025-11-25", "Mcp-Session-Id": self.session}
        if is_request:
            self.last += 1
            message["id"] = self.last
        if time.monotonic() - self.used > IDLE:
            self.connection.close()
        self.connection.request("POST", "/mcp", json.dumps(message), headers)
        answer = self.connection.getresponse()
        body = answer.read()
        self.used = time.monotonic()
        self.session = self.session or answer.headers.get("Mcp-Session-Id")
        if not is_request:
            return None
        events = [piece[5:] for piece in body.decode().splitlines() if piece.startswith("data:")] if answer.headers.get_content_type() == "text/event-stream" else [body]
        for text in events:
            if text.strip() and (told := json.loads(text)).get("id") == self.last:
                return told
        raise ValueError(f"status {answer.status} without an answer: {body[:300]}")

    def call(self, tool, arguments):
        return self.post("tools/call", {"name": tool, "arguments": arguments})


def mixture():
    """Endless: a tool, its arguments, and what holds of the text of a right answer; `run` is an execution that is known."""
    def once(n, run):
        yield "conductor_execute_workflow", {"name": NAME, "input": {"n": n}}, lambda text, data: len(data.get("workflow_id", "")) > 10
        yield "conductor_get_task_queue_size", {"task_types": ["chaos_queue"]}, lambda text, data: "chaos_queue" in text
        yield "conductor_get_workflow_status", {"workflow_ids": [run]}, lambda text, data: run in text and NAME in text
        yield "conductor_search_workflows", {"query": f"type:{NAME}", "limit": 5}, lambda text, data: NAME in text and len(data["executions"]) == 5
        yield "conductor_list_workflows", {"filter": "chaos"}, lambda text, data: data["total"] == 1
        yield "conductor_get_workflow_metadata", {"name": NAME}, lambda text, data: data["version"] == 1
        yield "conductor_create_workflow", {"definition": DEFINITION, "check_only": True}, lambda text, data: "no difference" in text
        yield "conductor_get_task_queue_size", {"task_types": ["chaos_queue", "other"]}, lambda text, data: "other" in text
        yield "conductor_search_workflows", {"query": "status:DONE"}, None  # refused whether the server is there or not
        yield "conductor_get_workflow_status", {"workflow_ids": ["no-such-id"]}, None
    n = 0
    while True:
        n += 1
        yield lambda run, n=n: once(n, run)


class Chaos:
    def __init__(self, arguments, conductor, http_port, run):
        self.arguments, self.conductor, self.port, self.run = arguments, conductor, http_port, run
        self.permits = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.done, self.wrong, self.errors, self.kinds = 0, [], 0, collections.Counter()
        self.left = arguments.calls

    def allow(self, count):
        count = min(count, self.left)
        if count > 0:
            self.left -= count
            self.permits.release(count)

    def wait_for(self, done):
        deadline = time.monotonic() + 300
        while self.done < done:
            if time.monotonic() > deadline:
                sys.exit(f"calls are not answered: {self.done} of {done}")
            time.sleep(0.02)

    def judge(self, tool, told, holds, begin):
        end = time.monotonic()
        result = told.get("result", {})
        text = "".join(block.get("text", "") for block in result.get("content", []))
        failed = result.get("isError", False) or "error" in told
        away = self.conductor.was_away(begin, end)
        if end - begin > ANSWERED_WITHIN:
            return f"took {end - begin:.0f} s"
        if "error" in told or len(text) < 10:
            return f"no clear answer: {json.dumps(told)[:300]}"
        if holds is None:
            return None if failed else f"should be refused: {text[:200]}"
        if failed:
            with self.lock:
                self.errors += 1
                self.kinds[text[:90].replace("\n", " ")] += 1
            return None if away else f"failed while the server was there: {text[:300]}"
        return None if holds(text, result.get("structuredContent", {})) else f"not right: {text[:300]}"

    def work(self, index):
        client, calls = Client(self.port, modern=index % 2 == 1), mixture()
        pending = iter(())
        while True:
            self.permits.acquire()
            if self.done >= self.arguments.calls:
                return
            step = next(pending, None)
            if step is None:
                pending = next(calls)(self.run)
                step = next(pending)
            tool, arguments, holds = step
            begin = time.monotonic()
            try:
                problem = self.judge(tool, client.call(tool, arguments), holds, begin)
            except (OSError, ValueError, KeyError, http.client.HTTPException) as fault:
                problem = f"not answered: {fault!r}"
                client.connection.close()
            with self.lock:
                self.done += 1
                if problem:
                    self.wrong.append(f"{tool} ({'modern' if client.modern else 'handshake'}): {problem}")

    def go(self, pid):
        threads = [threading.Thread(target=self.work, args=(index,), daemon=True) for index in range(CLIENTS)]
        for thread in threads:
            thread.start()
        calls, stops = self.arguments.calls, self.arguments.stops
        self.allow(min(2000, calls // 5))
        self.wait_for(min(2000, calls // 5))
        warm = pss(pid)
        share = self.left // (stops + 1)
        for stop in range(stops):
            before = self.left
            asked = self.done
            self.allow(share // 2)
            self.wait_for(asked + share // 3)  # the others are still on their way when it goes
            ends = [threading.Thread(target=lambda: (self.conductor.stop(signal.SIGKILL if stop % 2 else signal.SIGTERM), self.conductor.start()))]
            ends[0].start()
            while ends[0].is_alive():
                if before - self.left < share:
                    self.allow(2)
                time.sleep(0.1)
            self.allow(share - (before - self.left))
            self.wait_for(calls - self.left)
        self.allow(self.left)
        self.wait_for(calls)
        time.sleep(2)  # connections that were only kept alive
        grown = pss(pid) - warm
        self.permits.release(CLIENTS)
        for thread in threads:
            thread.join(10)
        return warm, grown


def pss(pid):
    for entry in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if entry.startswith("Pss:"):
            return int(entry.split()[1])
    return 0


def begin_http(program, environment):
    port = fixture.free_port()
    process = subprocess.Popen([program, "--http", f"127.0.0.1:{port}", "--no-auth"], env=environment, stdin=subprocess.DEVNULL,
                               preexec_fn=lambda parent=fixture.os.getpid(): fixture.die_with(parent))
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
        time.sleep(0.05)
    sys.exit("conductor-mcp --http did not start")


def check_audit(program, environment, calls):
    rows = subprocess.run([program, "audit", "export"], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    verified = subprocess.run([program, "audit", "verify"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"audit: {len(rows)} rows of {calls} calls; verify: {verified.stdout.strip().splitlines()[0]}")
    return len(rows) == calls and verified.returncode == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--stops", type=int, default=3)
    parser.add_argument("--growth", type=float, default=3, help="MiB of PSS from the first 2,000 calls, or a fifth of all, to the last; a sanitised program needs more")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.bin).resolve() / "conductor-mcp")
    with tempfile.TemporaryDirectory() as home:
        conductor = Conductor(pathlib.Path(home))
        conductor.start()
        environment = {"HOME": home, "PATH": fixture.os.environ["PATH"], "CONDUCTOR_SERVER_URL": f"http://127.0.0.1:{conductor.port}/api",
                       "CONDUCTOR_COMPANION_SOCKET": home + "/run/companion.sock",
                       **{name: value for name, value in fixture.os.environ.items() if name in ("ASAN_OPTIONS", "LSAN_OPTIONS")}}
        server, port = begin_http(program, environment)
        began = time.monotonic()
        first = Client(port, modern=False)
        first.call("conductor_create_workflow", {"definition": DEFINITION})
        runs = [first.call("conductor_execute_workflow", {"name": NAME, "input": {"n": n}}) for n in range(5)]
        chaos = Chaos(arguments, conductor, port, runs[0]["result"]["structuredContent"]["workflow_id"])
        warm, grown = chaos.go(server.pid)
        took = time.monotonic() - began
        alive = server.poll() is None
        server.terminate()
        server.wait(10)
        whole = check_audit(program, environment, arguments.calls + 1 + len(runs))
        conductor.process.kill()
        conductor.process.wait(10)

    print(f"{chaos.done} calls of {CLIENTS} clients in {took:.0f} s, {arguments.stops} stops; {chaos.errors} told that the server was away; "
          f"PSS {warm / 1024:.1f} MiB after the first, {grown / 1024:+.1f} MiB at the end (bound +{arguments.growth:g})")
    for kind, count in chaos.kinds.most_common(8):
        print(f"  {count:>6} × {kind}")
    for problem in chaos.wrong[:20]:
        print("✘ " + problem)
    if chaos.wrong or not whole or not alive or grown > arguments.growth * 1024 or (arguments.stops and not chaos.errors):
        sys.exit(f"✘ chaos: {len(chaos.wrong)} calls went wrong; audit {'whole' if whole else 'NOT whole'}; server {'alive' if alive else 'DEAD'}; memory {grown} KiB")


if __name__ == "__main__":
    main()
