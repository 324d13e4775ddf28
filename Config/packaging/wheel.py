"""The wheel for PyPI: the command itself, with no Python in it, and what it needs where it looks for it.

`.data/scripts` becomes the environment's bin, and `.data/data` its top folder, so ../lib/optimize-assets is beside bin in a
virtual environment, under ~/.local and wherever else pip, pipx and uv install to.
"""

import base64
import hashlib

import archives
from archives import Entry
from project import ARCHITECTURE, DIST, HERE, NAME, SUMMARY, python_version

MODULE = NAME.replace("-", "_")
# What elf.check holds the program to.
TAG = f"py3-none-manylinux_2_35_{ARCHITECTURE}"


def _metadata(version, licences):
    lines = [
        "Metadata-Version: 2.4", f"Name: {NAME}", f"Version: {version}", f"Summary: {SUMMARY}",
        "License-Expression: MIT AND Apache-2.0 AND BSD-2-Clause AND LGPL-3.0-or-later AND MPL-2.0",
        *(f"License-File: {name}" for name in sorted(licences)),
        "Keywords: images,responsive,webp,avif,jekyll,hugo,static-site",
        "Classifier: Environment :: Console", "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Topic :: Multimedia :: Graphics :: Graphics Conversion",
        "Requires-Python: >=3.8", "Description-Content-Type: text/markdown", "",
        (HERE / "about.md").read_text(),
    ]
    return "\n".join(lines)


def _record(entries, name):
    rows = []
    for entry in entries:
        digest = base64.urlsafe_b64encode(hashlib.sha256(entry.data).digest()).decode().rstrip("=")
        rows.append(f"{entry.name},sha256={digest},{len(entry.data)}\n")
    return Entry(name, "".join(rows) + f"{name},,\n")


def write(tree, version, date):
    version = python_version(version)
    info, data = f"{MODULE}-{version}.dist-info", f"{MODULE}-{version}.data"
    licences = tree / "share/doc" / NAME
    entries = [
        Entry(f"{MODULE}/{name}", (HERE / MODULE / name).read_bytes()) for name in ["__init__.py", "__main__.py"]
    ]
    for entry in archives.of_folder(tree):
        if entry.name == f"bin/{NAME}":
            entry.name = f"{data}/scripts/{NAME}"
        elif entry.name.startswith("share/doc/"):
            entry.name = f"{info}/licenses/{entry.name.rpartition('/')[2]}"
        else:
            entry.name = f"{data}/data/{entry.name}"
        entries.append(entry)
    entries.append(Entry(f"{info}/METADATA", _metadata(version, [path.name for path in licences.iterdir()])))
    entries.append(
        Entry(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: false\nTag: {TAG}\n"))
    entries.append(_record(entries, f"{info}/RECORD"))
    path = DIST / f"{MODULE}-{version}-{TAG}.whl"
    archives.zip_file(path, entries, date)
    return path
