"""python -m optimize_assets: becomes the program that was installed with this package."""

import os
import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path


def program():
    """Where the installer put it, as it noted itself; or beside this package, after `pip install --target`."""
    try:
        noted = [file.locate() for file in files("optimize-assets") or () if file.name == "optimize-assets"]
    except PackageNotFoundError:
        noted = []
    for path in [*noted, Path(__file__).parents[1] / "bin/optimize-assets"]:
        if os.access(path, os.X_OK) and os.path.isfile(path):
            return os.fspath(path)
    sys.exit("optimize-assets: the program is not where it was installed; install the package again")


path = program()
os.execv(path, [path, *sys.argv[1:]])
