#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the measured tables of README.md and docs/performance.md from bench/results/MACHINE/*.json, so that none is
typed. Each table is there once per machine, the machine that was measured last first; README's is that machine's alone.

usage: table.py [--check] ROOT
A table stands between the lines <!-- bench:NAME --> and <!-- bench:end -->. --check: writes nothing, and fails where a
file says something else than the results."""
import json
import os
import re
import sys

from machine import shown
from works import WORKS

FILES = ("README.md", "docs/performance.md")
BLOCK = re.compile(r"(<!-- bench:(\w+) -->\n).*?(<!-- bench:end -->)", re.DOTALL)
NOTHING = "Not measured yet: `./dev bench`.\n"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def number(x):
    """Three digits, without an exponent."""
    return f"{x:,.0f}" if abs(x) >= 100 else f"{x:.3g}"


def machine_line(results):
    """Where and when: of all results that a table shows."""
    facts = [r["machine"] for r in results]
    first, dates = facts[0], sorted(f["date"] for f in facts)
    when = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
    loads = [f["load"][0] for f in facts]
    rounds = {len(row["rounds"]) for r in results for row in r.get("contenders", []) if "rounds" in row} or {
        r["rounds"] for r in results}
    said = f"{min(rounds)} to {max(rounds)}" if len(rounds) > 1 else str(*rounds)
    return (f"{first['processor']} (family {first['family']}, model {first['model']}), {first['cores']} cores, "
            f"{first['system']}, Python {first['python']}; {when}; medians of {said} interleaved rounds; other load "
            f"at the start of a work {min(loads):.1f} to {max(loads):.1f}.\n")


def comparisons(results):
    """Works in their order that have luron and others."""
    return [results[name] for name, work in WORKS.items() if name in results and work["kind"] != "scale"]


def beside(contenders):
    """Those that are not another build of luron."""
    return [row for row in contenders if row["label"] != "luron before"]


def times(row, ours):
    return number(row["seconds_a_unit"] / ours["seconds_a_unit"]) if "missing" not in row else "missing"


COLUMNS = ("JAX", "torch", "numpy", "TensorFlow")


SHORT = ("neuron", "sweep_double", "xor", "own_swish_double", "digits_16", "trials_grid")


def peers(results, names=tuple(WORKS)):
    """A line per work, a column for each of the libraries that most works have."""
    found = [r for r in comparisons(results) if r["work"] in names]
    if not found:
        return NOTHING
    rows = []
    for r in found:
        ours, *others = beside(r["contenders"])
        cells = {c: ", ".join(times(o, ours) for o in others if o["label"].startswith(c)) for c in COLUMNS}
        rest = [f"{o['label']} {times(o, ours)}" for o in others if not o["label"].startswith(COLUMNS)]
        rows.append([r["title"], f"{shown(ours['seconds_a_unit'])} per {ours['unit']}", *cells.values(),
                     "; ".join(rest)])
    return table(["work", "luron", *COLUMNS, "others"], rows) + "\n" + machine_line(found)


def short(results):
    """The same of the works that README shows: one in which others are faster is among them."""
    return peers(results, SHORT)


def contenders(results):
    """A line per contender, with goals and the least and most of its rounds."""
    found = comparisons(results)
    if not found:
        return NOTHING
    text = ""
    for r in found:
        ours, rows = r["contenders"][0], []
        for o in r["contenders"]:
            if "missing" in o:
                rows.append([o["label"], "missing", "", "", "", o["missing"].replace("|", "/")[:80]])
                continue
            each = [t[r["clock"]] / o["units"] for t in o["rounds"]]
            said = ", ".join(x for x in (o["version"], o["note"]) if x)
            rows.append([o["label"], shown(o["seconds_a_unit"]), f"{shown(min(each))} .. {shown(max(each))}",
                         times(o, ours) if o is not ours else "", str(o["goal"] or ""), said])
        text += f"**{r['work']}**: {r['title']}; {r['clock']} time per {ours['unit']}\n\n"
        text += table(["", "median", "least .. most", "multiple of luron's", "goal", ""], rows) + "\n"
    return text + machine_line(found)


def engine(results):
    """The engine's table with its goals."""
    if "engine" not in results:
        return NOTHING
    r, rows = results["engine"], []
    for x in r["rows"]:
        what = x["what"] + (" " + x["against"] if x["against"] else "")
        work = x["work"].replace(", a ", ", per ")
        goal = "" if x["goal"] is None else f"at {'most' if x.get('at_most') else 'least'} {x['goal']}"
        if "missing" in x:
            rows.append([work, what, "missing", "", goal, x["missing"].replace("|", "/")[:80]])
            continue
        both = "" if x["ours_ns"] is None else f"{shown(x['ours_ns'] * 1e-9)}, {shown(x['theirs_ns'] * 1e-9)}"
        rows.append([work, what, number(x["value"]), f"{number(x['least'])} .. {number(x['most'])}",
                     goal + ("" if x["reached"] is not False else ": no"), both])
    head = ["work", "", "median", "least .. most", "goal", "luron's time, the other's"]
    fma = ", ".join(f"{p} {t:.4f} ns" for p, t in r["fma_ns"].items())
    return (table(head, rows) + f"\nKernel {r['isa']}; one lane's fused multiply-add, measured in the same launches: "
            f"{fma}.\n" + machine_line([r]))


