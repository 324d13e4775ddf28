"""The licence texts of what is in the packages; licences/THIRD-PARTY.md says which is whose."""

import json
from pathlib import Path

import libvips
from project import HERE, ROOT, run, stop

OWN = HERE / "licences"
COMMON = Path("/usr/share/common-licenses")
LINKED = {
    "cmark-gfm.txt": "libcmark-gfm-dev",
    "gumbo.txt": "libgumbo-dev",
    "sqlite.txt": "libsqlite3-dev",
    "nettle.txt": "nettle-dev",
    "libyaml.txt": "libyaml-dev",
    "tomlplusplus.txt": "libtomlplusplus-dev",
}


def _swift():
    """The licence that Swift's toolchain brings."""
    paths = json.loads(run("swift", "-print-target-info"))["paths"]
    text = Path(paths["runtimeResourcePath"]).parents[1] / "share/swift/LICENSE.txt"
    return text if text.exists() else stop(f"{text} is missing: the licence of Swift's runtime")


def texts(bundled):
    """File names and the files that they are copies of."""
    found = {"LICENSE": ROOT / "LICENSE", "THIRD-PARTY.md": OWN / "THIRD-PARTY.md", "icu.txt": OWN / "icu.txt"}
    found["swift.txt"] = _swift()
    for name, package in LINKED.items():
        # The package that the library was linked from says itself under what licence it is.
        found[name] = Path("/usr/share/doc") / package / "copyright"
    common = ["Apache-2.0", "GPL-3", "LGPL-3"]
    if bundled:
        common.append("MPL-2.0")
        found["libvips-parts.txt"] = OWN / "libvips-parts.txt"
        found["pyvips-binary.txt"] = libvips.PIN
    for name in common:
        found[f"{name}.txt"] = COMMON / name
    for path in found.values():
        if not path.exists():
            stop(f"{path} is missing: a licence text of what is linked in")
    return found
