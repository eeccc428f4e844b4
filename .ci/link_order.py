"""Prints the symbols of the functions that a viewer calls, of a recording by callgrind. Standard library only."""
import os, re, subprocess, sys, tempfile
from terminal_probe import Probe

VIEWER, SERVER, FOLDER = sys.argv[1:4]


def environment(home, origin):
    folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {"HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "TZ": "UTC", "VITRINE_SERVER": origin, **folders}


def serve(home, *world):
    server = subprocess.Popen(
        [SERVER, "--listen", "127.0.0.1:0", "--db", f"{home}/shop.sqlite", "--until-stdin-closes", *world],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return server, server.stdout.readline().decode().split()[-1]


def recorded(name, keys, *world):
    """The functions called by a viewer whose local store has the schedule."""
    home = tempfile.mkdtemp(dir=FOLDER)
    server, origin = serve(home, *world)
    filling = Probe([VIEWER], environment(home, origin))
    filling.wait("LIVE NOW")
    filling.run(2)
    filling.quit()
    output = f"{FOLDER}/{name}.callgrind"
    probe = Probe(
        ["valgrind", "-q", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={output}", VIEWER],
        environment(home, origin))
    probe.wait("quit", 600)
    probe.run(10)
    for key in keys:
        probe.key(key)
        probe.run(3)
    os.kill(probe.process, 15)
    try:
        probe.run(120)
    except EOFError:
        pass
    server.stdin.close()
    server.wait()
    return functions(output)


def functions(output):
    names, objects, found, inside = {}, {}, {}, False

    def resolved(table, text):
        number, _, name = text.partition(" ")
        if name:
            table[number] = name
        return table[number]

    for line in open(output):
        key, separator, text = line.rstrip("\n").partition("=")
        if not separator:
            continue
        if key in ("ob", "cob"):
            name = resolved(objects, text)
            inside = name == VIEWER if key == "ob" else inside
        elif key in ("fn", "cfn"):
            name = re.sub(r"'\d+$", "", resolved(names, text))
            if key == "fn" and inside and not name.startswith(("0x", "(")):
                found.setdefault(name)
    return found


start = recorded("start", [], "--world", "quiet")
# Searches the schedule for the show, watches it, opens what is on air, and goes back.
watching = recorded(
    "watching", ["j", "k", "/", "Flood", "\r", "\r", "b", "\x1b", "?", "\x1b", "\x1b"], "--world", "flood",
    "--chat-rate", "20")
print("\n".join([*start, *(name for name in watching if name not in start)]))
