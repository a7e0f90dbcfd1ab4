#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what comes from luron's own tables (commands, options, fields, metrics, activations, losses, optimizers,
functions) into docs/reference.md, the manual page, the completions of shells (completions.py) and the definitions for
editors (definitions.py). ./dev pages

usage: pages.py [--check] LURON ROOT
A part stands between a line with pages:NAME and the next line with pages:end. `luron help --tables` says what to write.
--check: writes nothing, and fails if a file says something else than the tables."""
import os
import re
import subprocess
import sys

import completions
import definitions

BLOCK = re.compile(r"(?P<head>^[^\n]*\bpages:(?!end\b)(?P<name>\w+)\b[^\n]*\n)(?P<text>.*?)"
                   r"(?P<end>^[^\n]*\bpages:end\b)", re.DOTALL | re.MULTILINE)
COLUMNS = {
    "command": "name usage meaning", "option": "command letter name value meaning",
    "field": "name column value usual axis meaning", "choice": "field name",
    "metric": "name better needs meaning", "activation": "name least largest loss where meaning",
    "loss": "name meaning", "optimizer": "name rate reads batch meaning", "function": "name takes meaning",
    "csv": "name usual meaning"}


def read_tables(luron, root):
    """kind -> its entries, a dictionary each; shared: options; tutorial: the numbers of its scripts."""
    text = subprocess.run([luron, "help", "--tables"], stdout=subprocess.PIPE, check=True, text=True).stdout
    found = {kind: [] for kind in COLUMNS}
    for line in text.splitlines():
        kind, *cells = line.split("\t")
        names = COLUMNS[kind].split()
        cells += [""] * (len(names) - len(cells))
        found[kind].append(dict(zip(names, (c.replace("\\n", "\n") for c in cells), strict=True)))
    found["shared"] = shared(found)
    found["tutorial"] = tutorial_numbers(root)
    found["luron"] = luron
    return found


def shared(tables):
    """Options that several commands have, word for word, without the command: help, quiet, json, color."""
    same = {}
    for o in tables["option"]:
        same.setdefault((o["letter"], o["name"], o["value"], o["meaning"]), []).append(o)
    return [options[0] for options in same.values() if len(options) > len(tables["command"]) // 2]


def options_of(tables, command):
    """Those that are the command's own."""
    names = {o["name"] for o in tables["shared"]}
    return [o for o in tables["option"] if o["command"] == command["name"] and o["name"] not in names]


# ---- docs/reference.md ----
def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def code(text):
    return f"`{text}`" if text else ""


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n" + "".join("| " + " | ".join(line) + " |\n" for line in lines) + "\n"


def option_row(o):
    value = "=" + o["value"] if o["value"] else ""
    return [code((f"-{o['letter']}, " if o["letter"] else "") + f"--{o['name']}{value}"), cell(o["meaning"])]


def md_fields(tables):
    return markdown(["field", "what it is", "value", "default"],
                    [[code(f["name"]) + (" *" if f["axis"] else ""), cell(f["meaning"]), cell(f["value"]),
                      cell(f["usual"])] for f in tables["field"]])


def md_metrics(tables):
    return markdown(["metric", "what it is", "better", "needs"],
                    [[code(m["name"]), cell(m["meaning"]), m["better"], m["needs"]] for m in tables["metric"]])


def md_activations(tables):
    rows = []
    for a in tables["activation"]:
        ends = f"{a['least']} to {a['largest']}" if a["least"] != a["largest"] else ""
        rows.append([code(a["name"]) + (f" ({a['where']})" if a["where"] else ""), cell(a["meaning"]), ends,
                     code(a["loss"])])
    return markdown(["activation", "f(z)", "outputs", "loss, unless you give one"], rows)


def md_losses(tables):
    return markdown(["loss", "of one pattern"], [[code(x["name"]), cell(x["meaning"])] for x in tables["loss"]])


def md_optimizers(tables):
    return markdown(["optimizer", "what it does", "reads", "learning_rate, unless you give one"],
                    [[code(o["name"]) + (f" ({o['batch']} only)" if o["batch"] else ""), cell(o["meaning"]),
                      " ".join(map(code, o["reads"].split())), o["rate"]] for o in tables["optimizer"]])


