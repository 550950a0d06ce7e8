#!/usr/bin/env python3
"""Brings packages of npm and PyPI that tests run into a directory, as a lock file or a list of pinned versions has them. Once: as long
as these files stay as they are, what is there is used again. What cannot be fetched is a failure."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

PATIENCE = 540  # seconds


def is_current(directory, *pins):
    wanted = hashlib.sha256(b"".join(pin.read_bytes() for pin in pins)).hexdigest()
    stamp = directory / "fetched"
    return stamp, wanted, stamp.is_file() and stamp.read_text() == wanted


def begin(directory):
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)


def npm(room, directory):
    """What package-lock.json in the folder `room` has, below DIRECTORY/node_modules. No package runs a script of its own."""
    stamp, wanted, is_there = is_current(directory, room / "package-lock.json")
    if is_there:
        return
    if not shutil.which("npm"):
        sys.exit("npm is missing: installer/packages.sh install test")
    begin(directory)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(room / name, directory)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    if subprocess.run(command, cwd=directory, timeout=PATIENCE).returncode != 0:
        sys.exit(f"npm could not fetch the packages of {room / 'package-lock.json'}; is there a network?")
    stamp.write_text(wanted)


def pip(requirements, directory, python=sys.executable):
    """The versions that the file `requirements` lists, all of them and no other, importable from DIRECTORY by this Python."""
    stamp, wanted, is_there = is_current(directory, requirements)
    if is_there:
        return
    begin(directory)
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
               "--root-user-action=ignore", "--target", directory, "--requirement", requirements]
    if subprocess.run(command, timeout=PATIENCE, env=dict(os.environ, PIP_USER="0")).returncode != 0:
        sys.exit(f"pip could not fetch the packages of {requirements}; is there a network, and pip (installer/packages.sh install test)?")
    stamp.write_text(wanted)


def main():
    if len(sys.argv) == 4 and sys.argv[1] in ("npm", "pip"):
        {"npm": npm, "pip": pip}[sys.argv[1]](pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        sys.exit("usage: fetched.py npm FOLDER DIRECTORY | pip REQUIREMENTS DIRECTORY")


if __name__ == "__main__":
    main()
