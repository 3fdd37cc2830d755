#!/usr/bin/env python3
"""share.py BINARY FOLDER: writes to FOLDER, as /usr/share has them, the man page and the completions of the tool.

  man/man1/placard.1                        in mdoc(7), of what the argument parser knows of each command, and of the tables of
                                            Documentation/CommandLine.md on exit codes and the environment
  bash-completion/completions/placard
  zsh/site-functions/_placard
  fish/vendor_completions.d/placard.fish

The page's date is that of SOURCE_DATE_EPOCH, or of the last commit.
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import textwrap

root = pathlib.Path(__file__).resolve().parents[1]


def source_date():
    """Seconds since 1970 that stand for the sources: SOURCE_DATE_EPOCH, the last commit's, or none."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    commit = subprocess.run(["git", "-C", root, "log", "-1", "--format=%ct"], capture_output=True, text=True)
    return int(commit.stdout) if commit.returncode == 0 and commit.stdout.strip() else 0


def text(words):
    """A line of text: nothing in it is a request or an escape."""
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + words if words[:1] in (".", "'") else words


def prose(words):
    """Words to be filled: each sentence on lines of its own, as mdoc wants it."""
    lines = []
    for sentence in re.split(r"(?<=[.!?]) +", words):
        lines += [text(line) for line in textwrap.wrap(sentence, 70, break_long_words=False, break_on_hyphens=False)]
    return lines


def unmarked(words):
    """Markdown without its marks."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", words).replace("`", "")


def discussion(words):
    """Paragraphs, and lines that are indented as they stand."""
    lines, example = [], False
    for line in (words or "").split("\n"):
        if line.startswith("  "):
            if not example:
                if lines and lines[-1] == ".Pp":
                    lines.pop()
                lines.append(".Bd -literal -offset 2n")
                example = True
            lines.append(text(line[2:]) or "\\&")
            continue
        if example:
            lines.append(".Ed")
            example = False
            if line == "":
                lines.append(".Pp")
                continue
        lines += prose(line) if line else [".Pp"]
    if example:
        lines.append(".Ed")
    while lines and lines[-1] == ".Pp":
        lines.pop()
    return [line for line, before in zip(lines, [None] + lines) if not line == before == ".Pp"]


def flags(argument):
    names = argument.get("names", [])
    shown = [("\\-" if name["kind"] == "long" else "") + text(name["name"]) for name in sorted(names, key=lambda n: n["kind"] == "long")]
    return shown


def value(argument):
    return text(argument.get("valueName", "value"))


def synopsis(command, names):
    lines = [".Nm placard"] + [f".Cm {text(name)}" for name in names[1:]]
    for argument in shown_arguments(command):
        more = " ..." if argument["isRepeating"] else ""
        if argument["kind"] == "positional":
            lines.append(f".{'Op ' if argument['isOptional'] else ''}Ar {value(argument)}{more}")
        else:
            end = f" Ar {value(argument)}" if argument["kind"] == "option" else ""
            lines.append(f".{'Op ' if argument['isOptional'] else ''}Fl {flags(argument)[-1]}{end}{more}")
    if command.get("subcommands"):
        lines.append(".Ar subcommand ...")
    return lines


def shown_arguments(command):
    common = {"help", "version"}
    return [argument for argument in command.get("arguments", [])
            if argument["shouldDisplay"] and not common & {name["name"] for name in argument.get("names", [])}]


def options(command):
    lines = []
    for argument in shown_arguments(command):
        if argument["kind"] == "positional":
            lines.append(f".It Ar {value(argument)}")
        else:
            end = f" Ar {value(argument)}" if argument["kind"] == "option" else ""
            lines.append(".It " + " , ".join(f"Fl {flag}" for flag in flags(argument)) + end)
        abstract = argument.get("abstract", "")
        if argument.get("defaultValue") and argument["kind"] != "flag":
            abstract += f" The default is {argument['defaultValue']}."
        lines += prose(abstract)
    return [".Bl -tag -width Ds"] + lines + [".El"] if lines else []


def sections(command, names):
    """A section for a command, then for each of those below it."""
    lines = []
    if len(names) > 1:
        lines += [f".Ss {text(' '.join(names))}"] + prose(command["abstract"]) + [".Pp"] + synopsis(command, names) + [".Pp"]
        lines += discussion(command.get("discussion"))
        lines += options(command)
    for below in command.get("subcommands", []):
        if below["commandName"] != "help" and below["shouldDisplay"]:
            lines += sections(below, names + [below["commandName"]])
    return lines


def table(heading):
    """The rows of the table under a heading of CommandLine.md."""
    page = (root / "Documentation/CommandLine.md").read_text("utf-8")
    part = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    lines = [".Bl -tag -width Ds"]
    for name, words in rows[2:]:
        lines += [f".It {text(unmarked(name))}"] + prose(unmarked(words[:1].upper() + words[1:]) + ".")
    return lines + [".El"]


def page(command, version):
    date = datetime.datetime.fromtimestamp(source_date(), datetime.timezone.utc)
    lines = [
        '.\\" Written by .packaging/share.py from what the tool says of itself.',
        f".Dd {date:%B} {date.day}, {date.year}", ".Dt PLACARD 1", f".Os Placard {version}", ".Sh NAME", ".Nm placard",
        f".Nd {text(command['abstract'].rstrip('.'))}", ".Sh SYNOPSIS", ".Nm", ".Ar subcommand", ".Op Ar argument ...", ".Nm",
        ".Cm help", ".Op Ar subcommand ...", ".Nm", ".Fl \\-version", ".Sh DESCRIPTION"]
    lines += discussion(command["discussion"])
    lines += [".Sh COMMANDS"] + sections(command, [command["commandName"]])
    lines += [".Sh ENVIRONMENT"] + table("Environment") + [".Sh EXIT STATUS"] + table("Exit codes")
    # A paragraph before a list, a display or a heading is none.
    kept = [line for line, after in zip(lines, lines[1:] + [""]) if not (line == ".Pp" and re.match(r"\.(Bl|Bd|S[hs]|Pp)\b", after))]
    return "\n".join(kept) + "\n"


def ask(binary, *arguments):
    return subprocess.run([binary, *arguments], check=True, capture_output=True, text=True).stdout


def main(binary, folder):
    command = json.loads(ask(binary, "--experimental-dump-help"))["command"]
    files = {"man/man1/placard.1": page(command, ask(binary, "--version").strip())}
    for shell, path in [("bash", "bash-completion/completions/placard"), ("zsh", "zsh/site-functions/_placard"),
                        ("fish", "fish/vendor_completions.d/placard.fish")]:
        # It is read by the shell, not run by the system.
        files[path] = ask(binary, "--generate-completion-script", shell).removeprefix("#!/bin/bash\n")
    for path, words in files.items():
        target = pathlib.Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words, "utf-8")
        target.chmod(0o644)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
