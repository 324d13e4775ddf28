"""What a program or library asks of the machine that it will run on, and what its file tells of the one it was built on."""

import hashlib
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


def _section(path, name):
    """A section's place in the file, or an empty one where there is no such section."""
    for line in run("readelf", "--section-headers", "--wide", path).splitlines():
        match = re.match(r" *\[ *\d+\] (\S+) +\S+ +[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+)", line)
        if match and match[1] == name:
            start = int(match[2], 16)
            return slice(start, start + int(match[3], 16))
    return slice(0, 0)


def _fill(data, place, content):
    length = len(data[place])
    data[place] = content[:length].ljust(length, b"\0")


def forget_where_it_was_built(path):
    """Makes the same file of the same source, in whatever folder it was compiled.

    What differs is a digest of each module's compilation, by which Swift's compiler tells an object file that it need not
    write again and which nobody reads in a program; and the linker's build ID, which is one of the whole file.
    """
    data = bytearray(path.read_bytes())
    _fill(data, _section(path, ".swift_modhash"), b"")
    note = _section(path, ".note.gnu.build-id")
    # The ID stands behind three numbers and a name, of four bytes each.
    identity = slice(min(note.start + 16, note.stop), note.stop)
    _fill(data, identity, b"")
    _fill(data, identity, hashlib.sha1(data).digest())
    path.write_bytes(data)
