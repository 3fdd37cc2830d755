"""What shells offer at TAB, asked of the shells themselves: each is run in a terminal, in the demo's folder."""
import concurrent.futures
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import time

# What is typed before TAB, and what must come.
CASES = [
    ("placard trans", "translations "),
    ("placard check --explain cel/unkn", "cel/unknown-field "),
    ("placard check content/cof", "content/coffee"),
    ("placard new message x --template fulls", "fullscreen "),
    ("placard new template x --like fulls", "fullscreen "),
    ("placard new translation order-rea", "order-ready "),
    ("placard new translation order-ready pt", "pt-BR "),
    ("placard explain order-ready-n", "order-ready-nameless "),
    ("placard translations status --locale pt", "pt-BR "),
    ("placard schema manif", "manifest "),
    ("placard test --format juni", "junit "),
]

START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source {share}/bash-completion/completions/placard"),
    "zsh": (["zsh", "-f", "-i"], "fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -D"),
    "fish": (["fish", "--no-config", "-i"], "source {share}/fish/vendor_completions.d/placard.fish"),
}

SECONDS = 20


def read_until(terminal, wanted, seconds=SECONDS):
    """What a terminal shows until it holds `wanted`, without escape sequences."""
    shown, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
        text = re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|\(B|[=>])", "", shown.decode("utf-8", "replace")).replace("\r", "")
        if wanted in text:
            return text, True
    return shown.decode("utf-8", "replace"), False


def complete(shell, line, wanted, share, binary, project, home):
    """Types `line` and TAB; nothing, or what is wrong."""
    arguments, setup = START[shell]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(project)
        environment = {"PATH": f"{binary.parent}:/usr/bin:/bin", "HOME": home, "LC_ALL": "C.UTF-8", "PS1": "@ ",
                       "TERM": "xterm" if shell == "fish" else "dumb", "COLUMNS": "200"}
        os.execvpe(arguments[0], arguments, environment)
    try:
        # The shell's own echo of the line holds no READY.
        os.write(terminal, f"{setup.format(share=share)}; printf 'REA%s\\n' DY\n".encode())
        shown, is_ready = read_until(terminal, "READY")
        if not is_ready:
            return f"{shell} does not start: {shown[-300:]!r}"
        os.write(terminal, (line + "\t").encode())
        shown, is_there = read_until(terminal, wanted)
        return None if is_there else f"{shell}: {line}TAB shows {shown[-200:]!r}, and not {wanted!r}"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def check(share, binary, project, home):
    """Runs every case in every shell that is here; what is wrong, and the shells."""
    shells = [shell for shell in START if shutil.which(shell)]
    runs = [(shell, line, wanted) for line, wanted in CASES for shell in shells]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        results = pool.map(lambda run: complete(*run, share, pathlib.Path(binary), project, home), runs)
    return [problem for problem in results if problem], shells
