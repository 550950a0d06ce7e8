#!/usr/bin/env python3
"""The real Conductor server that tests talk to, started once per run of CTest.

usage: conductor_fixture.py start DIRECTORY   starts it and waits until it answers; DIRECTORY/url, jar and java say where
       conductor_fixture.py stop DIRECTORY

A guard process stands between CTest and the server: it ends the server on stop, when CTest ends in whatever way, and, through
the kernel, when it is killed itself.
"""
import ctypes
import json
import os
import pathlib
import re
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

SOURCES = pathlib.Path(__file__).resolve().parents[2]
READY_WITHIN = 180  # seconds
PR_SET_PDEATHSIG = 1


def server_files():
    """The jar and the java that installer/server-files.sh has; it fetches what is missing."""
    done = subprocess.run([SOURCES / "installer/server-files.sh"], stdout=subprocess.PIPE, text=True)
    found = dict(re.findall(r"^(jar|java)=(.*)$", done.stdout, re.M))
    if done.returncode != 0 or len(found) != 2:
        sys.exit("There is no Conductor server to test against; see above")
    return found["jar"], found["java"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, mark):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return answer.headers.get("Server") == mark and json.load(answer)["healthy"]
    except (OSError, ValueError, KeyError):
        return False


def start(directory):
    stop(directory)
    shutil.rmtree(directory, ignore_errors=True)
    (directory / "tmp").mkdir(parents=True)
    jar, java = server_files()
    port, mark = free_port(), f"fixture-{secrets.token_hex(4)}"
    pins = json.loads((SOURCES / "resources/server/conductor-server.json").read_text())
    command = [java, *pins["java"]["options"], f"-Duser.home={directory}", f"-Djava.io.tmpdir={directory}/tmp", "-jar", jar,
               *pins["server"]["options"], f"--server.port={port}", "--server.address=127.0.0.1", f"--server.server-header={mark}"]
    began = time.monotonic()
    with open(directory / "guard.log", "wb") as log:
        guard = subprocess.Popen([sys.executable, __file__, "guard", directory, str(os.getppid()), *command],
                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    (directory / "guard").write_text(str(guard.pid))
    while not answers(port, mark):
        waited = time.monotonic() - began
        if guard.poll() is not None or waited > READY_WITHIN:
            reason = "ended" if guard.poll() is not None else "did not answer"
            stop(directory)
            for name in ("guard.log", "server.log"):
                if (directory / name).exists():
                    print(*(directory / name).read_text(errors="replace").splitlines()[-30:], sep="\n")
            sys.exit(f"The Conductor server {reason} after {waited:.0f} s; the end of its log is above")
        time.sleep(0.25)
    (directory / "jar").write_text(jar)
    (directory / "java").write_text(java)
    (directory / "url").write_text(f"http://127.0.0.1:{port}/api")
    print(f"The Conductor server answers after {time.monotonic() - began:.1f} s")


def is_guard(process, directory):
    try:
        arguments = pathlib.Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"guard" in arguments and os.fsencode(directory) in arguments


def stop(directory):
    try:
        process = int((directory / "guard").read_text())
    except (OSError, ValueError):
        return
    for number, patience in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
        if not is_guard(process, directory):
            break
        os.kill(process, number)
        deadline = time.monotonic() + patience
        while is_guard(process, directory) and time.monotonic() < deadline:
            time.sleep(0.05)
    (directory / "guard").unlink()
    (directory / "url").unlink(missing_ok=True)


def die_with(parent):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def guard(directory, watched, command):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ourselves = os.getpid()
    watched = os.pidfd_open(watched)
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    with open(directory / "server.log", "wb") as log:
        server = subprocess.Popen(command, cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                  preexec_fn=lambda: die_with(ourselves))
    try:
        ends = select.poll()
        ends.register(watched, select.POLLIN)
        ends.register(os.pidfd_open(server.pid), select.POLLIN)
        ends.poll()
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def main():
    if len(sys.argv) == 3 and sys.argv[1] in ("start", "stop"):
        {"start": start, "stop": stop}[sys.argv[1]](pathlib.Path(sys.argv[2]).resolve())
    elif len(sys.argv) > 4 and sys.argv[1] == "guard":
        guard(pathlib.Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
