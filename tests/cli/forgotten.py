#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A row that is added to one of the engine's lists and nowhere else does not compile in a plain build, and
the compiler's message names what is missing. Each list gets a row in a copy of src/; one lane kernel and the reference
kernel are compiled.

usage: forgotten.py ROOT CC..."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

# list, where the row goes (before this), the row, what the message must name
PLANTED = [
    ("activations", "  X(LINEAR, linear,", "  X(SWISH, swish, 0, 0, MSE, \"\") \\\n", "swish"),
    ("losses", "  X(PERCEPTRON, perceptron,", "  X(HINGE, hinge, \"\") \\\n", "hinge"),
    ("optimizers", "  X(RPROP, rprop,", "  X(LION, lion, LUR_READS_DECAY, 0.1, 0, 0, ZERO, \"\") \\\n", "lion"),
    ("metrics", "  X(ACCURACY, accuracy,", '  X(DRIFT, drift, EPOCHS, LOSS, LOW, ASKED, COMPARES, "") \\\n', "drift"),
    ("metrics", "  X(ERROR_MAX, error_max, LARGEST)", "  X(HALF, half, MEAN) \\\n", "half"),
]
FLAGS = ["-std=gnu11", "-D_GNU_SOURCE", "-O0", "-fsyntax-only", "-DVEC_FLOAT=0"]  # and errors of meson.build


def compile_all(root, compiler):
    """The messages of the first file that does not compile; "" where all do."""
    machine = subprocess.run(["uname", "-m"], stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
    vector = {"x86_64": "sse2", "aarch64": "neon"}.get(machine)
    with open(os.path.join(root, "meson.build"), encoding="utf-8") as file:
        errors = re.findall(r"'(-Werror=[^']*)'", file.read())
    sources = [("reference/run.c", ['-DREFERENCE_BUILD=lur_reference_double', '-DREFERENCE_NAME="double"']),
               ("block.c", [])]
    if vector:
        sources.append(("kernel/build.c", [f'-DVEC_HEADER="engine/vec/{vector}.h"', "-DVEC_REGS=4", "-DFORM=0",
                                           "-DKERNEL=kernel", '-DKERNEL_ISA="test"', "-Wno-psabi"]))
    for source, more in sources:
        done = subprocess.run([*compiler, *FLAGS, *errors, *more, "-I", os.path.join(root, "src"),
                               os.path.join(root, "src/engine", source)], check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            return done.stdout
    return ""


def main(root, compiler):
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for room in ("base", "engine"):
            shutil.copytree(os.path.join(root, "src", room), os.path.join(folder, "src", room))
        shutil.copy(os.path.join(root, "meson.build"), folder)
        if compile_all(folder, compiler):
            failed.append("the sources as they are: " + compile_all(folder, compiler))
        for name, place, row, word in PLANTED:
            path = os.path.join(folder, "src/engine", name + ".inc.h")
            with open(path, encoding="utf-8") as file:
                text = file.read()
            assert text.count(place) == 1, place
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace(place, row + place))
            message = compile_all(folder, compiler)
            said = next((line for line in message.splitlines() if "error" in line), "")
            print(f"{name}, {word}: {said}")
            if word not in said.lower():
                failed.append(f"{name}: {word} is not missed")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    print("\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:] or ["cc"]))
