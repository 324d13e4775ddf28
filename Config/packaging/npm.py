"""Two npm packages, as esbuild has them: the launcher, and one for the machine that holds the program and its libvips.

npm installs the second because the first names it as optional, and only where its `os`, `cpu` and `libc` fit: no script runs.
"""

import json

import archives
from archives import Entry
from project import DIST, HERE, NAME, ROOT, SUMMARY

MACHINE = f"{NAME}-linux-x64"


def _manifest(name, version, **more):
    manifest = {"name": name, "version": version, "description": SUMMARY, **more}
    return Entry("package/package.json", json.dumps(manifest, indent=2) + "\n")


def _write(name, version, entries, date):
    path = DIST / f"{name}-{version}.tgz"
    archives.tar_gz(path, entries, date)
    return path


def _launcher(version, date):
    manifest = _manifest(
        NAME, version, license="MIT", keywords=["images", "responsive", "webp", "avif", "static-site", "blog"],
        bin={NAME: "bin/optimize-assets.js"}, engines={"node": ">=14"}, optionalDependencies={MACHINE: version})
    return _write(NAME, version, [
        manifest,
        Entry("package/bin/optimize-assets.js", (HERE / "launcher.js").read_bytes(), executable=True),
        Entry("package/README.md", (HERE / "about.md").read_bytes()),
        Entry("package/LICENSE", (ROOT / "LICENSE").read_bytes()),
    ], date)


def _machine(tree, version, date):
    entries = archives.of_folder(tree, "package/")
    for entry in entries:
        entry.name = entry.name.replace(f"package/share/doc/{NAME}/", "package/licences/")
    manifest = _manifest(
        MACHINE, version, os=["linux"], cpu=["x64"], libc=["glibc"], preferUnplugged=True,
        license="SEE LICENSE IN licences/THIRD-PARTY.md")
    about = f"# {MACHINE}\n\nThe program of the package {NAME} for Linux on x86-64, and its libvips.\n"
    return _write(MACHINE, version, [*entries, manifest, Entry("package/README.md", about)], date)


def write(tree, version, date):
    return [_launcher(version, date), _machine(tree, version, date)]
