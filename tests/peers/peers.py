#!/usr/bin/env python3
"""MCP clients of others in conversation with conductor-mcp and a real Conductor server.

usage: peers.py converse PROGRAM NODE DIRECTORY CLIENT MODE TRANSPORT   a client of an official SDK: sdk1, sdk2 (npm), mcp1, mcp2 (PyPI)
       peers.py inspect PROGRAM NODE DIRECTORY ERA TRANSPORT            the Inspector's command line

PROGRAM is conductor-mcp. DIRECTORY has the packages from npm, and those from PyPI are in DIRECTORY-mcp1 and DIRECTORY-mcp2. MODE: legacy, auto or modern, of
the clients that have one; ERA: legacy or modern; TRANSPORT: stdio or http.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from servedmcp import ConductorMcp, conductor  # noqa: E402

LEGACY, MODERN = "2025-11-25", "2026-07-28"
TOOLS = 20
START = "conductor_execute_workflow"
problems = []


def expect(truth, words, seen):
    if not truth:
        problems.append(f"{words}: {json.dumps(seen)[:2000]}")


def waiting_workflow(name):
    """Registers a workflow that runs until somebody ends it."""
    task = {"name": "approve", "taskReferenceName": "approve", "type": "HUMAN", "inputParameters": {}}
    conductor("POST", "/metadata/workflow", {"name": name, "version": 1, "schemaVersion": 2, "ownerEmail": "peers@example.com", "timeoutSeconds": 0, "tasks": [task]})
    return name


def start_call(workflow, **more):
    return {"name": START, "arguments": {"name": workflow, **more}}


def client_command(node, directory, client, job):
    if client.startswith("sdk"):
        place = directory / f"{client}-{os.getpid()}"  # modules are looked for from where the source lies
        place.mkdir()
        for source in (f"client_{client}.mjs", "conversation.mjs"):
            shutil.copy(HERE / source, place)
        return [node, place / f"client_{client}.mjs", json.dumps(job)], dict(os.environ), place
    return [sys.executable, HERE / f"client_{client}.py", json.dumps(job)], dict(os.environ, PYTHONPATH=f"{directory}-{client}", PYTHONDONTWRITEBYTECODE="1"), None


def hear(node, directory, client, job):
    command, environment, place = client_command(node, directory, client, job)
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)
    finally:
        if place:
            shutil.rmtree(place)
    if done.returncode != 0:
        sys.exit(f"{client} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


def judge(heard, mode):
    modern = mode in ("auto", "modern")
    expect(heard["protocol"] == (MODERN if modern else LEGACY), "the revision they agree on", heard["protocol"])
    expect(len(heard["tools"]) == TOOLS and START in heard["tools"], "the tools", heard["tools"])
    expect(heard["again"] == heard["tools"], "the same list again, in the same order", heard["again"])
    started = heard["started"].get("structuredContent") or {}
    expect(bool(started.get("workflow_id")), "a call's structured content", heard["started"])
    steps = [step["progress"] for step in heard["progress"]]
    expect(len(steps) >= 2 and steps == sorted(set(steps)), "progress that rises", heard["progress"])
    waited = heard["waited"].get("structuredContent") or {}
    expect(waited.get("status") == "RUNNING", "the answer behind the progress", heard["waited"])
    cancelled = heard["cancelled"]
    expect(cancelled.get("asked") and "error" in cancelled and cancelled["after_ms"] < 2000, "a call that is cancelled ends at once", cancelled)


def judge_audit(served, client):
    rows = [row for row in served.audited(client) if row.get("tool") == START]
    ends = [row["outcome"] for row in rows if row.get("outcome") != "begun"]
    expect(ends == ["ok", "ok", "cancelled"], "what the audit says of the three calls", rows)


def converse(served, node, directory, client, mode, transport):
    workflow = waiting_workflow(f"peers_{client}_{mode}_{transport}_{os.getpid()}")
    name = f"peer-{client}"
    job = {"mode": mode, "client": {"name": name, "version": "1"}, "start": start_call(workflow), "wait": start_call(workflow, wait_seconds=1), "endless": start_call(workflow, wait_seconds=50)}
    if transport == "http":
        with served.over_http() as server:
            heard = hear(node, directory, client, {**job, "url": server.url, "headers": server.headers})
    else:
        heard = hear(node, directory, client, {**job, "command": served.program, "args": served.arguments, "env": served.environment()})
    judge(heard, mode)
    judge_audit(served, name)


class Inspector:
    """Its command line; each call is a client of its own."""

    def __init__(self, node, directory, target):
        self.command = [node, directory / "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js", "--cli", "--format", "json", "-q"]
        self.target = target

    def __call__(self, method, *options):
        """Its exit status, the result it shows, and the code of the error it tells."""
        before, behind = self.target
        command = [*self.command, *before, "--method", method, *options, *behind]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        try:
            errors = [json.loads(line)["error"]["code"] for line in done.stderr.splitlines() if line.startswith('{"error"')]
            return done.returncode, json.loads(done.stdout)["result"], *(errors or [None])
        except (ValueError, KeyError):
            sys.exit(f"{method}: ended with {done.returncode}, and did not say its result\n{done.stdout}\n{done.stderr}")


def inspect(served, node, directory, era, transport):
    if transport == "http":
        with served.over_http() as server:
            header = f"Authorization: {server.headers['Authorization']}"
            ask_all(Inspector(node, directory, (["--server-url", server.url, "--transport", "http", "--header", header, "--protocol-era", era], [])), era)
    else:
        ask_all(Inspector(node, directory, (["--protocol-era", era], ["--", served.program, *served.arguments])), era)


def ask_all(inspector, era):
    status, opened, _ = inspector("initialize")
    expect(status == 0 and opened["protocolVersion"] == (MODERN if era == "modern" else LEGACY), "initialize", opened)
    expect(opened["serverInfo"]["name"] == "conductor" and bool(opened["instructions"]) and "tools" in opened["capabilities"], "what it says of itself", opened)
    status, listed, error = inspector("tools/list", "--strict")
    expect(status == 0 and error is None and len(listed["tools"]) == TOOLS, "tools/list --strict", [status, error, listed])
    call = ("tools/call", "--tool-name")
    status, answered, error = inspector(*call, "conductor_get_task_queue_size", "--tool-args-json", '{"task_types": ["peers_queue"]}')
    expect(status == 0 and error is None and "queues" in answered["structuredContent"], "a call", [status, error, answered])
    status, refused, error = inspector(*call, "conductor_get_workflow_status", "--tool-args-json", '{"workflow_id": "no-such-id"}')
    expect(status == 5 and error == "tool_is_error" and refused["isError"], "a call that fails", [status, error, refused])


def main():
    deeds = {"converse": (converse, 8), "inspect": (inspect, 7)}
    deed, wanted = deeds.get(sys.argv[1] if len(sys.argv) > 1 else "", (None, 0))
    if not deed or len(sys.argv) != wanted:
        print(__doc__, file=sys.stderr)
        return 2
    program, node, directory, *rest = sys.argv[2:]
    deed(ConductorMcp(program), node, pathlib.Path(directory), *rest)
    print(*problems or ["all as it should be"], sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
