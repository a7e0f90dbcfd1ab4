#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Results files as a stranger might make them: views, triggers, expressions, wrong types, texts for a terminal. Each
command on each of them ends soon, with one of its exit codes, and what it says is one line without control characters.
All of them are harmless: what would be slow is slow for seconds, or stopped by the limit of this test.

usage: hostile_results.py LURON              seven commands on each file, others on the next
       hostile_results.py LURON all          every command on each file
       hostile_results.py LURON NAME ...     these files, or these commands"""
import concurrent.futures
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

CPU_S, WAIT_S = (20, 60) if os.environ.get("LURON_SANITIZE") else (4, 20)
LONG = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000000) SELECT count(*) FROM c"
COSTLY = "length(" + "replace(" * 12 + "hex(zeroblob(20000000))" + ", '0', '1')" * 12 + ") > 0"
SCRIPT = """
local luron = require "luron"
return luron.experiment {
  name = "xor", inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, epochs = 20, curve = 5,
  metrics = { %s },
  sweep = { hidden = { 2, { 2, 2 } }, seed = { 1, 2, 3, 4 } },
}
"""
USES = """local r = require('luron').results(arg[1])
print(#r, r[1] and r[1].status)
for x in r:rows {} do print(x.run) end
"""


def redo(db, table, change):
    """The table made again with another text, and the same rows."""
    sql, = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.execute(f"ALTER TABLE {table} RENAME TO old")
    db.execute(change(sql))
    names = [c[1] for c in db.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(f'"{c[1]}"' for c in db.execute("PRAGMA table_info(old)") if c[1] in names)
    db.execute(f"INSERT INTO {table}({kept}) SELECT {kept} FROM old")
    db.execute("DROP TABLE old")


def view_of(table, query):
    def make(db):
        db.execute(f"ALTER TABLE {table} RENAME TO real_{table}")
        db.execute(f"CREATE VIEW {table} AS SELECT * FROM real_{table} WHERE ({query}) > 0")
    return make


def schema(*changes):
    def make(db):
        db.execute("PRAGMA writable_schema = 1")
        for change in changes:
            db.execute(change)
    return make


def run(*statements):
    def make(db):
        for statement in statements:
            db.execute(statement)
    return make


def loose(table, *changes):
    """Values that a STRICT table does not take."""
    def make(db):
        sql, = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        bare = sql.replace(" STRICT", "").replace(" NOT NULL", "").replace(" INTEGER,", ",").replace(" TEXT", "")
        redo(db, table, lambda text: bare)
        for change in changes:
            db.execute(change)
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))
    return make


def tangled(path):
    """`runs` as a tree of ten levels whose every page has the next one for each of its 100 children: 10^20 rows."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    db = sqlite3.connect(path)
    root, = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'runs'").fetchone()
    size, = db.execute("PRAGMA page_size").fetchone()
    db.close()
    below = len(data) // size + 1
    data += data[(root - 1) * size:root * size]
    for level in range(10):
        page = bytearray(size)
        for i in range(100):
            at = size - 5 * (i + 1)
            page[at:at + 5] = below.to_bytes(4, "big") + bytes([i + 1])
            page[12 + 2 * i:14 + 2 * i] = at.to_bytes(2, "big")
        page[:12] = bytes([5, 0, 0, 0, 100]) + (size - 500).to_bytes(2, "big") + b"\0" + below.to_bytes(4, "big")
        below += 1
        data += page
    data[(root - 1) * size:root * size] = data[-size:]
    data[28:32] = (len(data) // size).to_bytes(4, "big")
    with open(path, "wb") as file:
        file.write(data)


def journal(path):
    """A journal of a transaction that was not finished, and that names another file to be deleted."""
    db = sqlite3.connect(path[:-8], isolation_level=None)
    db.execute("BEGIN")
    db.execute("UPDATE sweep SET name = 'changed'")
    with open(path, "rb") as file:
        data = file.read()
    db.execute("ROLLBACK")
    db.close()
    other = os.path.join(os.path.dirname(path), "good.db").encode()
    data = bytes.fromhex("d9d505f920a163d7") + bytes(4) + data[12:]  # as if it were on disk
    total = sum(b - 256 if b > 127 else b for b in other) & 0xffffffff
    data += (2 ** 30 // 8192 + 1).to_bytes(4, "big") + other + len(other).to_bytes(4, "big")
    data += total.to_bytes(4, "big") + bytes.fromhex("d9d505f920a163d7")
    with open(path, "wb") as file:
        file.write(data)


ESC = "'a' || char(27) || ']0;title' || char(7) || char(27) || '[2J' || char(155) || 'b' || char(10) || 'c'"
REFUSED, ANY = "not as luron makes it", ""
FILES = {
    # name: what makes it, and what is said of it
    "view_runs": (view_of("runs", LONG), REFUSED),
    "view_sweep": (view_of("sweep", LONG), REFUSED),
    "view_done": (view_of("done", LONG), REFUSED),
    "view_columns": (view_of("columns", LONG), REFUSED),
    "view_messages": (view_of("messages", LONG), REFUSED),
    "view_files": (view_of("files", LONG), REFUSED),
    "view_data": (view_of("data", LONG), REFUSED),
    "view_curves": (view_of("curves", LONG), REFUSED),
    "trigger": (run(f"CREATE TRIGGER t AFTER INSERT ON runs BEGIN UPDATE done SET last = last + ({LONG}); END",
                    f"CREATE TRIGGER u AFTER UPDATE ON sweep BEGIN UPDATE done SET last = last + ({LONG}); END"),
                REFUSED),
    "generated": (lambda db: redo(db, "runs", lambda sql: sql.replace(
        '"loss" REAL', f'"loss" REAL AS (CASE WHEN {COSTLY} THEN 1.0 ELSE 2.0 END)')), REFUSED),
    "generated_hash": (lambda db: redo(db, "sweep", lambda sql: sql.replace(
        "name TEXT", f"name TEXT AS (CASE WHEN {COSTLY} THEN 'a' ELSE 'b' END)")), REFUSED),
    "check": (lambda db: redo(db, "runs", lambda sql: sql.replace('"loss" REAL', f'"loss" REAL CHECK({COSTLY})')),
              REFUSED),
    "check_sweep": (lambda db: redo(db, "sweep", lambda sql: sql.replace("name TEXT", f"name TEXT CHECK({COSTLY})")),
                    REFUSED),
    "check_done": (lambda db: redo(db, "done", lambda sql: sql.replace(
        "last INTEGER", f"last INTEGER CHECK({COSTLY})")), REFUSED),
    "default": (lambda db: redo(db, "messages", lambda sql: sql.replace(
        "text TEXT", f"text TEXT DEFAULT ({COSTLY})")), REFUSED),
    "index": (run(f"CREATE INDEX i ON runs(loss, CASE WHEN {COSTLY} THEN run ELSE 0 END)"), REFUSED),
    "partial": (run(f"CREATE INDEX i ON runs(loss) WHERE {COSTLY}"), REFUSED),
    "virtual": (run("ALTER TABLE files RENAME TO f", "CREATE VIRTUAL TABLE files USING fts5(path, sha256, code)"),
                REFUSED),
    "batch": (run("CREATE TABLE batch AS SELECT * FROM runs"), REFUSED),
    "quoted": (schema("UPDATE sqlite_master SET sql = replace(sql, 'TABLE ', 'TABLE [') WHERE name = 'done'",
                      "UPDATE sqlite_master SET sql = replace(sql, '(first', '](first') WHERE name = 'done'"),
               REFUSED),
    "commented": (schema(f"UPDATE sqlite_master SET sql = 'CREATE/**/VIEW runs AS {LONG}' WHERE name = 'runs'"), ANY),
    "if_not": (schema("UPDATE sqlite_master SET sql = 'CREATE TABLE IF NOT EXISTS done(first INTEGER PRIMARY KEY, last"
                      " INTEGER CHECK(last < 0))' WHERE name = 'done'"), REFUSED),
    "no_runs": (run("DROP TABLE runs"), "damaged"),
    "fewer": (run("ALTER TABLE runs DROP COLUMN epochs"), "damaged"),
    "swapped": (run("UPDATE columns SET name = 'x' WHERE name = 'loss'", "UPDATE columns SET name = 'loss' WHERE name ="
                    " 'epochs'", "UPDATE columns SET name = 'epochs' WHERE name = 'x'"), "damaged"),
    "other_type": (run("UPDATE columns SET type = 'TEXT' WHERE name = 'loss'"), "damaged"),
    "done_huge": (run("UPDATE done SET last = 4611686018427387904"), "damaged"),
    "status_number": (loose("runs", "UPDATE runs SET status = 3.5"), ANY),
    "status_null": (loose("runs", "UPDATE runs SET status = NULL, solved = NULL"), ANY),
    "status_blob": (loose("runs", "UPDATE runs SET status = x'00ff', seed = x'00'"), ANY),
    "loss_text": (loose("runs", "UPDATE runs SET loss = 'low', epochs = 'many', seed = 'one'"), ANY),
    "sweep_types": (loose("sweep", "UPDATE sweep SET hash = 7, name = x'ff', axes = 3, started = NULL, n_runs = 'a'"),
                    ANY),
    "columns_types": (loose("columns", "UPDATE columns SET name = NULL, role = 7 WHERE position = 2"), "damaged"),
    "done_types": (loose("done", "UPDATE done SET last = 'x'"), "damaged"),
    "no_sweep": (run("DELETE FROM sweep"), "damaged"),
    "messages": (run(f"INSERT INTO messages SELECT run, {ESC} FROM runs", "UPDATE runs SET status = 'failed'"), ANY),
    "texts": (run(f"UPDATE sweep SET name = {ESC}, script_path = {ESC}, axes = {ESC}, shard = {ESC}, host = {ESC},"
                  f" versions = {ESC}, git_commit = {ESC}, overrides = {ESC}"), ANY),
    "status_text": (run(f"UPDATE runs SET status = {ESC}, hidden = {ESC}"), ANY),
    "column_name": (run(f"UPDATE columns SET name = {ESC} WHERE name = 'mine'",
                        "PRAGMA writable_schema = 1",
                        f"UPDATE sqlite_master SET sql = replace(sql, '\"mine\"', '\"' || {ESC} || '\"')"), ANY),
    "huge_text": (run("UPDATE sweep SET script = hex(zeroblob(5000000)), axes = hex(zeroblob(1000000)), name ="
                      " hex(zeroblob(1000000))", "UPDATE runs SET status = hex(zeroblob(200000))"), ANY),
    "fifo": (run("UPDATE sweep SET script_path = 'fifo'"), ANY),
    "zero": (run("UPDATE sweep SET script_path = '/dev/zero'"), ANY),
    "read_fifo": (run("INSERT INTO files VALUES('fifo', 'a', NULL), ('/dev/zero', 'b', NULL)"), ANY),
}
# What is done to the file's bytes, and what is said of it:
BYTES = {"tangled": (tangled, ANY)}
# What stands beside it, in each command's folder:
BESIDE = {
    "fifo_journal": ("-journal", os.mkfifo, "is no file"),
    "fifo_wal": ("-wal", os.mkfifo, "is no file"),
    "link_wal": ("-wal", lambda path: os.symlink("good.db", path), "is no file"),
    "link_journal": ("-journal", lambda path: os.symlink("good.db", path), "is no file"),
    "journal": ("-journal", journal, "names another file"),
    "fifo_lock": ("-lock", os.mkfifo, ANY),
}
ALL = [*FILES, *BYTES, *BESIDE]
COMMANDS = {
    "show": ["show", "FILE"],
    "where": ["show", "FILE", "loss < 9"],
    "count": ["show", "FILE", "run < (SELECT count(*) FROM runs)"],
    "by": ["show", "FILE", "--by", "hidden"],
    "best": ["show", "FILE", "--best", "3", "--runs"],
    "json": ["show", "FILE", "--json"],
    "picture": ["show", "FILE", "--plot", "-x", "seed"],
    "export": ["export", "FILE", "--jsonl"],
    "curves": ["export", "FILE", "--curves", "--jsonl"],
    "npy": ["export", "FILE", "-o", "out.npy"],
    "plot": ["plot", "FILE", "-x", "seed", "-o", "out.svg"],
    "report": ["report", "FILE", "-o", "out.html"],
    "merge": ["merge", "new.db", "FILE"],
    "merge_into": ["merge", "FILE", "good.db"],
    "verify": ["verify", "FILE"],
    "sample": ["verify", "FILE", "--sample", "2"],
    "replay": ["replay", "FILE", "1", "-q"],
    "diff": ["diff", "good.db", "FILE"],
    "list": ["list", "."],
    "resume": ["sweep", "s.lua", "-o", "FILE", "-q"],
    "retry": ["sweep", "s.lua", "-o", "FILE", "-q", "--retry"],
    "reuse": ["sweep", "s.lua", "-o", "new.db", "-q", "--reuse", "FILE"],
    "lua": ["run", "uses.lua", "FILE"],
}
ALWAYS = ["show", "export", "resume"]  # beside others of them, in turn


def call(luron, folder, words):
    limited = ["sh", "-c", 'ulimit -t "$0"; exec "$@"', str(CPU_S), luron, *words]
    return subprocess.run(limited, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=WAIT_S, check=False)


def is_tame(text):
    try:
        return all(c in "\n\t" or (ord(c) >= 32 and not 127 <= ord(c) < 160) for c in text.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def make_file(good, name):
    """The folder with the file in it, made once."""
    folder = f"{good}/made/{name}"
    shutil.copytree(f"{good}/start", folder)
    os.mkfifo(f"{folder}/fifo")
    os.rename(f"{folder}/one.db", f"{folder}/{name}.db")
    if name in FILES:
        db = sqlite3.connect(f"{folder}/{name}.db", isolation_level=None)
        FILES[name][0](db)
        db.close()
    if name in BYTES:
        BYTES[name][0](f"{folder}/{name}.db")
    return folder


def check(luron, made, name, command):
    """What is wrong with it, or ''."""
    says = (FILES.get(name) or BYTES.get(name) or BESIDE[name])[-1]
    folder = f"{made}/{command}"
    words = [f"{name}.db" if word == "FILE" else word for word in COMMANDS[command]]
    os.mkdir(folder)
    for file in os.listdir(made):
        if file == "fifo":
            os.mkfifo(f"{folder}/fifo")
        elif os.path.isfile(f"{made}/{file}"):
            shutil.copy(f"{made}/{file}", folder)
    if name in BESIDE:
        BESIDE[name][1](f"{folder}/{name}.db{BESIDE[name][0]}")
    with open(f"{folder}/good.db", "rb") as file:
        good = file.read()
    try:
        p = call(luron, folder, words)
    except subprocess.TimeoutExpired:
        return f"did not end within {WAIT_S} s"
    errors = p.stderr.decode("utf-8", "replace")
    if p.returncode not in (0, 1, 3) and "no row has a value" not in errors:
        return f"ended with {p.returncode}: {errors[:300]}"
    if not is_tame(p.stderr) or (command != "lua" and not is_tame(p.stdout)):
        return f"prints control characters: {p.stderr[:300]} {p.stdout[:300]}"
    if says and command != "list" and (p.returncode != 1 or says not in errors or errors.count("\n") != 1):
        return f"ended with {p.returncode}, not with 1 and '{says}': {errors[:300]}"
    if not os.path.exists(f"{folder}/good.db"):
        return "removed another file"
    with open(f"{folder}/good.db", "rb") as file:
        if file.read() != good:
            return "wrote to another file"
    left = [file for file in os.listdir(folder) if re.search(r"\.tmp-|-new$|-merge$", file)]
    shutil.rmtree(folder)
    return f"left {left}" if left else ""


def check_file(luron, good, name, commands):
    made = make_file(good, name)
    return [(name, command, check(luron, made, name, command)) for command in commands]


def some(others, i):
    return [*ALWAYS, *(others[(4 * i + k) % len(others)] for k in range(4))]


def main():
    luron = os.path.abspath(sys.argv[1])
    commands = [c for c in COMMANDS if c in sys.argv[2:]]
    few = len(sys.argv) == 2
    others = [c for c in COMMANDS if c not in ALWAYS]
    names = [name for name in ALL if name in sys.argv[2:]] or ALL
    with tempfile.TemporaryDirectory() as good:
        start = f"{good}/start"
        os.mkdir(start)
        for name, text in {"s.lua": SCRIPT % "mine = function(run) return run.loss end", "uses.lua": USES}.items():
            with open(f"{start}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        for file in ("good.db", "one.db"):
            p = call(luron, start, ["sweep", "s.lua", "-o", file, "-q"])
            assert p.returncode == 0, p.stderr
        n = n_wrong = 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for job in [pool.submit(check_file, luron, good, name, commands or (some(others, i) if few else COMMANDS))
                        for i, name in enumerate(names)]:
                for name, command, what in job.result():
                    n += 1
                    if what:
                        n_wrong += 1
                        print(f"{name}: luron {' '.join(COMMANDS[command])}: {what}", flush=True)
    print(f"{n} commands, {n_wrong} wrong")
    return 1 if n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
