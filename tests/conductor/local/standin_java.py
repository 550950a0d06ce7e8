#!/usr/bin/env python3
"""Stands in for java where a real JVM would take minutes: says a version and "serves" as the file `mode` of its working directory tells.

The modes: serve · foreign (another program answers on the port) · silent (never answers) · die · port-lost (the port is gone once, then
serve) · stubborn (serves and ignores SIGTERM) · script (serves from a child, as a wrapper script does)
"""
import http.server
import os
import pathlib
import signal
import subprocess
import sys
import time


def version():
    said = pathlib.Path(sys.argv[0]).parent / "version"
    text = said.read_text().strip() if said.exists() else 'openjdk version "25.0.2" 2026-01-20'
    if text == "hang":
        time.sleep(60)
    print(text, file=sys.stderr)


def serve(port, mark):
    class Health(http.server.BaseHTTPRequestHandler):
        def version_string(self):
            return mark

        def do_GET(self):
            body = b'{"healthy":true}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    http.server.HTTPServer(("127.0.0.1", port), Health).serve_forever()


def main():
    if "-version" in sys.argv:
        return version()
    options = dict(argument[2:].split("=", 1) for argument in sys.argv if argument.startswith("--server."))
    port, mark = int(options["server.port"]), options["server.server-header"]
    mode = pathlib.Path("mode").read_text().strip()
    print("mode", mode, "environment", " ".join(sorted(f"{name}={value}" for name, value in os.environ.items())), flush=True)
    if mode == "die":
        print("Error: Invalid or corrupt jarfile x.jar", flush=True)
        return 3
    if mode == "port-lost":
        pathlib.Path("mode").write_text("serve")
        print(f"Web server failed to start. Port {port} was already in use.", flush=True)
        return 1
    if mode == "silent":
        time.sleep(600)
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if mode == "script":
        pathlib.Path("mode").write_text("serve")
        child = subprocess.Popen([sys.executable, *sys.argv])
        pathlib.Path("child").write_text(str(child.pid))
        return child.wait()
    serve(port, "somebody else" if mode == "foreign" else mark)


if __name__ == "__main__":
    sys.exit(main())
