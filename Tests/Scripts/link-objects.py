#!/usr/bin/env python3
"""link-objects.py FOLDER: writes to FOLDER what the tool on Linux is linked with beside the libraries that it names, and
`flags` for `swift build`, which do so.

  allocator.o   jemalloc (Debian's libjemalloc-dev) as one object. As an archive, Swift's linking would hide it from the C
                library, and memory of one allocator would be freed by the other.
  icu.o         the data of the toolchain's ICU without what the tool has no use for, a third of it. The toolchain's symbol
                is defined to be this one, so that the member of its archive is left where it is.
  libstdc++.a   a link to the archive, in a folder where there is no shared library of that name.

Documentation/Decisions/one-file.md tells why. What cannot be made is an error: a tool without it is another tool.
"""
import json
import os
import pathlib
import re
import struct
import subprocess
import sys

folder = pathlib.Path(sys.argv[1]).resolve()
folder.mkdir(parents=True, exist_ok=True)
target = json.loads(subprocess.run(["swift", "-print-target-info"], check=True, capture_output=True, text=True).stdout)
resources = pathlib.Path(target["paths"]["runtimeResourcePath"])
clang = resources.parents[1] / "bin/clang"

# Folders and endings of ICU's data: how texts of other encodings are read, sorted, and written in other scripts, what characters are called
# and which look alike.
UNUSED = re.compile(r"^(?:coll|translit)/|\.cnv$|^(?:unames\.icu|confusables\.cfu)$")


def archive(name):
    """The path of an archive, as the compiler finds it."""
    path = subprocess.run([clang, f"-print-file-name={name}"], check=True, capture_output=True, text=True).stdout.strip()
    if not os.path.isabs(path):
        sys.exit(f"link-objects: there is no {name}")
    return path


def compile_object(language, source, out):
    subprocess.run([clang, "-c", "-x", language, "-", "-o", out], check=True, input=source, text=True)


def write_allocator():
    # jemalloc reads its settings from this variable: huge pages, where the system gives them to those who ask.
    compile_object("c", 'const char *malloc_conf = "thp:always";\n', folder / "settings.o")
    # What `malloc` needs, and so not C++'s operators, which libstdc++ has.
    subprocess.run(["ld", "-r", "-u", "malloc", "-o", folder / "allocator.o", folder / "settings.o",
                    archive("libjemalloc_pic.a")], check=True)
    (folder / "settings.o").unlink()


def members(path):
    """The names and bytes of the members of an archive in System V's form."""
    data = path.read_bytes()
    offset, long_names = 8, b""
    while offset < len(data):
        name, size = data[offset:offset + 16].rstrip(), int(data[offset + 48:offset + 58])
        content = data[offset + 60:offset + 60 + size]
        offset += 60 + size + size % 2
        if name == b"//":
            long_names = content
        elif name[:1] == b"/" and name[1:].isdigit():
            name = long_names[int(name[1:]):].split(b"/", 1)[0]
        yield name.rstrip(b"/").decode(), content


def without_unused(data, start):
    """ICU's data that begins at `start`, without what is unused: a header, then a table of contents (ICU's udata.h and
    ucmndata.h: a count, and for each item where its name and its bytes begin), the names, and the items."""
    header, = struct.unpack_from("<H", data, start)
    table = start + header
    count, = struct.unpack_from("<I", data, table)
    entries = [struct.unpack_from("<II", data, table + 4 + 8 * index) for index in range(count)]
    items = []
    for index, (name, begin) in enumerate(entries):
        text = data[table + name:data.index(b"\0", table + name)]
        # The last item ends where it says itself; how much of what follows is taken does not matter to its reader.
        end = entries[index + 1][1] if index + 1 < count else len(data) - table
        path = text.decode().split("/", 1)[1]
        if not UNUSED.search(path):
            items.append((text + b"\0", data[table + begin:table + end]))
    names = 4 + 8 * len(items)
    begin = names + sum(len(name) for name, _ in items)
    contents, strings, bodies = struct.pack("<I", len(items)), b"", b""
    body = bytearray()
    first = (begin + 15) // 16 * 16
    for name, content in items:
        contents += struct.pack("<II", names + len(strings), first + len(body))
        strings += name
        body += content + bytes(-len(content) % 16)
    prefix = contents + strings
    return data[start:start + header] + prefix + bytes(first - len(prefix)) + bytes(body)


def write_icu():
    path = resources.parent / "swift_static/linux/lib_FoundationICU.a"
    found = [content for name, content in members(path) if name.startswith("icu_packaged_data")]
    theirs = re.search(rb"\0(icudt\d+_dat)\0", found[0]) if len(found) == 1 else None
    # The header's magic bytes are its third and fourth, the format of the data its 13th to 16th.
    start = found[0].find(b"CmnD") - 12 if theirs else -1
    if start < 0 or found[0][start + 2:start + 4] != b"\xda\x27":
        sys.exit(f"link-objects: no data of ICU in {path}")
    data = folder / "icu.dat"
    data.write_bytes(without_unused(found[0], start))
    ours = "placard_icu_data"
    compile_object("assembler", f'.section .rodata,"a",@progbits\n.globl {ours}\n.balign 16\n{ours}:\n.incbin "{data}"\n'
                   f'.size {ours}, . - {ours}\n.type {ours}, @object\n.section .note.GNU-stack,"",@progbits\n',
                   folder / "icu.o")
    data.unlink()
    return f"{theirs[1].decode()}={ours}"


write_allocator()
same_symbol = write_icu()
library = folder / "libstdc++.a"
library.unlink(missing_ok=True)
library.symlink_to(archive("libstdc++.a"))
# What the C library needs of the executable, the allocator, is exported all the same.
linker = ["--no-export-dynamic", "--icf=safe", "--defsym", same_symbol, folder / "allocator.o", folder / "icu.o"]
words = ["-Xswiftc", f"-L{folder}", "-Xswiftc", "-Xclang-linker", "-Xswiftc", "-static-libgcc"]
words += [word for argument in linker for word in ("-Xlinker", str(argument))]
(folder / "flags").write_text(" ".join(words) + "\n")
