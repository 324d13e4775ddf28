"""optimize-assets-VERSION-linux-x86_64.tar.xz: one folder, which works wherever it is unpacked."""

import archives
from project import ARCHITECTURE, DIST, NAME


def write(tree, version, date):
    top = f"{NAME}-{version}-linux-{ARCHITECTURE}"
    path = DIST / f"{top}.tar.xz"
    archives.tar_xz(path, archives.of_folder(tree, f"{top}/"), date)
    return path
