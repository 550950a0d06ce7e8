#!/usr/bin/env python3
"""What the scripts of installer/ promise when things go wrong: nothing unchecked is used, nothing is fetched twice, a failure says
the step, the reason and what to do. Registries are stood in for by a mvn and a pip of our own; nothing here needs a network.

usage: test_scripts.py SOURCE-DIRECTORY SCRATCH-DIRECTORY
"""
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import unittest

SOURCES, SCRATCH = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
JAR = b"a jar" * 1000

MVN = """#!/bin/sh
# Counts its calls, and copies the jar as the file `mvn-mode` beside it says.
here=$(dirname "$0"); echo x >> "$here/mvn-calls"
for argument in "$@"; do case $argument in -DoutputDirectory=*) out=${argument#*=};; esac; done
case $(cat "$here/mvn-mode" 2>/dev/null) in
fail) echo "[ERROR] Could not transfer artifact a:b from/to central (https://user:pass@host.example/x): Connection refused"; exit 1;;
slow) sleep 2;;
hang) sleep 600;;
esac
mkdir -p "$out"; cp "$here/the.jar" "$out/server.jar"
"""

JAVA = """#!/bin/sh
echo 'openjdk version "%s"' >&2
"""


def live(pattern):
    return subprocess.run(["pgrep", "-f", pattern], stdout=subprocess.PIPE, text=True).stdout.split()


