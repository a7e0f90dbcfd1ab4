#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/results.md: every example is run, in order, in one folder that may only be read by what is no shell command;
the text behind it is what it must print. What needs a tool that is not here is skipped with a word. A Python that has
pandas, polars and duckdb: LURON_READERS, or build-readers of ./dev test readers.

usage: results_elsewhere.py [-u] LURON RESULTS.md      -u writes what came into the page"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FENCE = re.compile(r"```(\w+)\n(.*?)```\n", re.DOTALL)


def reader():
    """The Python that is asked for third parties' modules."""
    built = os.path.join(ROOT, "build-readers", "bin", "python")
    return os.environ.get("LURON_READERS") or (built if os.path.exists(built) else sys.executable)


def lacks(language, code):
    """What is missing for this example; "" where nothing is."""
    if language == "r":
        if not shutil.which("Rscript"):
            return "no R"
        needed = [name for name in ("DBI", "RSQLite") if name + "::" in code]
        test = ["Rscript", "-e", "".join(f"stopifnot(requireNamespace('{n}', quietly = TRUE));" for n in needed) + "1"]
    elif language == "python":
        needed = re.findall(r"^import (\w+)", code, re.MULTILINE)
        test = [reader(), "-c", "import " + ", ".join(needed)]
    else:
        return "" if "sqlite3" not in code or shutil.which("sqlite3") else "no sqlite3"
    done = subprocess.run(test, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return "" if done.returncode == 0 else "not installed: one of " + " ".join(needed)


def run(language, code, folder):
    """What it prints. Root would write where it may not, but without its privileges it cannot either."""
    command = {"sh": ["sh", "-ec", code], "python": [reader(), "-c", code], "r": ["Rscript", "-e", code]}[language]
    if language != "sh" and os.getuid() == 0:
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"{done.stdout}{done.stderr}[{done.returncode}]\n"


def main(arguments):
    update = arguments[0] == "-u"
    luron, page = arguments[1:] if update else arguments
    os.environ["PATH"] = os.path.dirname(os.path.abspath(luron)) + ":" + os.environ["PATH"]
    with open(page, encoding="utf-8") as file:
        text = file.read()
    fences = list(FENCE.finditer(text))
    n, n_bad, changes = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for i, fence in enumerate(fences):
            language, code = fence.groups()
            if language == "lua":
                with open(os.path.join(folder, "xor.lua"), "w", encoding="utf-8") as script:
                    script.write(code)
            if language not in ("sh", "python", "r"):
                continue
            answer = fences[i + 1] if i + 1 < len(fences) and fences[i + 1].group(1) == "text" else None
            n += 1
            name = f"line {text.count(chr(10), 0, fence.start()) + 1}, {language}"
            reason = lacks(language, code)
            if reason:
                print(f"ok {n} - {name} # SKIP {reason}")
                continue
            os.chmod(folder, 0o755 if language == "sh" else 0o555)
            got, wanted = run(language, code, folder), answer.group(2) if answer else None
            good = got == (wanted if answer else got) and not got.endswith("]\n")
            if update and answer:
                changes.append((answer, got))
            n_bad += not good
            print(f"{'' if good else 'not '}ok {n} - {name}")
            if not good:
                print(f"# wanted {wanted!r}\n# got    {got!r}")
        os.chmod(folder, 0o755)
    for answer, got in reversed(changes):
        text = text[:answer.start(2)] + got + text[answer.end(2):]
    if changes:
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)
    print(f"1..{n}")
    return 1 if n_bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
