#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Completion for zsh (packaging/luron.zsh), in a zsh of its own: what is typed and a Tab, and what that must add. zsh
writes the line that it is at into a file when it is asked to.

usage: zsh.py LURON ROOT; prints TAP"""
import os
import pty
import select
import shutil
import sys
import tempfile
import time

SCRIPT = """return { inputs = { {0}, {1} }, targets = { 0, 1 }, params = { slope = 1 },
  activation = function(z, p) return z * p.slope end, sweep = { slope = { 1, 2 }, seed = { 1, 2 } } }
"""
CASES = {"luron repor": "t ", "luron sweep --metri": "c=", "luron help foca": "l ", "luron tutorial 2": "",
         "luron run own.lua activation=ta": "nh ", "luron sweep own.lua slo": "pe=", "luron run ow": "n.lua ",
         "luron sweep own.lua optimizer=sgd,adag": "rad ", "luron plot a.db --fold med": "ian "}
MOST_SECONDS = 30


class Shell:
    def __init__(self, luron, root, folder):
        program = os.path.abspath(luron)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update(PATH=os.path.dirname(program) + ":" + os.environ["PATH"], TERM="dumb",
                              HOME=folder)
            os.execvp("zsh", ["zsh", "-f", "-i"])
        os.mkdir(os.path.join(folder, "functions"))
        shutil.copy(os.path.join(root, "packaging", "luron.zsh"), os.path.join(folder, "functions", "_luron"))
        self.line = os.path.join(folder, "line")
        self.write("fpath=($PWD/functions $fpath); autoload -U compinit; compinit -D -u; setopt nobeep\n"
                   "zstyle ':completion:*' insert-tab false\n"  # although more was typed already
                   "tell() { print -rn -- \"<$BUFFER>\" >line }; zle -N tell; bindkey '^Xt' tell\n")

    def write(self, text):
        os.write(self.terminal, text.encode())

    def complete(self, typed):
        """The line after a Tab."""
        self.write("\x15" + typed + "\t\x18t")
        end, line = time.monotonic() + MOST_SECONDS, ""
        while not line.endswith(">") and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.05)[0]:
                os.read(self.terminal, 65536)
            if os.path.exists(self.line):
                with open(self.line, encoding="utf-8") as file:
                    line = file.read()
        if line:
            os.remove(self.line)
        return line[1:-1]

    def end(self):
        self.write("\x15exit\n")
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def main(luron, root):
    if not shutil.which("zsh"):
        print("1..0 # SKIP zsh is not installed")
        return
    print(f"1..{len(CASES)}")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "own.lua"), "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        shell = Shell(luron, root, folder)
        for number, (typed, wanted) in enumerate(CASES.items(), 1):
            line = shell.complete(typed)
            print(f"{'ok' if line == typed + wanted else 'not ok'} {number} - {typed}\n# {line}")
        shell.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
