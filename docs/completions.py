# SPDX-License-Identifier: MIT
"""The words of the shells' completions, packaging/luron.bash, luron.zsh and luron.fish, from luron's tables (pages.py).
Each shell completes commands, options, fields, and the values of options and of fields that are axes."""

# Of luron help, beside names.
TOPICS = ["fields", "functions", "csv", "activations", "losses", "optimizers", "schedules", "penalties", "inits",
          "samplers", "statuses"]
# Fields whose values have a text of their own there.
TOLD = ("activation", "loss", "optimizer", "schedule", "penalty", "init", "sampler")


def folded(head, words, end="'"):
    """The words after head, up to end, in lines of at most 118 columns."""
    lines, line = [], head + ("'" if end == "'" else "")
    for word in words:
        if len(line) + len(word) > 117:
            lines.append(line.rstrip())
            line = "  "
        line += word + " "
    return "\n".join([*lines, line.rstrip() + end]) + "\n"


def option_values(tables):
    """What an option takes, by its name: names of metrics, or the words that its text lists."""
    metrics = [m["name"] for m in tables["metric"]] + ["epochs"]
    values = {"metric": metrics + ["solved"], "value": metrics + ["solved"], "keep": ["all", "cells"],
              "color": ["auto", "always", "never"]}
    for o in tables["option"]:
        if o["name"] in ("fold", "shade"):
            values[o["name"]] = o["meaning"].rsplit(": ", 1)[1].split()
    return values


def field_values(tables):
    """The choices of the fields that have some."""
    values = {f["name"]: [c["name"] for c in tables["choice"] if c["field"] == f["name"]] for f in tables["field"]}
    return {name: words for name, words in values.items() if words}


def options_of(tables, command):
    return [o for o in tables["option"] if o["command"] == command["name"]]


def topics(tables):
    methods = sorted({f["name"].split(":")[1] for f in tables["function"] if ":" in f["name"]})
    functions = ["luron." + f["name"] for f in tables["function"] if ":" not in f["name"]]
    choices = [m["name"] for m in tables["metric"]] + [c["name"] for c in tables["choice"] if c["field"] in TOLD]
    return TOPICS + functions + methods + sorted(set(choices))


def bash_words(tables):
    text = folded("_luron_commands=", [c["name"] for c in tables["command"]])
    text += folded("_luron_topics=", topics(tables))
    text += folded("_luron_numbers=", tables["tutorial"])
    text += folded("_luron_fields=(", [f["name"] for f in tables["field"]], ")")
    text += "declare -gA _luron_options=(\n"
    for c in tables["command"]:
        words = [f"--{o['name']}{'=' if o['value'] else ''}" for o in options_of(tables, c)]
        text += folded(f"  [{c['name']}]=", words)
    text += ")\ndeclare -gA _luron_option_values=(\n"
    for name, words in option_values(tables).items():
        text += folded(f"  [{name}]=", words)
    text += ")\ndeclare -gA _luron_values=(\n"
    for name, words in field_values(tables).items():
        text += folded(f"  [{name}]=", words)
    return text + ")\n"


# ---- zsh: NAME:MEANING in each array ----
def described(name, meaning):
    text = meaning.split("\n")[0].replace("'", "'\\''")
    return "'" + name.replace(":", "\\:") + ":" + text + "'"


def zsh_array(name, entries):
    return f"{name}=(\n" + "".join(f"  {entry}\n" for entry in entries) + ")\n"


def zsh_words(tables):
    text = zsh_array("_luron_commands", [described(c["name"], c["meaning"]) for c in tables["command"]])
    text += folded("_luron_topics=(", topics(tables), ")")
    text += folded("_luron_numbers=(", tables["tutorial"], ")")
    text += zsh_array("_luron_fields", [described(f["name"], f["meaning"]) for f in tables["field"]])
    for c in tables["command"]:
        entries = [described(f"--{o['name']}{'=' if o['value'] else ''}", o["meaning"]) for o in options_of(tables, c)]
        text += zsh_array(f"_luron_options_{c['name']}", entries)
    values = {"--" + name: words for name, words in option_values(tables).items()} | field_values(tables)
    text += "_luron_values=(\n"
    for name, words in values.items():
        text += folded(f"  {name} ", words)
    return text + ")\n"


# ---- fish: a complete for each option ----
def fish_quoted(text):
    return "'" + text.split("\n")[0].replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish_words(tables):
    text = ""
    for c in tables["command"]:
        text += f"complete -c luron -n __fish_use_subcommand -f -a {c['name']} -d {fish_quoted(c['meaning'])}\n"
    values = option_values(tables)
    for c in tables["command"]:
        for o in options_of(tables, c):
            words = f" -s {o['letter']}" if o["letter"] else ""
            if o["value"]:
                words += " -r" + (f" -f -a '{' '.join(values[o['name']])}'" if o["name"] in values else "")
            text += (f"complete -c luron -n '__fish_seen_subcommand_from {c['name']}' -l {o['name']}{words}"
                     f" -d {fish_quoted(o['meaning'])}\n")
    text += fish_list("__luron_topics", topics(tables) + [f["name"] for f in tables["field"]])
    text += fish_list("__luron_numbers", tables["tutorial"])
    text += "function __luron_fields\n"
    text += "".join(f"    echo {f['name']}=\\t{fish_quoted(f['meaning'])}\n" for f in tables["field"])
    text += "end\nfunction __luron_values\n    switch $argv[1]\n"
    for name, words in field_values(tables).items():
        text += f"        case {name}\n            string split ' ' '{' '.join(words)}'\n"
    return text + "    end\nend\n"


def fish_list(name, words):
    return f"function {name}\n    string split ' ' '{' '.join(words)}'\nend\n"
