"""The folder that the tarball, the wheel and the npm package are made of: bin, lib, share."""

import os
import shutil

import licences
import program
from project import HERE, NAME, WORK, run


def installed(built, kind, date, library=None):
    """What `make install` installs, with the libvips that belongs to it."""
    folder = WORK / f"tree-{kind}"
    shutil.rmtree(folder, ignore_errors=True)
    if library:
        place = folder / "lib" / NAME
        place.mkdir(parents=True)
        shutil.copy(library, place)
        # The program has to find it to write its manual, so it runs from where it belongs.
        (folder / "bin").mkdir()
        shutil.copy2(built, folder / "bin")
        built = folder / "bin" / NAME
    run(HERE / "install", built, folder, env={**os.environ, "SOURCE_DATE_EPOCH": str(date)})
    return folder


def bundled(date):
    built, library = program.with_libvips()
    folder = installed(built, "bundled", date, library)
    add_licences(folder / "share/doc" / NAME, bundled=True)
    return folder


def add_licences(folder, bundled):
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in licences.texts(bundled).items():
        shutil.copyfile(path, folder / name)
