# SPDX-License-Identifier: MIT
"""library/luron.d.lua: what an editor with lua-language-server knows of the module (LuaCATS annotations). Fields,
functions and their texts are luron's tables (pages.py); what objects hold is asked of objects."""
import re
import subprocess
import tempfile
import textwrap

MEMBERS = """
local luron = require "luron"
local record
local e = luron.experiment { inputs = { {0, 1}, {1, 0} }, targets = { 0, 1 }, hidden = 2, epochs = 10, curve = 2,
  validation = { inputs = { {0, 0} }, targets = { 0 } },
  log = function(r) record = r end, sweep = { seed = luron.range(1, 2) } }
local run, results = e:run(), e:sweep()
local objects = { run = run, record = record, row = results[1], entry = results:by("seed")[1],
  data = luron.data.xor {}, network = run.network, neuron = luron.neuron { inputs = 1, bias = true } }
local types = { userdata = "table", float = "number" }
local lines = {}
for class, object in pairs(objects) do
  for name, value in pairs(object) do
    local kind = math.type(value) or type(value)
    if name == "network" then kind = "luron.network" end
    lines[#lines + 1] = class .. " " .. name .. " " .. (types[kind] or kind)
  end
end
table.sort(lines)
print(table.concat(lines, "\\n"))
"""
CLASSES = {"experiment": "an experiment: its fields, which do not change", "run": "a run that was trained",
           "record": "an epoch, as log and stop.when see it", "results": "the rows of a results file, r[1] to r[#r]",
           "row": "a row of a results file", "entry": "one value of an axis, as results:by gives it",
           "data": "a data set", "network": "layers of units", "neuron": "a single unit",
           "random": "a generator of random numbers", "axis": "values of a field under sweep",
           "function": "a function of your own, as a field's value"}
# Beside what the members of objects are, by name.
MORE = {"results": ["path string", "[integer] luron.row"], "run": ["[string] any"], "row": ["[string] any"],
        "data": ["classes? string[]", "names? string[]", "target_names? string[]", "categories? table[]"],
        "network": ["classes? string[]"]}
RETURNS = {"experiment": "luron.experiment", "experiment:run": "luron.run", "experiment:sweep": "luron.results",
           "results": "luron.results", "results:best": "luron.row|luron.row[]", "results:by": "luron.entry[]",
           "results:rows": "fun(): luron.row", "neuron": "luron.neuron", "network": "luron.network",
           "load": "luron.network", "fann_network": "luron.network", "neuron:forward": "number",
           "network:forward": "number[]|number[][]", "network:predict": "number[][]",
           "network:classify": "string|integer|table", "network:loss": "number", "network:accuracy": "number?",
           "network:confusion": "table", "random": "luron.random", "random:integer": "integer", "equal": "boolean",
           "random:normal": "number", "random:uniform": "number", "data:split": "luron.data, luron.data",
           "data:folds": "table[]", "proben1": "luron.data, luron.data, luron.data", "every": "any", "halving": "any"}
NOTHING = ("run:plot", "run:save", "results:plot", "results:report", "results:close", "neuron:update", "network:save",
           "network:to_c", "network:to_onnx", "data:save")
AXES = ("range", "linspace", "geomspace", "uniform", "loguniform", "list", "zip")
MAKERS = ("activation", "loss", "optimizer", "schedule", "penalty", "init")
PARAMETERS = {"path": "string", "name": "string", "metric": "string", "axis": "string", "n": "integer", "k": "integer",
              "seed": "integer", "first": "integer", "last": "integer", "low": "number", "high": "number",
              "f": "function", "fraction": "number", "learning_rate": "number", "error": "number", "z": "number",
              "base": "number", "step": "number", "mean": "number", "deviation": "number", "a": "number",
              "b": "number", "c": "number", "options": "table", "overrides": "luron.fields",
              "data": "luron.data|table"}
KINDS = (("a whole number", "integer"), ("a number", "number"), ("true", "boolean"), ("a text", "string"),
         ("a path", "string"), ("a table", "table"), ("a list", "table"), ("a data set", "luron.data|table"),
         ("a network", "luron.network"), ("a metric's name", "string"), ("a layer's number", "integer|table"))
# Words of a field's value that say that it may be that, too.
ALSO = ((r"\ba list\b|\blists?\b of|\{", "table"), (r"function", "function"), (r"one of the library", "luron.function"),
        (r"or a fraction", "number"), (r", or false", "false"))


