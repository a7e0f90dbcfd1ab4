#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""network:to_c: the C that it writes is compiled without warnings, and gives the bits of network:forward.

usage: to_c.py LURON SCRIPT COMPILER..."""
import os
import subprocess
import sys
import tempfile

FLAGS = ["-O2", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror"]


def check(numbers, line):
    """C that calls a network and compares: inputs and outputs take turns."""
    name, n_in, n_out, *bits = line.split()
    n_in, n_out = int(n_in), int(n_out)
    rows = len(bits) // (n_in + n_out)
    numbers.append(f"static const uint64_t {name}_bits[] = {{{', '.join('0x' + b for b in bits)}}};\n"
                   f"void {name}(const double *, double *);\n")
    return (f"  for (int r = 0; r < {rows}; r++) {{\n    double x[{n_in}], y[{n_out}];\n"
            f"    memcpy(x, {name}_bits + r * {n_in + n_out}, sizeof x);\n    {name}(x, y);\n"
            f"    if (memcmp(y, {name}_bits + r * {n_in + n_out} + {n_in}, sizeof y)) {{\n"
            f'      printf("{name}, row %d: other bits\\n", r);\n      bad++;\n    }}\n  }}\n')


def main(luron, script, *compiler):
    with tempfile.TemporaryDirectory() as folder:
        lines = subprocess.run([luron, "run", script, folder], check=True, stdout=subprocess.PIPE,
                               text=True).stdout.splitlines()
        assert len(lines) == 17, lines
        numbers = []
        calls = "".join(check(numbers, line) for line in lines)
        path = os.path.join(folder, "main.c")
        with open(path, "w", encoding="ascii") as f:
            f.write("#include <stdint.h>\n#include <stdio.h>\n#include <string.h>\n" + "".join(numbers)
                    + "int main(void) {\n  int bad = 0;\n" + calls + "  return bad != 0;\n}\n")
        sources = [os.path.join(folder, line.split()[0] + ".c") for line in lines]
        program = os.path.join(folder, "check")
        subprocess.run([*compiler, *FLAGS, path, *sources, "-o", program, "-lm"], check=True)
        sys.exit(subprocess.run([program], check=False).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
