"""The MCP servers that mcp.py measures: ours, ours behind the companion, the Python conductor-mcp, each with its client's side; and the
same requests without any of them."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
import fetched  # noqa: E402

INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
PATIENCE = 60  # seconds for one answer


def line(message):
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


class Session:
    """A server process and its client's side."""

    def __init__(self, subject):
        self.process = subprocess.Popen(subject.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=subject.environment)
        self.last = 10

    def send(self, *messages):
        self.process.stdin.write(b"".join(line(message) for message in messages))
        self.process.stdin.flush()

    def receive(self):
        """The next answer as it came: what the server tells without being asked is passed over."""
        while True:
            signal.alarm(PATIENCE)  # ends all of this: an answer that does not come makes every figure worthless
            said = self.process.stdout.readline()
            signal.alarm(0)
            if not said:
                sys.exit(f"{self.process.args[0]} ended while it was measured")
            if b'"method"' not in said[:200] or "id" in json.loads(said):
                return said

    def begin(self):
        self.send(INITIALIZE, INITIALIZED)
        self.receive()
        return self

    def request(self, tool, arguments):
        self.last += 1
        return {"jsonrpc": "2.0", "id": self.last, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}

    def call(self, tool, arguments):
        """The answer's bytes."""
        self.send(self.request(tool, arguments))
        return self.receive()

    def memory_mib(self, kind):
        """kind: "Pss", or "Private_Dirty" for what it wrote itself and shares with nobody."""
        for entry in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if entry.startswith(kind + ":"):
                return int(entry.split()[1]) / 1024
        sys.exit("The kernel does not tell the server's memory")

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Subject:
    """A server as it is started, and how much is asked of it: a slow one is asked less."""

    def __init__(self, name, command, environment, starts=30, calls=200, burst=1000):
        self.name, self.command, self.environment = name, command, environment
        self.starts, self.calls, self.burst = starts, calls, burst

    def session(self):
        return Session(self)


class Bare:
    """The same requests over one kept-alive connection, without an MCP server."""

    def __init__(self, url):
        self.url = url
        self.parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(self.parts.hostname, self.parts.port, timeout=60)

    def request(self, method, path, body=None):
        for attempt in (1, 2):  # the server ends a connection after a hundred requests
            try:
                self.connection.request(method, self.parts.path + path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json"})
                return self.connection.getresponse().read()
            except (http.client.RemoteDisconnected, ConnectionError):
                if attempt == 2:
                    raise
                self.connection.close()

    def get(self, path):
        return self.request("GET", path)


def newer_python(named):
    """A Python that the Python server runs on, 3.13 or later: the one that was named, or what is found; None without."""
    kept = pathlib.Path(os.environ.get("PYENV_ROOT", pathlib.Path.home() / ".pyenv"), "versions").glob("3.1[3-9]*/bin/python3")
    candidates = [named] if named else ["python3.14", "python3.13", "python3", *sorted(map(str, kept))]
    told = "import sys, pip; print(sys.executable if sys.version_info >= (3, 13) else '')"
    for candidate in candidates:
        try:
            done = subprocess.run([candidate, "-c", told], capture_output=True, text=True, timeout=30)
        except OSError:
            continue
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.strip()
    return None


def python_server(python, directory, environment, url):
    """The Python conductor-mcp of PyPI. It wants a key and takes its first call for a login, which the open server does not know."""
    fetched.pip(HERE / "requirements-python.txt", directory, python)
    start = f"import site; site.addsitedir({str(directory)!r}); from conductor_mcp.server import run; run()"
    keyed = dict(environment, CONDUCTOR_SERVER_URL=url, CONDUCTOR_AUTH_KEY="none", CONDUCTOR_AUTH_SECRET="none")
    return Subject("Python", [python, "-c", start], keyed, starts=10, calls=60, burst=150)
