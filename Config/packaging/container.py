"""The Containerfile, made to install the .deb beside it."""

from project import DIST, HERE


def write(deb):
    path = DIST / "Containerfile"
    path.write_text((HERE / "Containerfile").read_text().replace("optimize-assets.deb", deb.name))
    return path
