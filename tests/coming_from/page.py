# SPDX-License-Identifier: MIT
"""What the generators beside this file share: they read the tables of docs/coming-from.md, compute what its first
column says with the program of that name, and write the numbers as a Lua table, which coming_from.lua reads."""
import ast
import os
import re
import sys
import textwrap

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "coming-from.md")
LISTS = ("parameters", "outputs", "start")


def section(title):
    with open(PAGE, encoding="utf-8") as f:
        return re.split(r"(?m)^## ", f.read().split(f"\n## {title}\n")[1])[0]


def cells(title):
    """The first cells of the rows of that section's tables."""
    found = []
    for line in section(title).split("\n"):
        if line.startswith("| ") and "`" in line:
            found.append(line[2:].split(" | ")[0])
    return found


def pieces(cell):
    """The code in a cell, in its order."""
    return re.findall(r"`([^`]+)`", cell)


def case(three=False):
    """Its inputs, targets, weights and biases; or those of three outputs."""
    one, classes = section("The case").split("local classes = ")

    def of(name):
        text = classes if three and name != "inputs" else one
        found = re.search(name + r" = (\{.*\}),\n", text).group(1)
        return ast.literal_eval(found.replace("{", "[").replace("}", "]"))

    return {name: of(name) for name in ("inputs", "targets", "weights", "biases")}


def in_order(layers):
    """Layer by layer the weights, unit by unit, and then the biases; a layer is a pair: [unit][input] and [unit]."""
    flat = []
    for weights, biases in layers:
        flat += [float(w) for unit in weights for w in unit] + [float(b) for b in biases]
    return flat


def lua(value):
    if isinstance(value, list):
        return "{ " + ", ".join(lua(v) for v in value) + " }"
    return value if isinstance(value, str) else repr(float(value))


def write(maker, version, rows):
    """rows: cell -> { name: a number, numbers, or Lua }"""
    out = ["-- SPDX-License-Identifier: MIT", f"-- Made by {maker} with {version}.", "return {"]
    for cell, found in rows.items():
        equals = "=" if "]]" in cell else ""
        key = " ..\n    ".join(f"[{equals}[{cell[i:i + 100]}]{equals}]" for i in range(0, len(cell), 100))
        out.append(f"  [ {key} ] = {{")
        for name, value in found.items():
            out.append(textwrap.fill(f"    {name} = {lua(value)},", 120, subsequent_indent="      "))
        out.append("  },")
    sys.stdout.write("\n".join(out + ["}"]) + "\n")


def main():
    """Lines from a generator in another language: a cell, a name, and numbers or Lua, with tabs between."""
    rows = {}
    for line in sys.stdin:
        cell, name, values = line.rstrip("\n").split("\t")
        if not values.startswith("{"):
            values = [float(v) for v in values.split(" ")]
            values = values if name in LISTS else values[0]
        rows.setdefault(cell, {})[name] = values
    write(*sys.argv[1:3], rows)


if __name__ == "__main__":
    main()