def md_functions(tables):
    rows = []
    for f in tables["function"]:
        name = f["name"] if ":" in f["name"] else "luron." + f["name"]
        rows.append([code(name + (" " if f["takes"].startswith("{") else "") + f["takes"]), cell(f["meaning"])])
    return markdown(["function", "what it does"], rows)


def md_commands(tables):
    text = ""
    for c in tables["command"]:
        text += f"\n**`luron {c['name']} {c['usage']}`**: {c['meaning']}\n"
        rows = [option_row(o) for o in options_of(tables, c)]
        text += markdown(["option", "what it does"], rows).rstrip("\n") + "\n" if rows else ""
    every = [option_row(o) for o in tables["shared"]]
    return text + "\nCommands that print take these too, and `--help` is for every command:\n" + markdown(
        ["option", "what it does"], every)


# ---- packaging/luron.1 ----
def troff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def usage(text):
    """Words in capitals are for the reader to fill in, options stand as they are."""
    return re.sub(r"\b[A-Z][A-Z]+\b", lambda m: f"\\fI{m[0]}\\fR", troff(text))


def man_option(o):
    letter = f"\\fB\\-{o['letter']}\\fR, " if o["letter"] else ""
    value = f"=\\fI{troff(o['value'])}\\fR" if o["value"] else ""
    return f".TP\n{letter}\\fB\\-\\-{troff(o['name'])}\\fR{value}\n{troff(o['meaning'])}\n"


def man_synopsis(tables):
    return ".br\n".join(f".B luron {c['name']}\n[\\fIOPTIONS\\fR] {usage(c['usage'])}\n" for c in tables["command"])


def man_commands(tables):
    return "".join(f".TP\n.B {c['name']}\n{troff(c['meaning'])}\n" for c in tables["command"])


def man_options(tables):
    text = ".SS Common options\n" + "".join(map(man_option, tables["shared"]))
    for c in tables["command"]:
        own = options_of(tables, c)
        text += f".SS luron {c['name']}\n" + "".join(map(man_option, own)) if own else ""
    return text


def tutorial_numbers(root):
    """The scripts of the tutorial, NN_name.lua."""
    names = os.listdir(os.path.join(root, "scripts"))
    return sorted(name[:2] for name in names if name[:2].isdigit() and name.endswith(".lua"))


PAGES = {
    "docs/reference.md": {"fields": md_fields, "metrics": md_metrics, "activations": md_activations,
                          "losses": md_losses, "optimizers": md_optimizers, "functions": md_functions,
                          "commands": md_commands},
    "packaging/luron.1": {"synopsis": man_synopsis, "commands": man_commands, "options": man_options},
    "packaging/luron.bash": {"words": completions.bash_words},
    "packaging/luron.zsh": {"words": completions.zsh_words},
    "packaging/luron.fish": {"words": completions.fish_words},
    "library/luron.d.lua": {"definitions": definitions.definitions},
}


def main(arguments):
    check, (luron, root) = "--check" in arguments, arguments[-2:]
    tables, wrong = read_tables(os.path.abspath(luron), root), []
    for name, parts in PAGES.items():
        path = os.path.join(root, name)
        with open(path, encoding="utf-8") as file:
            before = file.read()
        found = {m["name"]: m["text"] for m in BLOCK.finditer(before)}
        now = {part: parts[part](tables) for part in found}
        wrong += [f"{name}: the lines pages:{part} ... pages:end are missing" for part in parts if part not in found]
        stale = [part for part in found if found[part] != now[part]]
        if check:
            wrong += [f"{name}: the part {part} is not what luron says now; ./dev pages writes it" for part in stale]
        elif stale:
            with open(path, "w", encoding="utf-8") as file:
                file.write(BLOCK.sub(lambda m, now=now: m["head"] + now[m["name"]] + m["end"], before))
            print(f"{name}: {' '.join(stale)}")
    if wrong:
        print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
