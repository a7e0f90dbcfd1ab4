#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The entries of library/luron/ as a table in C, for the program to carry: role, name, meaning, source, numbers, text.

usage: embed_library.py OUT FILE..."""
import os
import re
import sys


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", '\\n"\n"') + '"'


def entry(path):
    with open(path, encoding="ascii") as f:
        text = f.read()
    role = re.search(r"^return luron\.(\w+) \{$", text, re.M)[1]
    field = {key: re.search(rf'^  {key} = "([^"]*)",$', text, re.M)[1] for key in ("name", "meaning", "source")}
    numbers = re.search(r"^  numbers = \{ (.*) \},$", text, re.M)
    rate = re.search(r"^  learning_rate = (.*),$", text, re.M)
    says = ", ".join(filter(None, [rate and "learning_rate = " + rate[1], numbers and numbers[1]]))
    if field["name"] + ".lua" != os.path.basename(path):
        sys.exit(f"{path}: its name is {field['name']}")
    words = [field["name"], field["meaning"], field["source"], says, text]
    return f"    {{LUR_ROLE_{role.upper()}, {', '.join(map(quoted, words))}}},\n"


def main(out, *paths):
    with open(out, "w", encoding="ascii") as c:
        c.write('#include "sweep/library.h"\n')
        c.write("const struct lur_library_entry lur_library[] = {\n")
        c.writelines(entry(path) for path in sorted(paths))
        c.write("    {0},\n};\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