def scale(results):
    """What sweeps of ever more runs take; then what looking at their files takes."""
    text, found = "", [results[name] for name, work in WORKS.items() if name in results and work["kind"] == "scale"]
    if not found:
        return NOTHING
    for r in found:
        rows = [[f"{row['units']:,}" if row["units"] > 1 else row["label"].split(", ", 1)[1],
                 shown(row["seconds_a_unit"] * row["units"]), f"{row['peak_bytes'] / 1e6:,.0f} MB",
                 shown(row["seconds_a_unit"]) if row["units"] > 1 else ""] for row in r["contenders"]
                if not row["label"].startswith("luron before")]
        head = ["runs, or a look at their file", "wall time", "peak of memory", "wall time per run"]
        text += r["title"] + ":\n\n" + table(head, rows) + "\n"
    return text + machine_line(found)


ONE_MACHINE = ("short",)
TABLES = {"peers": peers, "short": short, "contenders": contenders, "engine": engine, "scale": scale}


def read_results(folder):
    """A machine's results by the works' names."""
    found = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found[name[:-5]] = json.load(file)
    return found


def machines(folder):
    """The results of every machine, the last measured first."""
    found = [read_results(e.path) for e in os.scandir(folder) if e.is_dir()] if os.path.isdir(folder) else []
    return sorted(filter(None, found), key=lambda results: max(r["machine"]["date"] for r in results.values()),
                  reverse=True)


def written(name, all_machines):
    """The text of a table."""
    if name in ONE_MACHINE:
        all_machines = all_machines[:1]
    texts = [TABLES[name](results) for results in all_machines]
    return "\n".join(t for t in texts if t != NOTHING) or NOTHING


def main():
    check, root = "--check" in sys.argv[1:], sys.argv[-1]
    found = machines(os.path.join(root, "bench", "results"))
    n_blocks = n_other = 0
    for name in FILES:
        path = os.path.join(root, name)
        with open(path, encoding="utf-8") as file:
            before = file.read()
        after, n = BLOCK.subn(lambda m: m[1] + "\n" + written(m[2], found) + "\n" + m[3], before)
        n_blocks += n
        if after == before:
            continue
        n_other += 1
        if check:
            print(f"{name}: its tables are not those of bench/results; write them with bench/table.py")
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(after)
    if not n_blocks:
        print("no table stands in " + " or ".join(FILES))
    sys.exit(1 if check and n_other or not n_blocks else 0)


main()