def members(luron):
    """class -> what its objects hold, NAME TYPE each."""
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run([luron, "run", "-"], input=MEMBERS, stdout=subprocess.PIPE, check=True, text=True,
                              cwd=folder).stdout
    found = {}
    for line in text.splitlines():
        name, _, member = line.partition(" ")
        found.setdefault(name, []).append(member)
    return found


def field_type(field, choices):
    value, types = field["value"], [choices] if choices else []
    types += [kind for begin, kind in KINDS if value.startswith(begin)]
    types += [kind for words, kind in ALSO if re.search(words, value)]
    types += [f'"{word}"' for word in re.findall(r'"(\w+)"', value) if not choices]
    types = list(dict.fromkeys("|".join(types).split("|")))
    return "|".join(types) or "any"


def comment(text):
    return "".join(f"---{line}\n" for line in textwrap.wrap(text.replace("\n", " "), 114))


def choices_of(tables, field):
    return [c["name"] for c in tables["choice"] if c["field"] == field["name"] and c["name"] not in ("true", "false")]


def fields(tables):
    text, stop = "", "---@class luron.stop\n"
    for f in tables["field"]:
        kind = f"luron.choice.{f['name']}" if choices_of(tables, f) else ""
        text += f"---@alias {kind}\n" + "".join(f'---| "{c}"\n' for c in choices_of(tables, f)) + "\n" if kind else ""
    text += "---The fields of an experiment; luron help FIELD says more.\n---@class luron.fields\n"
    for f in tables["field"]:
        kind = field_type(f, f"luron.choice.{f['name']}" if choices_of(tables, f) else "")
        usual = f" Default: {f['usual']}." if f["usual"] else ""
        text += comment(f["meaning"] + usual) + f"---@field {f['name']}? {kind}\n"
        if f["name"].startswith("stop_"):
            stop += comment(f["meaning"]) + f"---@field {f['name'][5:]}? {kind}\n"
    return stop + "\n" + text + comment("When a run ends early.") + "---@field stop? luron.stop|false\n"


def classes(tables):
    text, held = "", members(tables["luron"])
    for name, meaning in CLASSES.items():
        parent = ": luron.fields" if name == "experiment" else ""
        text += f"\n---{meaning[0].upper()}{meaning[1:]}.\n---@class luron.{name}{parent}\n"
        text += "".join(f"---@field {m}\n" for m in held.get(name, []) + MORE.get(name, []))
        if any(f["name"].startswith(name + ":") for f in tables["function"]):
            text += f"local {name} = {{}}\n"
    return text


def parameters(takes):
    """NAME, or NAME? where it may be left out, each."""
    if takes.startswith("{"):
        return ["fields"]
    inner, found, depth = takes[1:takes.index(") or (")] if ") or (" in takes else takes[1:-1], [], 0
    for token in re.findall(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[\[\],]|[\w.]+", inner):
        depth += {"[": 1, "]": -1}.get(token, 0)
        if token.startswith("{"):
            found.append("options?" if depth else "options")
        elif token not in "[],":
            found.append(token if token == "..." else token + ("?" if depth else ""))
    return [p if found.count(p) == 1 else f"{p.rstrip('?')}_{i}" + ("?" if "?" in p else "")
            for i, p in enumerate(found, 1)]


def returned(name):
    if name in RETURNS:
        return RETURNS[name]
    if name in AXES:
        return "luron.axis"
    if name in MAKERS:
        return "luron.function"
    owner = name.split(":")[0]
    return "luron.data" if owner == "data" or name.startswith("data.") or name in FORMATS else "number"


FORMATS = ("csv", "read", "fann", "snns", "lens", "arff", "libsvm", "npy", "idx")


def function(f):
    name, names = f["name"], parameters(f["takes"])
    text = comment(f["meaning"])
    for p in names:
        kind = "luron.fields" if name == "experiment" else "table" if p == "fields" else PARAMETERS.get(
            re.sub(r"_\d|\?", "", p), "any")
        text += f"---@param {p} {kind}\n"
    text += "" if name in NOTHING else f"---@return {returned(name)}\n"
    spoken = name if ":" in name else "luron." + name
    return text + f"function {spoken}({', '.join(p.rstrip('?') for p in names)}) end\n"


def definitions(tables):
    groups = sorted({f["name"].split(".")[0] for f in tables["function"] if "." in f["name"]})
    text = "\n" + fields(tables) + classes(tables) + "\n---@class luron\n---@field version string\nlocal luron = {}\n"
    text += "".join(f"luron.{group} = {{}}\n" for group in groups)
    return text + "".join("\n" + function(f) for f in tables["function"]) + "\n"
