#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A sweep through a real Slurm, started here on the loopback device for the time of the test: an array of shards, one
of them requeued, and a merge that waits for them, equal to the unsharded sweep. Skipped (77) where Slurm is not
installed, or where there is no right to start it.

usage: slurm.py LURON"""
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

CONF = """
ClusterName=luron
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CryptoType=crypto/munge
AuthInfo=socket={work}/munge/socket,cred_expire=5
SlurmctldPort={port}
SlurmdPort={port_node}
StateSaveLocation={work}/state
SlurmdSpoolDir={work}/spool
SlurmctldPidFile={work}/slurmctld.pid
SlurmdPidFile={work}/slurmd.pid
SlurmctldLogFile={work}/slurmctld.log
SlurmdLogFile={work}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MailProg=/bin/true
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""

SCRIPT = """
return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 20000,
  sweep = { learning_rate = { 0.5, 1, 2 }, seed = { %s } } }
""" % ", ".join(str(i) for i in range(1, 201 if os.environ.get("LURON_SANITIZE") else 2001))  # many times slower


def skip(why):
    print("SKIP:", why)
    sys.exit(77)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(what, test, seconds=math.inf):
    """What luron works for takes as long as it takes: the test's own time limit ends it, with the logs."""
    print("waiting for", what, flush=True)
    end = time.monotonic() + seconds
    while not test():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.2)


def start_munge(work, started):
    folder = os.path.join(work, "munge")
    os.mkdir(folder, 0o755)
    key = os.path.join(folder, "key")
    with open(os.open(key, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
        file.write(os.urandom(128))
    started.append(subprocess.Popen(
        ["munged", "--force", "--foreground", f"--socket={folder}/socket", f"--key-file={key}",
         f"--pid-file={folder}/pid", f"--log-file={folder}/log", f"--seed-file={folder}/seed"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    wait_until("munged", lambda: os.path.exists(f"{folder}/socket"), 10)


def start_slurm(work, started):
    conf = os.path.join(work, "slurm.conf")
    host = socket.gethostname().split(".")[0]
    for name in ("state", "spool"):
        os.mkdir(os.path.join(work, name))
    with open(conf, "w", encoding="utf-8") as file:
        file.write(CONF.format(host=host, work=work, port=free_port(), port_node=free_port(), cpus=os.cpu_count()))
    environment = dict(os.environ, SLURM_CONF=conf)
    for command in (["slurmctld", "-D", "-f", conf], ["slurmd", "-D", "-f", conf, "-N", host]):
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL))

    def idle():
        done = subprocess.run(["sinfo", "-h", "-o", "%t"], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
        return done.stdout.strip() == b"idle"
    wait_until("sinfo", idle, 60)
    return environment


def sweep(luron, folder, environment):
    def run(*words):
        return subprocess.run(words, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE).stdout.decode()

    with open(os.path.join(folder, "xor.lua"), "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    many = subprocess.run([luron, "sweep", "xor.lua", "--slurm", "1001"], cwd=folder, env=environment, check=False,
                          stderr=subprocess.PIPE)
    assert many.returncode == 2 and b"MaxArraySize 1001); write --slurm 1000" in many.stderr, many.stderr
    said = run(luron, "sweep", "xor.lua", "-j", "1", "-o", "merged.db", "--slurm", "4", "--", "--output=log-%j")
    print(said)
    job = said.split()[2].rstrip(",")
    # A fast machine may end all of them between two looks; then one that has ended is begun again.
    wait_until("a task", lambda: run("squeue", "-h", "-t", "running").strip() or not run("squeue", "-h").strip())
    subprocess.run(["scontrol", "requeue", f"{job}_1"], cwd=folder, env=environment, check=False)

    # Slurm holds a requeued task back until its old credential has expired: cred_expire above.
    wait_until("the jobs", lambda: not run("squeue", "-h").strip())
    run(luron, "sweep", "xor.lua", "-q", "-o", "whole.db")
    print(run(luron, "diff", "whole.db", "merged.db"))

    # A shard that fails (its folder is gone) takes the merge with it, which would wait for ever.
    run(luron, "sweep", "xor.lua", "-o", "gone/merged.db", "--slurm", "2", "--", "--output=/dev/null", "--chdir=/proc")
    wait_until("the merge's end", lambda: not run("squeue", "-h").strip())


def main():
    missing = [name for name in ("munged", "slurmctld", "slurmd", "sbatch", "scontrol") if not shutil.which(name)]
    if missing:
        skip(f"{' '.join(missing)} not installed")
    if os.geteuid() != 0:
        skip("only root may start slurmd")
    started = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as work:
        try:
            start_munge(work, started)
            environment = start_slurm(work, started)
            folder = os.path.join(work, "sweep")
            os.mkdir(folder)
            sweep(os.path.abspath(sys.argv[1]), folder, environment)
        except BaseException:
            for name in ("slurmctld.log", "slurmd.log"):
                if os.path.exists(os.path.join(work, name)):
                    with open(os.path.join(work, name), encoding="utf-8") as file:
                        print(name, "".join(file.readlines()[-20:]))
            raise
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait(20)


if __name__ == "__main__":
    main()
