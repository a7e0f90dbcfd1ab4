#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the house (docs/design.md), checked: rooms use only the rooms below them, foreign libraries stay in
their room, one file knows the system, sizes, heads, whitespace; each public header compiles alone; every test is
registered.

usage: house.py ROOT [CC]"""
import os
import re
import shlex
import subprocess
import sys

LUA_ROOMS = ["module", "tracing", "reading", "experiment", "host"]
USES = {
    "base": {"base"},
    "engine": {"engine", "base"},
    "data": {"data", "engine", "base"},
    "sweep": {"sweep", "data", "engine", "base"},
    "store": {"store", "sweep", "engine", "base"},
    "fold": {"fold", "store", "sweep", "data", "engine", "base"},
    "view": {"view", "fold", "store", "sweep", "engine", "base"},
    "session": {"session", "view", "fold", "store", "sweep", "data", "engine", "base"},
}  # from the lowest room up
for i, lua_room in enumerate(LUA_ROOMS + ["cli"]):
    USES[lua_room] = USES["session"] | set(LUA_ROOMS[:i]) | {lua_room}
USES["main.c"] = {"cli"}
FOREIGN = {"lua.h": LUA_ROOMS, "lauxlib.h": LUA_ROOMS, "lualib.h": LUA_ROOMS, "sqlite3.h": ["store"],
           "png.h": ["view"], "zlib.h": ["data"], "nettle/sha2.h": ["base"], "seccomp.h": ["session"],
           "histedit.h": ["cli"]}
# Compiled only inside another file, which gives them a precision and a vector width.
TEMPLATES = re.compile(r"(\.inc\.[ch]|/vec/\w+\.h)$")
KERNEL_LOOPS = set()  # functions that may be longer, by name
MAX_LINES_FUNCTION, MAX_LINES_SOURCE, MAX_LINES_FILE, MAX_LINES_SCRIPT, MAX_COLUMNS = 40, 500, 800, 60, 120
OF_A_LOCALE = re.compile(r"\b(strto(d|f|ld)(_l)?|atof|v?f?s?scanf|(set|new|use|free)locale|localeconv|strcoll)\(")
# What macOS has not, or has in another form: base/system.h says it for both.
OF_LINUX = re.compile(
    r"\b(qsort_r|closefrom|close_range|memfd_create|prctl|sched_[gs]et\w+|CPU_(SET|ZERO|COUNT)|pthread_\w+_np"
    r"|pthread_condattr_setclock|pthread_(barrier|spin)_\w+|pthread_mutex_timedlock|process_vm_\w+|sync_file_range"
    r"|(posix_)?fallocate|posix_fadvise|fdatasync|renameat2|pipe2|dup3|accept4|eventfd|signalfd|timerfd_\w+|epoll_\w+"
    r"|inotify_\w+|getrandom|gettid|sem_(init|timedwait)|clock_nanosleep|mremap|secure_getenv|mempcpy|strchrnul"
    r"|rawmemchr|memrchr|program_invocation_\w+|sincosf?|exp10f?|reallocarray|(be|le)\d+toh|hto(be|le)\d+|st_[acm]tim"
    r"|SOCK_CLOEXEC|SOCK_NONBLOCK|MSG_CMSG_CLOEXEC|O_TMPFILE|O_PATH|MAP_POPULATE|__linux__|__APPLE__)\b"
    r"|/proc/self/exe|# *include <(linux/.*|sys/(prctl|vfs|statfs|auxv|random)\.h|endian\.h|malloc\.h)>")
KNOWS_LINUX = re.compile(r"src/(base/system\.[ch]|session/sandbox_(answer|filter)\.c)$")  # the last two: libseccomp's
SOURCE = re.compile(r"(\.(c|h|lua|py|sh)|(^|/)meson\.build|^dev|^\.ci/run)$")

mistakes = []


def mistake(path, line, text):
    mistakes.append(f"{path}:{line}: {text}")


def walk(root):
    for folder, inner, names in os.walk(root):
        inner[:] = [i for i in inner if not re.match(r"build|\.git$|lua-|packagecache|results|__pycache__", i)]
        yield from (os.path.relpath(os.path.join(folder, name), root) for name in names)


def sources(root):
    """What git knows or would add; everything where there is no git."""
    try:
        listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, check=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        listed = None
    files = sorted(walk(root)) if listed is None else listed
    return [f for f in files if os.path.isfile(os.path.join(root, f))]


def check_layers(path, lines):
    room = path.split("/")[1]
    for number, line in enumerate(lines, 1):
        found = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
        if not found:
            continue
        name = found.group(1)
        if '"' in line and "/" in name and name.split("/")[0] in USES and name.split("/")[0] not in USES[room]:
            mistake(path, number, f"{room} may not use {name}")
        if room not in FOREIGN.get(name, [room]):
            mistake(path, number, f"only {'/ '.join(FOREIGN[name])}/ includes {name}")


def check_locale(path, lines):
    """Numbers are read in base/digits.c alone, and each thread begins by leaving the program's locale."""
    for number, line in enumerate(lines, 1):
        if not path.startswith(("src/base/digits.", "src/base/system.")) and OF_A_LOCALE.search(line):
            mistake(path, number, "a function that heeds the locale: base/digits.h has one that does not")
        if "pthread_create(" in line and not any("lur_locale_plain()" in other for other in lines):
            mistake(path, number, "a thread that does not begin with lur_locale_plain()")


