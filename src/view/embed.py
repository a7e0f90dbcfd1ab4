#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Files as C strings, for the program to carry; several in one, one after the other.

usage: embed.py OUT HEADER NAME=FILE[,FILE]...      HEADER declares the names"""
import sys


def line(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '\\n"\n'


def main(out, header, *names):
    with open(out, "w", encoding="utf-8") as c:
        c.write(f'#include "{header}"\n')
        for name, paths in (word.split("=", 1) for word in names):
            c.write(f"const char {name}[] =\n")
            for path in paths.split(","):
                with open(path, encoding="ascii") as f:
                    c.write("".join(map(line, f.read().splitlines())))
            c.write(";\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
