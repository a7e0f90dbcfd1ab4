#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A results file that is removed takes its rows along: what SQLite has left beside it (-wal, -shm, -journal) comes into
no new file of that name, neither a sweep's nor a shard's nor a merge's; a writer whose file goes, or is changed by
another program, says so, and harms no new one; readers do not disturb it.

usage: sweep_removed.py LURON [--sandbox]"""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

SCRIPT = """
local luron = require "luron"
return luron.experiment {
  inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = %d,
  sweep = { learning_rate = luron.geomspace(0.1, 10, 20), seed = luron.range(1, %d) },
}
"""


class Place:
    """more: what each sweep is given, too."""
    def __init__(self, luron, folder, more):
        self.luron, self.folder, self.more = luron, folder, more

    def at(self, name):
        return os.path.join(self.folder, name)

    def script(self, name, epochs, seeds=2000):
        with open(self.at(name), "w", encoding="utf-8") as file:
            file.write(SCRIPT % (epochs, seeds))

    def start(self, *words):
        words = [words[0], *(self.more if words[0] == "sweep" else []), *words[1:]]
        return subprocess.Popen([self.luron, *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True)

    def run(self, *words):
        process = self.start(*words)
        text, errors = process.communicate()
        assert process.returncode == 0, (words, process.returncode, text, errors)
        return text

    def table(self, name):
        return self.run("export", name, "--csv")

    def until_written(self, name, process, n_bytes=200000):
        """False where the process has ended before."""
        end = time.monotonic() + 60
        while not os.path.exists(self.at(name + "-wal")) or os.path.getsize(self.at(name + "-wal")) < n_bytes:
            assert time.monotonic() < end, "nothing was written in a minute"
            if process.poll() is not None:
                return False
            time.sleep(0.002)
        return True

    def begin(self, script, name, *words):
        """A file with few of its rows: what goes on with it writes to its WAL from the first row on."""
        self.run("sweep", script, "-q", "-j", "1", "-o", name, "--budget", "10ms", *words)

    def kill_sweep(self, script, name, *words):
        """A sweep into the file that is killed when some of its rows are in the WAL; on a busy machine it may end
        first, and is started again."""
        for _ in range(50):
            self.begin(script, name, *words)
            process = self.start("sweep", script, "-q", "-j", "1", "-o", name, *words)
            self.until_written(name, process)
            process.kill()
            process.communicate()
            if process.returncode == -signal.SIGKILL and os.path.getsize(self.at(name + "-wal")) > 0:
                return
            os.remove(self.at(name))
        raise AssertionError("it ended before it was killed, 50 times")

    def check_rows(self, name, epochs, n_rows):
        lines = self.table(name).splitlines()
        at = lines[0].split(",").index("epochs")
        assert len(lines) == 1 + n_rows, (name, len(lines))
        wrong = [line for line in lines[1:] if line.split(",")[at] != str(epochs)]
        assert not wrong, (name, len(wrong), wrong[0])


def removed_after_a_kill(p):
    p.kill_sweep("old.lua", "st.db")
    os.remove(p.at("st.db"))
    p.run("sweep", "new.lua", "-q", "-o", "st.db")
    p.check_rows("st.db", 301, 40000)
    assert p.table("st.db") == p.table("whole.db")


def a_shard(p):
    p.kill_sweep("old.lua", "shard.db", "--shard", "1/2")
    os.remove(p.at("shard.db"))
    p.run("sweep", "new.lua", "-q", "-o", "shard.db", "--shard", "1/2")
    p.check_rows("shard.db", 301, p.table("shard.db").count("\n") - 1)
    p.run("sweep", "new.lua", "-q", "-o", "other.db", "--shard", "2/2")


def a_merge(p):
    """Into the name of a file that is gone; then into one whose last rows are still in its WAL."""
    p.kill_sweep("old.lua", "merged.db")
    os.remove(p.at("merged.db"))
    p.run("merge", "merged.db", "shard.db", "other.db")
    p.check_rows("merged.db", 301, 40000)
    assert p.table("merged.db") == p.table("whole.db")
    p.kill_sweep("new.lua", "part.db")
    p.run("merge", "part.db", "shard.db", "other.db")
    assert p.table("part.db") == p.table("whole.db")
    assert not os.path.exists(p.at("part.db-wal"))


def what_else_is_left(p):
    """Another file's WAL and journal, word by word, and an empty file where the results stood."""
    p.kill_sweep("old.lua", "left.db")
    for name in ("fresh.db", "empty.db"):
        for side in ("-wal", "-shm"):
            shutil.copy(p.at("left.db" + side), p.at(name + side))
        with open(p.at(name + "-journal"), "wb") as file:
            file.write(bytes.fromhex("d9d505f920a163d7") + b"\xff" * 4096)
    open(p.at("empty.db"), "wb").close()
    for name in ("fresh.db", "empty.db"):
        p.run("sweep", "new.lua", "-q", "-o", name)
        assert p.table(name) == p.table("whole.db")
    os.mkdir(p.at("changed"))
    shutil.copy(p.at("new.lua"), p.at("changed/old.lua"))
    p.run("sweep", "changed/old.lua", "-q", "-o", "left.db", "--fresh")
    assert p.table("left.db") == p.table("whole.db")


