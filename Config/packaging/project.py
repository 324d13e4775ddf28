"""What every step knows: where things are, the version and its spellings, and how a step says what is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "Config/packaging"
WORK = ROOT / ".build/packages"
DIST = ROOT / "dist"

NAME = "optimize-assets"
SUMMARY = "Gives blog posts lighter, responsive images"
# Every package says which machine it is for; other machines build from source.
ARCHITECTURE = "x86_64"


def stop(message):
    """Ends with one line that says what is missing and what to do."""
    sys.exit(f"make packages: {message}")


def raw(*command, **options):
    """Runs a command and gives back what it printed, as bytes."""
    try:
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, **options).stdout
    except FileNotFoundError:
        stop(f"{command[0]} is missing; install it")
    except subprocess.CalledProcessError as error:
        stop(f"{' '.join(map(str, command[:3]))} … failed with {error.returncode}")


def run(*command, **options):
    """The same as text."""
    return raw(*command, **options).decode()


def version():
    text = run(HERE / "version").strip()
    if not re.fullmatch(r"\d+\.\d+\.\d+(-(alpha|beta|rc)\.\d+)?(\+[0-9a-z.]+)?", text):
        stop(f"'{text}' is no version; tags read v1.2.3 or v1.2.3-rc.1")
    return text


def python_version(text):
    """1.2.3-rc.1 as PEP 440 spells it: 1.2.3rc1."""
    return re.sub(r"-(alpha|beta|rc)\.", lambda match: {"alpha": "a", "beta": "b"}.get(match[1], "rc"), text)


def debian_version(text):
    """1.2.3-rc.1 so that Debian sorts it before 1.2.3: 1.2.3~rc.1."""
    return text.replace("-", "~", 1)


def maintainer():
    """Who makes the packages: by Debian's variables, or else who made the commit."""
    if "DEBEMAIL" in os.environ:
        return f"{os.environ.get('DEBFULLNAME', 'The optimize-assets authors')} <{os.environ['DEBEMAIL']}>"
    if (ROOT / ".git").exists():
        return run("git", "-C", ROOT, "log", "-1", "--format=%an <%ae>").strip()
    stop("who makes the packages? Set DEBFULLNAME and DEBEMAIL")


def source_date():
    """Seconds since 1970 that stand for now in every package: the commit's, or those of an unpacked archive's files."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    if (ROOT / ".git").exists():
        return int(run("git", "-C", ROOT, "log", "-1", "--format=%ct"))
    return int((ROOT / "Package.swift").stat().st_mtime)
