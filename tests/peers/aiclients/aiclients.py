#!/usr/bin/env python3
"""Real AI clients take conductor-mcp by the entry we tell people to use, start it, and say that it is connected.

usage: aiclients.py PROGRAM NODE DIRECTORY CLIENT      CLIENT: claude, codex, gemini or opencode

PROGRAM is conductor-mcp, DIRECTORY has the clients from npm. They run in this test's HOME and without any network, so that they reach
nobody; where the kernel lets us take the network away, else with it and without an account.
"""
import json
import os
import pathlib
import re
import select
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from servedmcp import ConductorMcp  # noqa: E402

TOOLS = 20
ALONE = ["unshare", "--map-root-user", "--net"]
OFFLINE = ALONE if subprocess.run([*ALONE, "true"], stderr=subprocess.DEVNULL).returncode == 0 else []
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def said(*command):
    """What a command of the client says, without colours; it must end well."""
    done = subprocess.run([*OFFLINE, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=100)
    text = COLOURS.sub("", done.stdout)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}\n{text}")
    return text


def expect(pattern, text):
    if not re.search(pattern, text):
        sys.exit(f"It does not say {pattern}:\n{text}")


def claude(served, node, modules):
    program = modules / "@anthropic-ai/claude-code-linux-x64/claude"
    said(program, "mcp", "add", "--scope", "user", "conductor", "--", served.program, *served.arguments)
    expect(r"Status: ✔ Connected", said(program, "mcp", "get", "conductor"))


def gemini(served, node, modules):
    program = [node, modules / "@google/gemini-cli/bundle/gemini.js"]
    said(*program, "mcp", "add", "--scope", "user", "conductor", served.program, "--", *served.arguments)
    trusted = served.home / ".gemini/trustedFolders.json"  # it starts servers only in folders that its user trusts
    trusted.write_text(json.dumps({os.getcwd(): "TRUST_FOLDER"}))
    expect(r"✓ conductor: .* - Connected", said(*program, "mcp", "list"))


def opencode(served, node, modules):
    kept = served.home / ".config/opencode/opencode.json"
    kept.parent.mkdir()
    kept.write_text(json.dumps({"mcp": {"conductor": {"type": "local", "command": [served.program, *served.arguments], "enabled": True}}}))
    expect(r"✓ conductor *connected", said(modules / "opencode-linux-x64-baseline/bin/opencode", "mcp", "list"))


def codex(served, node, modules):
    """Its `mcp get` shows the entry only; what its editors' plugins use starts the server and tells its tools."""
    program = modules / "codex/vendor/x86_64-unknown-linux-musl/bin/codex"
    said(program, "mcp", "add", "conductor", "--", served.program, *served.arguments)
    server = subprocess.Popen([*OFFLINE, program, "app-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for message in ({"id": 1, "method": "initialize", "params": {"clientInfo": {"name": "test", "title": "Test", "version": "1"}}},
                        {"method": "initialized"}, {"id": 2, "method": "mcpServerStatus/list", "params": {}}):
            server.stdin.write(json.dumps(message).encode() + b"\n")
        server.stdin.flush()
        (status,) = answer(server, 2)["result"]["data"]
    finally:
        server.terminate()
        server.wait(10)
    if status["name"] != "conductor" or (status.get("serverInfo") or {}).get("name") != "conductor" or len(status["tools"]) != TOOLS:
        sys.exit(f"It did not hear the server's tools: {json.dumps(status)[:3000]}")


def answer(server, number, patience=60):
    deadline = time.monotonic() + patience
    buffer = b""
    while time.monotonic() < deadline and select.select([server.stdout], [], [], deadline - time.monotonic())[0]:
        block = os.read(server.stdout.fileno(), 1 << 16)
        if not block:
            break
        *lines, buffer = (buffer + block).split(b"\n")
        for line in map(json.loads, lines):
            if line.get("id") == number:
                return line
    sys.exit(f"There was no answer {number} within {patience} s")


CLIENTS = {"claude": claude, "codex": codex, "gemini": gemini, "opencode": opencode}


def main():
    if len(sys.argv) != 5 or sys.argv[4] not in CLIENTS:
        print(__doc__, file=sys.stderr)
        return 2
    program, node, directory, client = sys.argv[1:]
    served = ConductorMcp(program)
    project = served.home / "project"
    project.mkdir()
    os.chdir(project)
    CLIENTS[client](served, node, pathlib.Path(directory) / "node_modules")
    print(f"{client}: connected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
