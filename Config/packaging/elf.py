"""What a program or library asks of the machine that it will run on."""

import re

from project import run, stop

# manylinux_2_35: the newest symbols of Ubuntu 22.04, which is older than Debian 12.
NEWEST = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13), "GCC": (12, 0, 0)}


def needed(path):
    """The names of the libraries that it wants to be loaded."""
    return set(re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "--dynamic", "--wide", path)))


def check(path, allowed):
    """Refuses what asks for a library that is not allowed, or for a newer symbol than the packages promise."""
    others = needed(path) - set(allowed)
    if others:
        stop(f"{path} needs {', '.join(sorted(others))}, which is not to be there")
    for name, number in re.findall(r"Name: (GLIBC|GLIBCXX|CXXABI|GCC)_([0-9.]+)", run("readelf", "-VW", path)):
        if tuple(map(int, number.split("."))) > NEWEST[name]:
            newest = ".".join(map(str, NEWEST[name]))
            stop(f"{path} needs {name}_{number}, and {name}_{newest} is what the packages promise; build on Debian 12")
