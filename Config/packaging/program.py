"""The program with Swift's runtime inside, linked twice: with Debian's libvips, and with the one that packages bring."""

import shutil
import subprocess
from pathlib import Path

import elf
import libvips
from project import NAME, ROOT, WORK, run, stop

# Linked into the program: their .pc files, what is linked by each, and the Debian package that has the .a files.
STATIC = {
    "libcmark-gfm": (["cmark-gfm", "cmark-gfm-extensions"], "libcmark-gfm-dev libcmark-gfm-extensions-dev"),
    "gumbo": (["gumbo"], "libgumbo-dev"),
    "sqlite3": (["sqlite3"], "libsqlite3-dev"),
    "nettle": (["nettle"], "nettle-dev"),
    "yaml-0.1": (["yaml"], "libyaml-dev"),
}
# What the program calls of libvips and of GLib, which libvips is made with. The bundled libvips has all of GLib inside.
SHARED = ["vips", "gobject-2.0", "glib-2.0"]
# Of the C and C++ runtime, which are everywhere that libvips is.
RUNTIME = ["libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2"]
DEBIAN = ["libvips.so.42", "libgobject-2.0.so.0", "libglib-2.0.so.0"]


def _empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _link(folder, name, target):
    (folder / name).symlink_to(target)


def _libraries(kind, vips=None):
    """A folder for the linker that holds what it is to find, and nothing else: archives, and the bundled libvips."""
    folder = _empty(WORK / f"link-{kind}")
    for package, (names, debian) in STATIC.items():
        place = Path(run("pkg-config", "--variable=libdir", package).strip())
        for name in names:
            if not (place / f"lib{name}.a").exists():
                stop(f"lib{name}.a is missing; apt-get install {debian}")
            _link(folder, f"lib{name}.a", place / f"lib{name}.a")
    if vips:
        for name in SHARED:
            _link(folder, f"lib{name}.so", vips)
    return folder


def _package_configuration(kind, libraries):
    """Copies of the .pc files that lead the linker to that folder first. SwiftPM puts what -Xlinker says behind them."""
    folder = _empty(WORK / f"pkgconfig-{kind}")
    for package in [*STATIC, "gobject-2.0", "glib-2.0"]:
        original = Path(run("pkg-config", "--variable=pcfiledir", package).strip()) / f"{package}.pc"
        text = original.read_text().replace("Libs: -L${libdir}", f"Libs: -L{libraries}")
        (folder / f"{package}.pc").write_text(text)
    return folder


def _build(kind, libraries, *options):
    # The second build finds all compiled, and only links.
    command = [
        "swift", "build", "--configuration", "release", "--product", NAME, "--static-swift-stdlib",
        "--scratch-path", WORK / "swift", "--pkg-config-path", _package_configuration(kind, libraries),
        # No $ORIGIN in the search path, no symbols, and what is written at start cannot be written later.
        "--disable-local-rpath", "-Xlinker", "-s", "-Xlinker", "-z", "-Xlinker", "relro", *options,
    ]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        stop("the program was not built")
    built = WORK / "swift/release" / NAME
    program = WORK / "programs" / kind / NAME
    program.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(built, program)
    elf.forget_where_it_was_built(program)
    return program


def for_debian():
    program = _build("debian", _libraries("debian"))
    elf.check(program, RUNTIME + DEBIAN)
    return program


def with_libvips():
    """The program, and the libvips that it looks for in ../lib/optimize-assets from where it stands."""
    library = libvips.unpacked()
    program = _build(
        "bundled", _libraries("bundled", library), "-Xlinker", f"-rpath=$ORIGIN/../lib/{NAME}")
    elf.check(program, [*RUNTIME, library.name])
    return program, library