def check_system(path, lines):
    """One file knows on which system it is; what is built with libseccomp alone is Linux's."""
    for number, line in enumerate(lines, 1):
        found = OF_LINUX.search(line)
        if found and not KNOWS_LINUX.match(path):
            mistake(path, number, f"{found.group(0)}: not on macOS; base/system.h has what both have")


def check_head(path, lines):
    """A C file says in its first lines what it is for."""
    head = "\n".join(lines[:4])
    if not re.match(r"/\* SPDX-License-Identifier: MIT\n \* \S", head):
        mistake(path, 1, "no head that says what the file is for")


def check_functions(path, lines):
    start = None
    for number, line in enumerate(lines, 1):
        if re.match(r"[A-Za-z_].*\(", line) and not line.rstrip().endswith(";") and not line.startswith("}"):
            start = number
        elif line.startswith("}") and start:
            name = (re.findall(r"(\w+)\s*\(", lines[start - 1]) or ["?"])[0]
            if number - start + 1 > MAX_LINES_FUNCTION and name not in KERNEL_LOOPS:
                mistake(path, start, f"{name}: {number - start + 1} lines; at most {MAX_LINES_FUNCTION}")
            start = None


def check_text(path, lines, data):
    if SOURCE.search(path) and not any("SPDX-License-Identifier: MIT" in line for line in lines[:3]):
        mistake(path, 1, "no SPDX line")
    if data and not data.endswith("\n"):
        mistake(path, len(lines), "no newline at the end")
    for number, line in enumerate(lines, 1):
        if line != line.rstrip() and not path.endswith((".t", ".md")):
            mistake(path, number, "trailing whitespace")
        if SOURCE.search(path) and len(line) > MAX_COLUMNS:
            mistake(path, number, f"{len(line)} columns; at most {MAX_COLUMNS}")
        if "\t" in line and re.search(r"\.([ch]|lua|py|js|css)$", path):
            mistake(path, number, "a tab")
    limit = MAX_LINES_SOURCE if path.startswith("src/") else MAX_LINES_FILE
    if re.match(r"scripts/[^/]+\.lua$", path):
        limit = MAX_LINES_SCRIPT
    if path.endswith(".d.lua"):
        limit = len(lines)  # of tables, and read by editors
    if re.search(r"\.([ch]|lua|py|sh|js|css)$", path) and len(lines) > limit:
        mistake(path, len(lines), f"{len(lines)} lines; at most {limit}")


def check_header(root, path, compiler):
    done = subprocess.run(compiler + ["-std=gnu11", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
                                      "-Wno-unused-const-variable", "-I", os.path.join(root, "src"), "-include",
                                      os.path.join(root, path), "-x", "c", "/dev/null"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True)
    if done.returncode:
        mistake(path, 1, "does not compile alone:\n" + done.stdout)


def flags(*packages):
    """What the first of them that is there needs of a compiler; None where there is none."""
    for name in packages:
        done = subprocess.run(["pkg-config", "--cflags", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=False, text=True)
        if done.returncode == 0:
            return shlex.split(done.stdout)
    return None


def check_registered(root, files):
    for folder in sorted({os.path.dirname(f) for f in files if f.startswith("tests/")}):
        build = os.path.join(root, folder, "meson.build")
        registered = open(build, encoding="utf-8").read() if os.path.exists(build) else ""
        for path in files:
            stem, suffix = os.path.splitext(os.path.basename(path))
            is_test = suffix == ".t" or suffix == ".c" and stem.startswith(("test_", "fuzz_"))
            name = re.sub(r"^(test|fuzz)_", "", stem)
            if os.path.dirname(path) == folder and is_test and name not in registered:
                mistake(path, 1, f"not registered in {folder}/meson.build")


def main(root, compiler):
    files = sources(root)
    lua = flags(*(f"{name} >= 5.4 {name} < 5.5" for name in ("lua5.4", "lua-5.4", "lua54", "lua")))
    pango = flags("pangocairo")
    for path in files:
        with open(os.path.join(root, path), "rb") as file:
            raw = file.read()
        if b"\0" in raw or path.startswith("scripts/data/"):
            continue
        data = raw.decode("utf-8")
        lines = data.splitlines()
        check_text(path, lines, data)
        if not re.search(r"\.[ch]$", path):
            continue
        check_functions(path, lines)
        check_head(path, lines)
        if path.startswith("src/"):
            check_layers(path, lines)
            check_locale(path, lines)
            check_system(path, lines)
        if path.startswith("src/") and path.endswith(".h") and not TEMPLATES.search(path):
            needed = lua if path.split("/")[1] in LUA_ROOMS else pango if re.search(r"/paper_parts", path) else []
            if needed is not None:
                check_header(root, path, compiler + needed)
    check_registered(root, files)
    print("\n".join(mistakes) if mistakes else f"{len(files)} files, no mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], shlex.split(" ".join(sys.argv[2:])) or ["cc"]))
