#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command on a terminal of so many columns and prints what it wrote there.

usage: terminal.py COLUMNS COMMAND [ARGUMENT ...]
"""
import fcntl
import os
import pty
import struct
import sys
import termios


def main():
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, int(sys.argv[1]), 0, 0))
        os.execvp(sys.argv[2], sys.argv[2:])
    written = b""
    while True:
        try:
            some = os.read(terminal, 4096)
        except OSError:  # its end, on Linux
            some = b""
        if not some:
            break
        written += some
    sys.stdout.buffer.write(written.replace(b"\r\n", b"\n"))
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


main()
