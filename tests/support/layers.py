#!/usr/bin/env python3
"""Fails on an include against the arrows of the rooms: conductor <- mcp <- app, and within a room only to folders it may know.

usage: layers.py SOURCE-DIRECTORY
"""
import pathlib
import re
import sys

MAY_INCLUDE = {
    "conductor": {"conductor"},
    "mcp": {"conductor", "mcp"},
    "app": {"conductor", "mcp", "app"},
}
# Folders whose inside is at the bottom of its room: they include nothing of their room but these.
BOTTOM = {
    "conductor/base": {"conductor/base"},
    "conductor/model": {"conductor/base", "conductor/model"},
    "conductor/api": {"conductor/base", "conductor/model", "conductor/api"},
    "conductor/profile": {"conductor/base", "conductor/profile"},
    "conductor/secret": {"conductor/base", "conductor/model", "conductor/api", "conductor/profile", "conductor/secret"},
    "conductor/definition": {"conductor/base", "conductor/model", "conductor/definition"},
    "conductor/graph": {"conductor/base", "conductor/model", "conductor/graph"},
    "conductor/local": {"conductor/base", "conductor/model", "conductor/api", "conductor/local"},
    "conductor/insight": {"conductor/base", "conductor/model", "conductor/graph", "conductor/insight"},
    "mcp/protocol": {"conductor/base", "mcp/protocol"},
    "app/look": {"conductor/base", "conductor/model", "app/look"},
    "app/widgets": {"conductor/base", "conductor/model", "app/look", "app/widgets"},
}
GUI = re.compile(r"#include <(Q(Widget|Application|GuiApplication|Painter|Icon|Pixmap|Palette|Color|Font)\b|QtWidgets|QtGui)")
INCLUDE = re.compile(r'^\s*#include "([^"]+)"')


def faults(root):
    for room in MAY_INCLUDE:
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            folder = path.parent.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text().splitlines(), 1):
                place = f"{path.relative_to(root)}:{number}"
                if room != "app" and GUI.match(line):
                    yield f"{place}: {room} knows no Gui: {line.strip()}"
                match = INCLUDE.match(line)
                if not match or match.group(1).endswith(".moc"):
                    continue
                included = match.group(1)
                if "/" not in included:
                    yield f"{place}: an include starts at its room: {included}"
                    continue
                if included.split("/")[0] not in MAY_INCLUDE[room]:
                    yield f"{place}: {room} must not include {included}"
                allowed = BOTTOM.get(folder)
                if allowed and included.rsplit("/", 1)[0] not in allowed:
                    yield f"{place}: {folder} must not include {included}"


def main():
    root = pathlib.Path(sys.argv[1])
    found = list(faults(root))
    for fault in found:
        print(fault)
    read = sum(1 for room in MAY_INCLUDE for _ in (root / room).rglob("*.cpp"))
    print(f"{read} sources, {len(found)} includes against the arrows")
    return 1 if found or read == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
