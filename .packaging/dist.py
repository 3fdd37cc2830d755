#!/usr/bin/env python3
"""dist.py BINARY FOLDER: writes to FOLDER what a release of the tool is made of.

  placard-VERSION-SYSTEM-PROCESSOR.tar.gz   bin/placard and share/, to be put below any prefix
  placard_VERSION_ARCHITECTURE.deb          the same for Debian and what is made of it (on Linux)
  SHA256SUMS                                of both

The same binary gives the same bytes: times are those of SOURCE_DATE_EPOCH, or of the last commit, and owners and orders are fixed.
The .deb is written here, as deb(5) has it, so that no packaging tool is needed.
"""
import email.utils
import gzip
import hashlib
import io
import lzma
import os
import pathlib
import platform
import re
import subprocess
import sys
import tarfile
import tempfile

import share

# The processors of the e_machine field of an ELF file, as Debian and as uname call them.
PROCESSORS = {62: ("amd64", "x86_64"), 183: ("arm64", "aarch64")}

# Where Debian keeps what share.py writes elsewhere.
DEBIAN_PLACES = {"share/zsh/site-functions/_placard": "share/zsh/vendor-completions/_placard"}

MAINTAINER = os.environ.get("PLACARD_MAINTAINER", "Placard <placard@localhost.localdomain>")

DESCRIPTION = """Markdown in, in-app messages out
 Placard compiles in-app messages: a Markdown file says who should see a
 message, when and how often, and what it says; translations lie beside it.
 The tool checks all of it, previews it, and writes the files that apps
 download."""

COPYRIGHT = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Placard
Comment: The program is linked with these libraries, whose terms apply to them:
 the standard library and Foundation of Swift (Apache-2.0 with Runtime Library
 Exception), ICU (Unicode-3.0), cmark-gfm (BSD-2-Clause), libyaml (MIT), Expat
 (MIT), libcrypto of OpenSSL (Apache-2.0), jemalloc (BSD-2-Clause).

Files: *
Copyright: {year} the authors of Placard
License: see-upstream
 The project's repository states its terms.
"""

CHANGELOG = """placard ({version}) unstable; urgency=medium

  * Release {version}; NEWS.md.gz tells what is new.

 -- {maintainer}  {date}
"""


def tar(files, time, prefix=""):
    """A tar archive of {path: (bytes, mode)}, with the folders on the way; each path begins with the prefix."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        folders = {str(parent) for path in files for parent in pathlib.PurePosixPath(path).parents if prefix or str(parent) != "."}
        for path in sorted(folders | set(files), key=lambda path: pathlib.PurePosixPath(path).parts):
            entry = tarfile.TarInfo(prefix if path == "." else prefix + path)
            entry.mtime, entry.uname, entry.gname = time, "root", "root"
            if path in folders:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(entry)
            else:
                content, entry.mode = files[path]
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def zipped(content, level=9):
    return gzip.compress(content, level, mtime=0)


def glibc(binary):
    """The newest version of the C library whose symbols the binary asks for."""
    symbols = subprocess.run(["readelf", "--version-info", "--wide", binary], check=True, capture_output=True, text=True).stdout
    versions = {tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_([0-9.]+)", symbols)}
    return ".".join(map(str, max(versions)))


def control(version, architecture, files, binary):
    size = sum((len(content) + 1023) // 1024 for content, _ in files.values())
    return (f"Package: placard\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
            f"Installed-Size: {size}\nDepends: libc6 (>= {glibc(binary)})\nSection: devel\nPriority: optional\n"
            f"Description: {DESCRIPTION}\n").encode()


def deb(version, architecture, files, binary, time):
    """A Debian package: an ar archive of three members (deb(5))."""
    files = {"usr/" + DEBIAN_PLACES.get(path, path): entry for path, entry in files.items()}
    manual = "usr/share/man/man1/placard.1"
    files[manual + ".gz"] = (zipped(files.pop(manual)[0]), 0o644)
    files["usr/share/doc/placard/copyright"] = (COPYRIGHT.replace("{year}", email.utils.formatdate(time).split()[3]).encode(), 0o644)
    files["usr/share/doc/placard/NEWS.md.gz"] = (zipped((share.root / "CHANGELOG.md").read_bytes()), 0o644)
    changes = CHANGELOG.format(version=version, maintainer=MAINTAINER, date=email.utils.formatdate(time))
    files["usr/share/doc/placard/changelog.gz"] = (zipped(changes.encode()), 0o644)
    sums = "".join(f"{hashlib.md5(content).hexdigest()}  {path}\n" for path, (content, _) in sorted(files.items()))
    about = {"control": (control(version, architecture, files, binary), 0o644), "md5sums": (sums.encode(), 0o644)}
    # Higher presets take up to five times as long, for an eighth less.
    members = [("debian-binary", b"2.0\n"), ("control.tar.xz", lzma.compress(tar(about, time, "./"), preset=1)),
               ("data.tar.xz", lzma.compress(tar(files, time, "./"), preset=1))]
    archive = b"!<arch>\n"
    for name, content in members:
        archive += f"{name:<16}{time:<12}{0:<6}{0:<6}{0o100644:<8o}{len(content):<10}`\n".encode()
        archive += content + b"\n" * (len(content) % 2)
    return archive


def main(binary, folder):
    binary, folder, time = pathlib.Path(binary), pathlib.Path(folder), share.source_date()
    os.environ["SOURCE_DATE_EPOCH"] = str(time)
    version = share.ask(binary, "--version").strip()
    with tempfile.TemporaryDirectory() as temporary:
        stripped = pathlib.Path(temporary) / "placard"
        subprocess.run(["install", "-m", "755", *(["-s"] if sys.platform == "linux" else []), binary, stripped], check=True)
        program = stripped.read_bytes()
        share.main(binary, temporary)
        files = {"bin/placard": (program, 0o755)}
        for path in pathlib.Path(temporary).rglob("*"):
            if path.is_file() and path != stripped:
                files["share/" + path.relative_to(temporary).as_posix()] = (path.read_bytes(), 0o644)
        debian, processor = None, platform.machine()
        if program[:4] == b"\x7fELF":
            debian, processor = PROCESSORS[int.from_bytes(program[18:20], "little")]
        name = f"placard-{version}-{platform.system().lower()}-{processor}"
        written = {f"{name}.tar.gz": zipped(
            tar({f"{name}/{path}": entry for path, entry in files.items()}, time), level=6)}
        if debian:
            written[f"placard_{version}_{debian}.deb"] = deb(version, debian, files, stripped, time)
    written["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(written.items())).encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (folder / name).write_bytes(content)
        print(f"wrote {folder / name}, {(len(content) + 999) // 1000} kB")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