class Scripts(unittest.TestCase):
    def setUp(self):
        self.room = SCRATCH / self._testMethodName
        shutil.rmtree(self.room, ignore_errors=True)
        self.bin = self.room / "bin"
        self.bin.mkdir(parents=True)
        shutil.copytree(SOURCES / "installer", self.room / "installer")
        (self.room / "resources/server").mkdir(parents=True)
        self.pins = json.loads((SOURCES / "resources/server/conductor-server.json").read_text())
        self.pins["server"].update(file="server.jar", size=len(JAR), sha256=hashlib.sha256(JAR).hexdigest())
        self.write_pins()
        (self.bin / "the.jar").write_bytes(JAR)
        self.program("bin/mvn", MVN)
        self.java = self.program("java25/bin/java", JAVA % "25.0.1")
        self.cache = self.room / "home/.cache/conductor-companion"

    def program(self, name, text):
        path = self.room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    def write_pins(self):
        (self.room / "resources/server/conductor-server.json").write_text(json.dumps(self.pins))

    def environment(self, **more):
        environment = {name: value for name, value in os.environ.items() if name not in ("XDG_CACHE_HOME", "JAVA_HOME", "COMPANION_LOGS")}
        return environment | {"HOME": str(self.room / "home"), "PATH": f"{self.bin}:{os.environ['PATH']}", "CONDUCTOR_JAVA": str(self.java)} | more

    def begin(self, *arguments, **more):
        return subprocess.Popen([self.room / "installer/server-files.sh", *arguments], env=self.environment(**more), text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run_script(self, **more):
        process = self.begin(**more)
        out, err = process.communicate(timeout=120)
        return process.returncode, dict(line.split("=", 1) for line in out.splitlines()), err

    def calls(self):
        path = self.bin / "mvn-calls"
        return len(path.read_text().split()) if path.exists() else 0

    def test_fetches_once(self):
        status, found, err = self.run_script()
        self.assertEqual(status, 0, err)
        self.assertEqual(found, {"jar": str(self.cache / "server/server.jar"), "java": str(self.java)})
        self.assertEqual(pathlib.Path(found["jar"]).read_bytes(), JAR)
        self.assertEqual(self.run_script()[:2], (0, found))
        self.assertEqual(self.calls(), 1)

    def test_two_at_once_fetch_once(self):
        (self.bin / "mvn-mode").write_text("slow")
        first, second = self.begin(), self.begin()
        outs = [process.communicate(timeout=120) for process in (first, second)]
        self.assertEqual((first.returncode, second.returncode), (0, 0), outs)
        self.assertEqual(outs[0][0], outs[1][0])
        self.assertEqual(self.calls(), 1)
        self.assertEqual(sum("waiting for it" in err for _, err in outs), 1)

    def test_a_wrong_jar_is_never_used(self):
        (self.bin / "the.jar").write_bytes(JAR[:-1] + b"x")
        status, found, err = self.run_script()
        self.assertEqual((status, found), (1, {}))
        self.assertIn("SHA-256", err)
        self.assertIn("It is not the file this version was made for", err)
        self.assertFalse((self.cache / "server/server.jar").exists())
        (self.bin / "the.jar").write_bytes(JAR)
        self.assertEqual(self.run_script()[0], 0)

    def test_half_a_jar_is_fetched_again(self):
        (self.cache / "server").mkdir(parents=True)
        (self.cache / "server/server.jar").write_bytes(JAR[:100])
        self.assertEqual(self.run_script()[0], 0)
        self.assertEqual((self.cache / "server/server.jar").read_bytes(), JAR)

    def test_a_failed_download_says_what_why_and_what_to_do(self):
        (self.bin / "mvn-mode").write_text("fail")
        status, _, err = self.run_script()
        self.assertEqual(status, 1)
        self.assertEqual(self.calls(), 3)
        self.assertIn("✘ Conductor server: it could not be fetched", err)
        self.assertIn("Connection refused", err)
        self.assertIn("Check the network", err)
        self.assertNotIn("host.example", err)
        self.assertNotIn("pass", err)

    def test_an_interrupt_leaves_nothing_running_and_nothing_half(self):
        (self.bin / "mvn-mode").write_text("hang")
        process = self.begin()
        deadline = time.monotonic() + 60
        while self.calls() == 0 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        self.assertNotEqual(process.returncode, 0)
        self.assertEqual(live(str(self.bin / "mvn")), [])
        self.assertFalse((self.cache / "server/server.jar").exists())
        (self.bin / "mvn-mode").unlink()
        self.assertEqual(self.run_script()[0], 0)

    def test_java_in_order_of_preference(self):
        old = self.program("java17/bin/java", JAVA % "17.0.15")
        at_home = self.program("home/.jdks/a/bin/java", JAVA % "21.0.1")
        at_java_home = self.program("javahome/bin/java", JAVA % "25")
        self.assertEqual(self.run_script(JAVA_HOME=str(at_java_home.parents[1]))[1]["java"], str(self.java))
        self.assertEqual(self.run_script(CONDUCTOR_JAVA=str(old), JAVA_HOME=str(at_java_home.parents[1]))[1]["java"], str(at_java_home))
        on_path = self.program("bin/java", JAVA % "22")
        self.assertEqual(self.run_script(CONDUCTOR_JAVA=str(old))[1]["java"], str(on_path))
        self.program("bin/java", JAVA % "1.8.0_392")
        found = self.run_script(CONDUCTOR_JAVA="/no/such/java")[1]["java"]
        self.assertTrue(found == str(at_home) or found.startswith(("/usr/lib/jvm/", "/opt/")), found)

    def test_the_cache_may_lie_elsewhere(self):
        found = self.run_script(XDG_CACHE_HOME=str(self.room / "elsewhere"))[1]
        self.assertEqual(found["jar"], str(self.room / "elsewhere/conductor-companion/server/server.jar"))
        self.assertEqual(self.run_script(XDG_CACHE_HOME="relative")[1]["jar"], str(self.cache / "server/server.jar"))

    def test_the_guard_of_the_test_server_ends_it(self):
        fixture = SOURCES / "tests/support/conductor_fixture.py"

        def await_servers(count):
            deadline = time.monotonic() + 30
            while len(live(server)) != count and time.monotonic() < deadline:
                time.sleep(0.05)
            self.assertEqual(len(live(server)), count)

        for end in ("the watched", "the guard, unasked", "the guard, asked"):
            with self.subTest(end):
                seconds = f"6{time.time_ns() % 10**9}"  # by which we find it
                server = f"^sleep {seconds}$"
                watched = subprocess.Popen(["sleep", "600"])
                guard = subprocess.Popen([sys.executable, fixture, "guard", self.room, str(watched.pid), "sleep", seconds])
                await_servers(1)
                {"the watched": watched.kill, "the guard, unasked": guard.kill, "the guard, asked": guard.terminate}[end]()
                guard.wait(30)
                await_servers(0)
                watched.kill()
                watched.wait()

    def test_packages_are_named_per_group(self):
        packages = lambda *arguments: subprocess.run([SOURCES / "installer/packages.sh", *arguments], text=True, capture_output=True)
        listed = packages("list", "build", "test")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertIn("cmake", listed.stdout.split())
        self.assertIn("xvfb", listed.stdout.split())
        self.assertNotIn("maven", listed.stdout.split())
        self.assertNotIn("|", listed.stdout)
        self.assertEqual(packages("list").returncode, 2)
        self.assertEqual(packages("remove", "build").returncode, 2)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
