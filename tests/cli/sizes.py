#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How large the house is, and whether it stands straight: lines of src/, functions and how many static ones are used
once, and, from the object files of a build, circles of files within a room and calls to rooms that house.py forbids.

usage: sizes.py ROOT BUILD [--circles]    --circles: only those, exit 1 where there is one"""
import collections
import os
import re
import subprocess
import sys

from house import USES

ROOMS = list(USES)  # from the lowest up
HELP = "cli/function_texts.c"  # what luron help says of Lua functions: counted apart
NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\])*'", re.S)
DEFINITION = re.compile(r"^(?!typedef|struct \w+ \{)([A-Za-z_][\w \t*]*?\b(\w+)\([^;{}=]*\)[\w\s()]*)\{", re.M)
PROTOTYPE = re.compile(r"^static [^;{}=]*?\b(\w+)\([^;{}]*\)[^;{}]*;", re.M)


def sources(root):
    for folder, _, names in os.walk(os.path.join(root, "src")):
        yield from sorted(os.path.join(folder, name) for name in names if re.search(r"\.(c|h|py|js|css)$", name))


def room_of(path):
    return path.split("/src/", 1)[1].split("/")[0]


def static_functions(text):
    """The static functions that text defines, and how often each is named beside its definition and prototypes."""
    names = [m.group(2) for m in DEFINITION.finditer(text) if m.group(1).startswith("static")]
    words = collections.Counter(re.findall(r"\w+", text))
    prototypes = collections.Counter(PROTOTYPE.findall(text))
    return {name: words[name] - names.count(name) - prototypes[name] for name in names}


def print_sizes(root):
    lines, functions, once = collections.Counter(), collections.Counter(), collections.Counter()
    for path in sources(root):
        room = "help" if path.endswith(HELP) else room_of(path)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        lines[room] += text.count("\n")
        if path.endswith((".c", ".h")):
            uses = static_functions(NOT_CODE.sub(" ", text))
            functions[room] += len(uses)
            once[room] += sum(n == 1 for n in uses.values())
    print(f"{'room':12}{'lines':>8}{'static functions':>18}{'used once':>11}")
    for room in [r for r in ROOMS if r in lines] + ["all"]:
        n, f, o = [sum(c.values()) - c["help"] if room == "all" else c[room] for c in (lines, functions, once)]
        print(f"{room.removesuffix('.c'):12}{n:8}{f:18}{o:7}{100 * o / max(f, 1):3.0f} %")
    print(f"and {lines['help']} lines of help texts of Lua functions")


def object_files(build):
    for folder, _, names in os.walk(os.path.join(build, "src")):
        for name in names:
            where = re.match(r"(.*/src)/(?:(.*)/)?[^/]*\.p$", folder)
            if where and name.endswith(".c.o"):
                inner = "/" + where.group(2) if where.group(2) else ""
                yield os.path.join(folder, name), where.group(1) + inner + "/" + name[:-2]


def links(build):
    """file -> the files whose symbols it uses. Builds of one source (a precision, an instruction set) are one file."""
    home, wants = {}, collections.defaultdict(set)
    found = dict(object_files(build))
    for source in found.values():
        wants[source] = set()  # a file that uses nothing is one, too
    done = subprocess.run(["nm", "-A", *found], stdout=subprocess.PIPE, check=True, text=True)
    for line in done.stdout.splitlines():
        path, rest = line.split(":", 1)
        *_, kind, symbol = rest.split()
        if kind == "U":
            wants[found[path]].add(symbol)
        elif kind.isupper() or kind in "vw":
            home.setdefault(symbol, found[path])
    return {source: {home[s] for s in symbols if s in home} - {source} for source, symbols in wants.items()}


def circles(graph):
    """The strongly connected parts of more than one file (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for after in sorted(graph.get(node, ())):
            if after not in index:
                visit(after)
            if after in stack:
                low[node] = min(low[node], low[after])
        if low[node] == index[node]:
            part = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(part) > 1:
                found.append(sorted(part))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def short(path):
    return path.split("/src/", 1)[1]


def check_links(build):
    graph = links(build)
    if not graph:
        sys.exit(f"no object files in {build}: build first")
    mistakes = [f"a circle of {len(c)} files: {' '.join(map(short, c))}" for c in circles(graph)]
    for source, used in sorted(graph.items()):
        room = room_of(source)
        for u in sorted(used):
            if ROOMS.index(room_of(u)) > ROOMS.index(room):
                mistakes.append(f"{short(source)} uses {short(u)}, of a room above")
            elif room_of(u) not in USES[room]:
                mistakes.append(f"{short(source)} uses {short(u)}, which {room} may not use")
    print("\n".join(mistakes) if mistakes else f"{len(graph)} files, no circle")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    if sys.argv[3:] != ["--circles"]:
        print_sizes(sys.argv[1])
    sys.exit(check_links(sys.argv[2]))
