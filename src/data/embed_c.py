#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The engine's functions as texts in C, for the program to carry: what network:to_c writes before a network. They are
the engine's own sources, one lane wide, without what they include; so a file that holds them has the engine's bits.

usage: embed_c.py OUT SCALAR ACTIVATIONS FUNCTIONS WHOLE TRIG POWER OWN"""
import re
import sys

CHUNK = 4000  # bytes per literal: C promises 4095


def literal(text):
    lines = ['"' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"' for line in text.splitlines()]
    return "\n    ".join(lines)


def read(path):
    """Without the head, the guard and what is included from the engine."""
    with open(path, encoding="ascii") as f:
        text = f.read()
    text = re.sub(r"\A/\*.*?\*/\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^#ifndef (\w+)\n#define \1\n(.*)^#endif\n\Z", r"\2", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r'^#include "[^\n]*\n', "", text, flags=re.MULTILINE)


def main(out, scalar, activations, functions, whole, trig, power, own):
    with open(activations, encoding="ascii") as f:
        rows, formulas = re.match(r".*?INC_H\n(.*?)\n#endif\n\n#ifdef FORMULAS\n(.*)#endif\n", f.read(),
                                  re.DOTALL).groups()
    base = (read(scalar) + rows
            + "\n#define ID_OF(ID, ...) LUR_##ID,\nenum lur_activation { LUR_ACTIVATIONS(ID_OF) LUR_N_ACTIVATIONS };\n"
            + re.sub(r"#define FORMULAS\n#undef FORMULAS\n", lambda _: formulas, read(functions)))
    values = re.search(r"^static real activation_value.*?^#undef VALUE\n", read(own), re.DOTALL | re.MULTILINE)[0]
    more = "#include <stddef.h>\n" + read(whole) + read(trig) + read(power) + values
    with open(out, "w", encoding="ascii") as c:
        c.write('#include "data/network_c.h"\n')
        for name, text in (("base", base), ("more", more)):
            c.write(f"const char *const lur_c_{name}[] = {{\n")
            lines, part = text.splitlines(), []
            for line in lines:
                part.append(line)
                if sum(map(len, part)) > CHUNK // 2:
                    c.write("    " + literal("\n".join(part)) + ",\n")
                    part = []
            c.write("    " + literal("\n".join(part)) + ",\n    NULL};\n" if part else "    NULL};\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