def a_database_of_that_name_stays(p):
    shutil.copy(p.at("whole.db"), p.at("x.db-wal"))
    process = p.start("sweep", "new.lua", "-q", "-o", "x.db")
    _, errors = process.communicate()
    assert process.returncode == 1 and "x.db-wal" in errors and "-o" in errors, (process.returncode, errors)
    assert p.table("x.db-wal") == p.table("whole.db")


def read_where_nothing_may_be_written(p):
    """A finished file is one file; one that was killed says what it lacks. Root goes without its privileges."""
    p.kill_sweep("new.lua", "r/killed.db")
    shutil.copy(p.at("whole.db"), p.at("r/whole.db"))
    os.remove(p.at("r/killed.db-shm"))
    os.chmod(p.at("r"), 0o555)
    plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
    def show(name):
        return subprocess.run([*plain, p.luron, "export", name, "--csv"], cwd=p.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False)
    assert show("r/whole.db").stdout == p.table("whole.db")
    assert "its last rows are in the -wal beside it" in show("r/killed.db").stderr, show("r/killed.db")
    os.chmod(p.at("r"), 0o755)
    assert show("r/killed.db").stdout


def removed_while_it_is_written(p):
    process = p.start("sweep", "long.lua", "-q", "-o", "gone.db")
    assert p.until_written("gone.db", process)
    os.remove(p.at("gone.db"))
    begin = time.monotonic()
    _, errors = process.communicate()
    assert process.returncode == 1 and "removed or replaced" in errors, (process.returncode, errors)
    assert time.monotonic() - begin < 20
    p.run("sweep", "new.lua", "-q", "-o", "gone.db")
    assert p.table("gone.db") == p.table("whole.db")


def replaced_while_it_is_written(p):
    """All of it is removed, the lock too, and another sweep begins there."""
    first = p.start("sweep", "long.lua", "-q", "-o", "two.db")
    assert p.until_written("two.db", first)
    first.send_signal(signal.SIGSTOP)
    for side in ("", "-wal", "-shm", "-lock"):
        os.remove(p.at("two.db" + side))
    p.begin("new.lua", "two.db")
    second = p.start("sweep", "new.lua", "-q", "-j", "1", "-o", "two.db")
    assert p.until_written("two.db", second)
    second.send_signal(signal.SIGSTOP)
    first.send_signal(signal.SIGCONT)
    _, errors = first.communicate()
    assert first.returncode == 1 and "removed or replaced" in errors, (first.returncode, errors)
    for side in ("", "-wal", "-shm", "-lock"):
        assert os.path.exists(p.at("two.db" + side)), side
    second.send_signal(signal.SIGCONT)
    _, errors = second.communicate()
    assert second.returncode == 0, errors
    assert p.table("two.db") == p.table("whole.db")


