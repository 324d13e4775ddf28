"""optimize-assets_VERSION_amd64.deb: one file for Debian 12 and 13 and Ubuntu 24.04, which brings no libvips of its own."""

import gzip
import os
import shutil
from email.utils import formatdate

import licences
import program
import tree
from project import DIST, HERE, NAME, WORK, debian_version, maintainer, run

# Debian 13 and Ubuntu 24.04 call it libvips42t64. It needs GLib, whose functions the program calls as well, and the C++
# runtime; both are part of what libvips hands to those that use it, so they need no line of their own here.
DEPENDS = "libc6 (>= 2.35), libvips42 (>= 8.14) | libvips42t64"
# What encodes AVIF has been a package of its own since Debian 13, which libheif only recommends. Where it is built in, no
# package has that name, and apt goes on without it.
RECOMMENDS = "libheif-plugin-aomenc"

CONTROL = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: web
Priority: optional
Description: lighter, responsive images for blog posts
 It reads the posts of a static site (Jekyll, Hugo, Eleventy, Astro, Hexo,
 Pelican, MkDocs, Docusaurus, Zola, Quarto, or HTML that is built already),
 finds every image that they show, makes lighter files in the sizes that
 devices need, and writes a copy of the site whose posts offer them. It also
 weighs what readers download, and holds it against budgets.
"""

CHANGELOG = """\
{name} ({version}) stable; urgency=medium

  * What changed: CHANGELOG.md in the source.

 -- {maintainer}  {date}
"""


def _compress(path):
    # As `gzip -9n`: without a name and a time.
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    path.unlink()


def _copyright():
    """The licences of the program and of all that is linked into it, but for those that every Debian has."""
    texts = licences.texts(bundled=False)
    parts = [(texts.pop("LICENSE"), f"{NAME} itself"), (texts.pop("THIRD-PARTY.md"), "What is linked into it")]
    parts += [(path, name) for name, path in texts.items() if path.parent != licences.COMMON]
    rule = "=" * 78
    text = "The Apache License 2.0 and the GNU licences are in /usr/share/common-licenses.\n"
    for path, title in parts:
        body = path.read_text()
        # Of Swift's, all but the exception at its end is the Apache License.
        if title == "swift.txt":
            body = "Apache License 2.0, with:\n\n" + body[body.index("## Runtime Library Exception"):]
        text += f"\n{rule}\n{title}\n{rule}\n\n{body}"
    return text


def _data(date, version):
    built = program.for_debian()
    root = WORK / "debian"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    shutil.copytree(tree.installed(built, "debian", date), root / "usr")
    share = root / "usr/share"
    # Where Debian's zsh looks.
    (share / "zsh/site-functions").rename(share / "zsh/vendor-completions")
    _compress(share / f"man/man1/{NAME}.1")
    place = share / "doc" / NAME
    place.mkdir(parents=True)
    (place / "copyright").write_text(_copyright())
    changelog = place / "changelog"
    changelog.write_text(CHANGELOG.format(
        name=NAME, version=version, maintainer=maintainer(), date=formatdate(date)))
    _compress(changelog)
    overrides = share / "lintian/overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(HERE / "lintian-overrides", overrides)
    return root


def write(version, date):
    version = debian_version(version)
    root = _data(date, version)
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    sums = "".join(
        line.replace(f"{root}/", "") for line in run("md5sum", *files).splitlines(keepends=True))
    control = root / "DEBIAN"
    control.mkdir()
    (control / "md5sums").write_text(sums)
    (control / "control").write_text(CONTROL.format(
        name=NAME, version=version, maintainer=maintainer(), depends=DEPENDS, recommends=RECOMMENDS,
        size=sum(-(-path.stat().st_size // 1024) for path in files)))
    for path in root.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.name == NAME and path.parent.name == "bin" else 0o644)
    root.chmod(0o755)
    path = DIST / f"{NAME}_{version}_amd64.deb"
    # One thread, since xz cuts its blocks by their number.
    run("dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z9", "--threads-max=1", root, path,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(date)})
    return path
