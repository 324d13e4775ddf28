"""The one-file libvips of PyPI's pyvips-binary, of the version and digest in pyvips-binary.txt."""

import hashlib
import re
import subprocess
import sys
import zipfile

from project import HERE, WORK, stop

PIN = HERE / "pyvips-binary.txt"


def _pinned():
    match = re.search(r"^pyvips-binary==(\S+) --hash=sha256:([0-9a-f]{64})$", PIN.read_text(), re.MULTILINE)
    return match[1], match[2]


def _download(folder, version):
    folder.mkdir(parents=True, exist_ok=True)
    # pip compares the digest itself.
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--only-binary=:all:", "--platform", "manylinux_2_28_x86_64", "--require-hashes", "--requirement", PIN,
         "--dest", folder], stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["pip failed"])[-1].removeprefix("ERROR: ")
        stop(f"pyvips-binary {version} cannot be fetched ({reason}); connect to the network, or set PIP_FIND_LINKS to a"
             " folder with its wheel")


def _wheel():
    version, digest = _pinned()
    folder = WORK / "pyvips-binary"
    for attempt in range(2):
        for path in folder.glob(f"pyvips_binary-{version}-*.whl"):
            if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
                return path
            path.unlink()
        if attempt == 0:
            _download(folder, version)
    stop(f"PyPI has no pyvips-binary {version} with the digest in {PIN.name}")


def unpacked():
    """The library's file, under the name that it gives itself (its SONAME), unchanged."""
    with zipfile.ZipFile(_wheel()) as wheel:
        inside = next(name for name in wheel.namelist() if re.search(r"/libvips-[0-9a-f]+\.so\.42$", name))
        path = WORK / "libvips" / inside.rpartition("/")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        data = wheel.read(inside)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    return path
