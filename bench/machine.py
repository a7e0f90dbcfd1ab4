# SPDX-License-Identifier: MIT
"""What the benchmarks share: the machine's description, its cores, an environment of one thread a core, C compiled.
By itself it prints the machine's name for a folder."""
import importlib.metadata
import os
import platform
import statistics
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")
ALL_CORES = sorted(os.sched_getaffinity(0))
FAILED = (OSError, ValueError, KeyError, subprocess.SubprocessError)


def cores(n):
    """The first n cores that this process might use when it began."""
    return set(ALL_CORES[:n])


def environment(n_threads):
    """So many threads for every library; no setting of the machine's owner that slows a library down."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS_", "LURON_"))}
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return dict(kept, **{name: str(n_threads) for name in names})


def compiled(name, path, *flags):
    """peers/NAME.c as the program `path`."""
    command = [os.environ.get("CC", "cc"), os.path.join(PEERS, name + ".c"), "-o", path, *flags, "-lm"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise ValueError((done.stderr.splitlines() or ["the compiler failed"])[0])
    return path


def describe():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        lines = dict(line.split(":", 1) for line in file if ":" in line)
    fields = {k.strip(): v.strip() for k, v in lines.items()}
    system = f"{platform.system()} {platform.release().split('-')[0]}, {' '.join(platform.libc_ver())}"
    return {"processor": fields.get("model name", platform.processor()), "family": fields.get("cpu family"),
            "model": fields.get("model"), "cores": os.cpu_count(), "system": system,
            "python": platform.python_version(), "load": os.getloadavg(), "date": time.strftime("%Y-%m-%d %H:%M")}


def slug():
    """The machine's name for a folder: its processor's."""
    facts = describe()
    name = " ".join(str(facts[k]) for k in ("processor", "family", "model")).lower().replace("(r)", " ")
    return "-".join("".join(c if c.isalnum() else " " for c in name).split())


LIBRARIES = ("numpy", "torch", "jax", "tensorflow-cpu", "numba", "optuna", "ray", "hydra-core")


def first_line(*command):
    """What a program prints first; None where there is none."""
    try:
        done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.stdout.split("\n", maxsplit=1)[0]
    except (OSError, subprocess.SubprocessError):
        return None


def versions(luron=None):
    """Of the programs, and of the libraries of the Python that runs this; what is not there is left out."""
    found = {"luron": first_line(luron, "--version") if luron else None,
             "C compiler": first_line(os.environ.get("CC", "cc"), "--version"), "Lua": first_line("lua5.4", "-v"),
             "LuaJIT": first_line("luajit", "-v")}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {name: version for name, version in found.items() if version}


def shown(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def spread(values):
    """The median of some rounds, the least and the most."""
    return statistics.median(values), min(values), max(values)


if __name__ == "__main__":
    print(slug())
