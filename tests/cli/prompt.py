#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The prompt in a terminal of its own: lines and what they show, completion, pasted Tabs, history, Ctrl-C, Ctrl-Z and
how it ends.

usage: prompt.py LURON EDITS; prints TAP. EDITS: whether luron was built with libedit, true or false"""
import os
import pty
import re
import select
import signal
import sys
import tempfile
import time

MOST_SECONDS = 30
EXPERIMENT = "{ inputs = { {0}, {1} }, targets = { 0, 1 }, epochs = 1000000000 }"
ESCAPES = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]|\x1b[=>]|\x1b\([A-Z]|[\x07\x0f]")


class Prompt:
    def __init__(self, luron, folder, *words):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update(HOME=folder, TERM="vt100", COLUMNS="100", LINES="40")
            os.environ.pop("XDG_STATE_HOME", None)
            os.execv(luron, [luron, *words])
        self.came = ""
        self.wait("Ctrl-D ends.")
        self.wait("> ")

    def write(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, wanted):
        """Reads until it is there; answers what came before it."""
        end = time.monotonic() + MOST_SECONDS
        while wanted not in self.came:
            if time.monotonic() > end:
                raise AssertionError(f"{wanted!r} did not come, but {self.came!r}")
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.came += ESCAPES.sub("", os.read(self.terminal, 65536).decode(errors="replace"))
                except OSError as error:
                    raise AssertionError(f"it ended before {wanted!r} came: {self.came!r}") from error
        before, _, self.came = self.came.partition(wanted)
        return before

    def type(self, text):
        """What a Tab adds stands in brackets behind it, and is waited for: with more behind it a Tab is text."""
        *before, last = re.split(r"(?<=\t)\[(\w+)\]", text)
        for typed, added in zip(before[::2], before[1::2]):
            self.write(typed)
            self.wait(typed[-3:-1])
            self.wait(added)
        self.write(last)

    def line(self, text, shown):
        """Types the line; then that is shown, as a line of its own, and the prompt."""
        self.type(text + "\n")
        self.wait("\r\n" + shown + "\r\n")
        self.wait("> ")

    def ends(self):
        """The exit code, or minus the signal."""
        end = time.monotonic() + MOST_SECONDS
        while True:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"it did not end, but {self.came!r}")
            try:
                if not os.read(self.terminal, 65536):
                    break
            except OSError:
                break
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def shows(p):
    p.line("1 + 1", "2")
    p.line("= luron.sigmoid(0)", "0.5")
    p.line("{ 1, 2, { b = 'x', a = {} } }", '{ 1, 2, { a = {}, b = "x" } }')
    p.line("luron.network { inputs = 1, outputs = 1, weights = {{{1.5}}} }.weights", "{ { { 1.5 } } }")
    p.line("x = 3; return x, nil", "3\tnil")
    p.line("error('no')", "stdin:1: no")
    p.line("luron.experiment { inptus = 1 }", "stdin:1: inptus: no such field; did you mean inputs?")
    p.write("for i = 1, 2 do\n")
    p.wait(">> ")
    p.line("print(i * 7) end", "7\r\n14")
    p.line("'한글', #'한글'", "한글\t6")


def completes(p):
    p.line("luron.sigm\t[oid](0)", "0.5")
    p.write("e = luron.experiment { inputs = { {0}, {1} },\n")
    p.wait(">> ")
    p.line('targ\t[ets] = { 0, 1 }, activ\t[ation] = "sof\t[t]pl\t[us]", epochs = 3 } print(9)', "9")
    p.line("e.activation", "softplus")
    p.line("r = e:ru\t[n]() print(8)", "8")
    p.line("r.epo\t[chs]", "3")
    p.write("r:\t")
    p.wait("\r\nplot  save  \r\n")
    p.write("\x15")


def pastes(p):
    p.line("c\t= 1 print(c)", "1")
    p.write("for i = 1, 2 do\n\t\tprint(i * 5)\n\tend\n")
    p.wait("\r\n5\r\n10\r\n")
    p.wait("> ")
    p.write("\t")
    p.wait("\r")
    p.write("c + 1\n")
    assert "luron" not in p.wait("\r\n2\r\n")  # it indents, and lists no names
    p.wait("> ")


def remembers(p, ups, shown):
    p.write("\x1b[A" * ups + "\n")
    p.wait(f"\r\n{shown}\r\n")
    p.wait("> ")


def remembers_after_each_end(luron, folder):
    p = Prompt(luron, folder)
    p.line("6 * 7", "42")
    p.write("os.exit(3)\n")
    assert p.ends() == 3
    p = Prompt(luron, folder)
    remembers(p, 2, 42)
    os.kill(p.pid, signal.SIGKILL)
    assert p.ends() == -signal.SIGKILL
    path = os.path.join(folder, ".local/state/luron/history")
    with open(path, "a", encoding="utf-8") as file:
        file.writelines(f"x = {i}\n" for i in range(1500))
    p = Prompt(luron, folder)
    p.line("6 * 8", "48")
    p.write("\x04")
    assert p.ends() == 0
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert len(lines) == 1001 and "\\0408" in lines[-1], (len(lines), lines[-1])


def goes_on_after_a_stop(luron, folder):
    p = Prompt("/bin/sh", folder, "-c", 'set -m; "$0"; echo stop""ped; fg; echo en""ded', luron)
    p.write("6 * \x1a")
    p.wait("stopped")
    p.wait("> 6 * ")
    p.write("7\n")
    p.wait("7\r\n42\r\n")  # each key is echoed once
    p.wait("> ")
    p.write("half\x03")
    p.wait("> ")
    p.line("6 * 8", "48")
    p.write("\x04")
    p.wait("ended")
    assert p.ends() == 0


def goes_on(p):
    p.write(f"e = luron.experiment {EXPERIMENT} print('made')\n")
    p.wait("\r\nmade\r\n")
    for typed in ("e:run()", "e:sweep { sweep = { seed = { 1, 2 } } }", "while true do end",
                  "pcall(e.run, e) print('no')"):
        p.write(f"print('be' .. 'gun') {typed}\n")
        p.wait("begun")
        time.sleep(0.3)
        p.write("\x03")
        p.wait("interrupted")
        p.wait("> ")
    for _ in range(300):  # none is lost between two keys
        p.write("half a li\x03")
        p.wait("> ")
    time.sleep(0.8)  # no timer is left of it
    for typed in ("\x13", "a", "\x03"):  # Ctrl-S stops the terminal, and Ctrl-C ends what waits to be written there
        p.write(typed)
        time.sleep(0.2)
    p.write("\x11")
    p.wait("> ")
    p.line("6 * 7", "42")


def run(luron, edits, folder):
    """Each part's name, or raises."""
    p = Prompt(luron, folder)
    shows(p)
    yield "shows"
    if edits:
        completes(p)
        yield "completes"
        pastes(p)
        yield "pastes Tabs"
    goes_on(p)
    yield "goes on after Ctrl-C"
    p.line("luron.sigmoid(0)", "0.5")
    p.write("\x04")
    assert p.ends() == 0
    yield "ends with Ctrl-D"
    with open(os.path.join(folder, "own.lua"), "w", encoding="utf-8") as file:
        file.write(f"y = 5\nreturn require('luron').experiment {EXPERIMENT}\n")
    p = Prompt(luron, folder, "repl", "own.lua")
    if edits:
        remembers(p, 1, 0.5)
        yield "remembers"
    p.line("y + e.epochs", "1000000005")
    yield "goes on from a file"
    os.kill(p.pid, signal.SIGTERM)
    assert p.ends() == 143
    yield "ends with SIGTERM"
    p = Prompt(luron, folder)
    p.write("print('be' .. 'gun') while true do end\n")
    p.wait("begun")
    os.kill(p.pid, signal.SIGTERM)
    assert p.ends() == 143
    yield "ends with SIGTERM in the middle of a line"
    if edits:
        remembers_after_each_end(luron, folder)
        yield "remembers after each end"
        goes_on_after_a_stop(luron, folder)
        yield "goes on after Ctrl-Z and fg"


def main(luron, edits):
    if os.environ.get("LURON_SANITIZE") == "thread":
        print("1..0 # SKIP TSan delays signals until the next system call, and a loop in Lua makes none")
        return
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            for number, name in enumerate(run(os.path.abspath(luron), edits == "true", folder), 1):
                print(f"ok {number} - {name}")
        except AssertionError as error:
            print(f"not ok {number + 1}\n# {error}")
            number += 1
    print(f"1..{number}")


if __name__ == "__main__":
    main(*sys.argv[1:])
