#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command on a terminal of so many columns and prints what it wrote there.

usage: terminal.py COLUMNS COMMAND [ARGUMENT ...]

The terminal is not the command's controlling one and stays open until all is read: with the end of what it controls,
a terminal may lose what was written last.
"""
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios

END = b"\0end\0"


def main():
    terminal, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, int(sys.argv[1]), 0, 0))
    written = b""
    with subprocess.Popen(sys.argv[2:], stdin=inside, stdout=inside, stderr=inside) as process:
        while process.poll() is None:
            if select.select([terminal], [], [], 0.01)[0]:
                written += os.read(terminal, 4096)
    os.write(inside, END)
    while not written.endswith(END):
        written += os.read(terminal, 4096)
    sys.stdout.buffer.write(written[: -len(END)].replace(b"\r\n", b"\n"))
    sys.exit(process.returncode)


main()
