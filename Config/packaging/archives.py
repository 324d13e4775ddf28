"""Archives that are the same for the same content: names in order, one date, no owner, two kinds of mode."""

import gzip
import io
import lzma
import tarfile
import time
import zipfile


class Entry:
    """A file of an archive."""

    def __init__(self, name, data, executable=False):
        self.name = name
        self.data = data if isinstance(data, bytes) else data.encode()
        self.mode = 0o755 if executable else 0o644


def of_folder(folder, prefix=""):
    """The files below a folder, with a prefix to their names."""
    return [
        Entry(prefix + path.relative_to(folder).as_posix(), path.read_bytes(), path.stat().st_mode & 0o100 != 0)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _tar(entries, date):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for entry in sorted(entries, key=lambda entry: entry.name):
            header = tarfile.TarInfo(entry.name)
            header.size, header.mode, header.mtime = len(entry.data), entry.mode, date
            archive.addfile(header, io.BytesIO(entry.data))
    return buffer.getvalue()


def tar_xz(path, entries, date):
    path.write_bytes(lzma.compress(_tar(entries, date), preset=9))


def gz(path, data):
    # Without the time and the name that gzip keeps.
    path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))


def tar_gz(path, entries, date):
    gz(path, _tar(entries, date))


def zip_file(path, entries, date):
    # Zip knows no year before 1980.
    moment = max(time.gmtime(date)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for entry in entries:
            header = zipfile.ZipInfo(entry.name, moment)
            header.create_system = 3
            header.external_attr = (0o100000 | entry.mode) << 16
            header.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(header, entry.data)
