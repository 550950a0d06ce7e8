"""conductor-mcp as AI clients meet it in tests: an entry for their files, a process that serves over HTTP, and its audit afterwards.
HOME is the test's own (isolated.sh), and the Conductor server the one of CONDUCTOR_TEST_URL, if there is one."""
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request

TOKEN = "a-token-of-this-test-only"
NOBODY = "http://127.0.0.1:9/api"  # for tests that do not ask Conductor anything


class ConductorMcp:
    def __init__(self, program):
        self.program = program
        self.home = pathlib.Path(os.environ["HOME"])
        self.arguments = ["--profile", "peer"]
        kept = self.home / ".config/conductor-companion/profiles.json"
        kept.parent.mkdir(parents=True)
        profile = {"id": "p1", "name": "peer", "url": os.environ.get("CONDUCTOR_TEST_URL", NOBODY)}
        kept.write_text(json.dumps({"version": 1, "default": "p1", "profiles": [profile]}))

    def environment(self):
        """As some clients give it to a server, and no other companion than one of this test."""
        return {name: os.environ[name] for name in ("HOME", "PATH", "CONDUCTOR_COMPANION_SOCKET", "LSAN_OPTIONS") if name in os.environ}

    def over_http(self):
        return OverHttp(self)

    def audited(self, client):
        """The calls of this client, oldest first, and that their chain holds."""
        rows = []
        for command in (["audit", "verify"], ["audit", "export", "--format", "jsonl"]):
            done = subprocess.run([self.program, *command], capture_output=True, text=True, timeout=60)
            if done.returncode != 0:
                sys.exit(f"conductor-mcp {' '.join(command)}: {done.stdout}{done.stderr}")
            rows = done.stdout.splitlines()
        return [row for row in map(json.loads, rows) if row.get("client", "").startswith(client)]


class OverHttp:
    """The server at a free port of this machine, with a token; `with` ends it, and holds that it ends well."""

    def __init__(self, served):
        self.served = served

    def __enter__(self):
        token = self.served.home / "token"
        token.touch(mode=0o600)
        token.write_text(TOKEN)
        command = [self.served.program, "--http", "0", "--token-file", token, *self.served.arguments]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        said = ""
        while not (address := re.search(r"serving at (\S+)", said)):
            said = self.process.stderr.readline()
            if not said:
                sys.exit(f"{self.served.program} ended before it served")
        self.url = address.group(1)
        self.headers = {"Authorization": f"Bearer {TOKEN}"}
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        try:
            status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            sys.exit("conductor-mcp does not end when it is told to")
        if kind is None and status != 0:
            sys.exit(f"conductor-mcp ended with {status}")


def conductor(method, path, body=None):
    """A request to the Conductor server itself; its answer as text."""
    request = urllib.request.Request(os.environ["CONDUCTOR_TEST_URL"] + path, method=method, headers={"Content-Type": "application/json"},
                                     data=json.dumps(body).encode() if body is not None else None)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()