def end_by(p, name, change, says):
    """A sweep into a new file that ends because of what is done to the file meanwhile."""
    process = p.start("sweep", "long.lua", "-q", "-j", "1", "-o", name)
    assert p.until_written(name, process), process.communicate()
    change()
    begin = time.monotonic()
    text, errors = process.communicate()
    assert process.returncode == 1 and says in errors and errors.count("\n") == 1, (process.returncode, errors)
    assert "complete" not in text + errors, text + errors
    assert time.monotonic() - begin < 20


def overwritten_while_it_is_written(p):
    """The same file with other content, and another file in its place: nothing of the WAL comes into either."""
    for i in range(5):
        name = "over%d.db" % i
        end_by(p, name, lambda at=p.at(name): shutil.copyfile(p.at("whole.db"), at), "was changed by another program")
        assert p.table(name) == p.table("whole.db")
    shutil.copy(p.at("whole.db"), p.at("copy.db"))
    end_by(p, "place.db", lambda: os.replace(p.at("copy.db"), p.at("place.db")), "removed or replaced")
    assert p.table("place.db") == p.table("whole.db")


def emptied_while_it_is_written(p):
    for i in range(3):
        name = "empty%d.db" % i
        end_by(p, name, lambda at=p.at(name): os.truncate(at, 0), "was changed by another program")
        p.run("sweep", "new.lua", "-q", "-o", name)
        assert p.table(name) == p.table("whole.db")


def a_wal_emptied_while_it_is_written(p):
    """What the file itself holds stays, and the same command goes on with it."""
    for i, change in enumerate((lambda at: os.truncate(at, 0), os.remove, lambda at: os.truncate(at, 0))):
        name = "wal%d.db" % i
        end_by(p, name, lambda at=p.at(name + "-wal"), do=change: do(at), "its -wal was changed by another program")
        n_rows = p.table(name).count("\n") - 1
        assert ": %d runs, %d of 40000000 numbers settled" % (n_rows, n_rows) in p.run("show", name)
        p.check_rows(name, 300, n_rows)
        p.run("sweep", "long.lua", "-q", "-j", "1", "-o", name, "--budget", "10ms")


def read_while_it_is_written(p):
    """Readers that come and go, and one that keeps what it saw, change nothing that the writer looks at."""
    process = p.start("sweep", "long.lua", "-q", "-j", "1", "-o", "read.db", "--budget", "4s")
    assert p.until_written("read.db", process)
    kept = sqlite3.connect(p.at("read.db"), isolation_level=None)
    kept.execute("BEGIN")
    n_seen = kept.execute("SELECT count(*) FROM runs").fetchone()
    n_reads = 0
    while process.poll() is None:
        p.run("show", "read.db")
        p.run("list", ".")
        reader = sqlite3.connect(p.at("read.db"))
        reader.execute("SELECT count(*) FROM runs").fetchone()
        reader.close()
        n_reads += 1
        if n_reads == 5:
            assert kept.execute("SELECT count(*) FROM runs").fetchone() == n_seen
            kept.close()
    _, errors = process.communicate()
    assert process.returncode == 0 and n_reads > 1, (process.returncode, errors, n_reads)
    p.check_rows("read.db", 300, p.table("read.db").count("\n") - 1)


def main():
    luron = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        p = Place(luron, folder, sys.argv[2:])
        p.script("old.lua", 300)
        p.script("new.lua", 301)
        p.script("long.lua", 300, 2000000)
        p.run("sweep", "new.lua", "-q", "-o", "whole.db")
        p.check_rows("whole.db", 301, 40000)
        for test in (removed_after_a_kill, a_shard, a_merge, what_else_is_left, a_database_of_that_name_stays,
                     read_where_nothing_may_be_written, removed_while_it_is_written, replaced_while_it_is_written,
                     overwritten_while_it_is_written, emptied_while_it_is_written, a_wal_emptied_while_it_is_written,
                     read_while_it_is_written):
            print(test.__name__, flush=True)
            test(p)


if __name__ == "__main__":
    main()
