"""The source of the commit as one archive, and the Homebrew formula that builds it."""

import hashlib
import os

import archives
from project import DIST, HERE, NAME, ROOT, raw


def _archive(version):
    """None where the source is no clone, since only git tells what belongs to it."""
    if not (ROOT / ".git").exists():
        print(f"no source archive and no Homebrew formula: {ROOT} is no clone")
        return None
    top = f"{NAME}-{version}"
    path = DIST / f"{top}.tar.gz"
    # git puts the version into Config/packaging/version, as it does for the archives that GitHub makes.
    archives.gz(path, raw("git", "-C", ROOT, "archive", "--format=tar", f"--prefix={top}/", "HEAD"))
    return path


def write(version):
    archive = _archive(version)
    if not archive:
        return []
    values = {
        "@REPOSITORY@": os.environ.get("GITHUB_REPOSITORY", f"OWNER/{NAME}"), "@VERSION@": version,
        "@ARCHIVE@": archive.name, "@SHA256@": hashlib.sha256(archive.read_bytes()).hexdigest(),
    }
    text = (HERE / f"{NAME}.rb").read_text()
    for name, value in values.items():
        text = text.replace(name, value)
    formula = DIST / f"{NAME}.rb"
    formula.write_text(text)
    return [archive, formula]
