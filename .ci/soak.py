"""Whether hours of watching cost more than minutes: a table of what viewer and server hold. Standard library only."""
import fcntl, os, re, shutil, statistics, struct, subprocess, sys, tempfile, termios, time
from inventing_shop import InventingShop
from terminal_probe import FOLDER, Probe

RELEASE, SECONDS, INVENTS = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] == ["invents"]
MOST_KEPT = 24 << 20  # Bytes in the viewer's folders: bounded tables, and a journal of a few megabytes.
RATE = 100  # Chat messages a second: a hundred times what anybody can read.
WARM_UP = 1 / 3  # Of the time: buffers, caches and the chat's log fill up to their limits.
# A leak of 100 bytes a message is 36 MB an hour at this rate. What an allocator's heap drifts by in half an hour is less than
# these, and a step up that stays is none: the slope is the median of those between all pairs of samples.
MEGABYTES, SHARE = 1.0, 0.03
SIZES = [(120, 36), (80, 24), (140, 40), (60, 16)]


class Sampled:
    def __init__(self, name, process):
        self.name, self.process, self.samples = name, process, []
        self.cpu_before, self.at_before = self.cpu(), time.monotonic()

    def cpu(self):
        return time.clock_gettime(~self.process << 3 | 2)

    def sample(self, at):
        status = open(FOLDER % self.process + "status").read()
        number = lambda key: int(re.search(rf"^{key}:\s+(\d+)", status, re.M)[1])
        cpu, now = self.cpu(), time.monotonic()
        load = (cpu - self.cpu_before) / (now - self.at_before) * 100
        self.cpu_before, self.at_before = cpu, now
        descriptors = len(os.listdir(FOLDER % self.process + "fd"))
        self.samples.append((at, number("VmRSS") / 1024, number("RssAnon") / 1024, descriptors, number("Threads"), load))
        return self.samples[-1]

    def verdict(self):
        """What has grown since the warm-up, in words; the figures are printed."""
        late = [sample for sample in self.samples if sample[0] >= SECONDS * WARM_UP]
        slopes = [(b[2] - a[2]) / (b[0] - a[0]) for i, a in enumerate(late) for b in late[i + 1:]]
        span, memory = late[-1][0] - late[0][0], statistics.median(sample[2] for sample in late)
        growth, limit = statistics.median(slopes) * span, max(MEGABYTES, SHARE * memory)
        quarter = max(1, len(late) // 4)
        print(f"  {self.name:<16}{memory:6.1f} MB of its own, {growth:+.2f} MB in {span:.0f} s (at most {limit:.2f}); resident "
              f"{late[0][1]:.1f} → {late[-1][1]:.1f} MB, at most {max(s[1] for s in late):.1f}; "
              f"descriptors {min(s[3] for s in late)}–{max(s[3] for s in late)}, "
              f"threads {min(s[4] for s in late)}–{max(s[4] for s in late)}, CPU {statistics.median(s[5] for s in late):.1f} %")
        faults = ["memory"] if growth > limit else []
        # libdispatch keeps as many threads as its queues have ever been busy at once: one more now and then is no leak, which
        # would be one for each thing that is done, or each time that somebody goes through everything (30 s).
        for column, what, spare in ((3, "descriptors", 0), (4, "threads", max(1, span / 300))):
            # Connections come and go, and a sample may catch some more of them; what leaks never goes back.
            least = [min(sample[column] for sample in part) for part in (late[:quarter], late[-quarter:])]
            if least[1] - least[0] > spare:
                faults.append(what)
        return [f"{self.name}: its {fault} grew" for fault in faults]


def use(probe, turn):
    """What somebody does while watching: line-up, product, buy pane, search, another size, away and back."""
    for keys in ("\t", "j", "k", "\r", "\x1b", "b", "\x1b", "/", "zz\r", "\x1b", "g", "G", "m", "m", "1"):
        probe.key(keys)
        probe.run(0.25)
    columns, rows = SIZES[turn % len(SIZES)]
    fcntl.ioctl(probe.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    probe.run(0.25)
    probe.key("\r")
    probe.run(0.5)


def main():
    home = tempfile.mkdtemp(prefix="vitrine-soak-")
    server = subprocess.Popen(
        [f"{RELEASE}/vitrine-server", "--listen", "127.0.0.1:0", "--db", f"{home}/shop.sqlite", "--until-stdin-closes",
         "--world", "flood", "--chat-rate", str(RATE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    origin = server.stdout.readline().decode().split()[-1]
    if INVENTS:
        origin = InventingShop(origin).origin
    folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    probe = Probe([f"{RELEASE}/vitrine"], {
        "HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC",
        "VITRINE_SERVER": origin, **folders})
    try:
        probe.wait("LIVE NOW")
        probe.run(1)
        probe.key("\r")
        probe.wait("LINE-UP")
        watched = [Sampled("vitrine", probe.process), Sampled("vitrine-server", server.pid)]
        interval = max(5, SECONDS / 60)
        what = "a shop that invents" if INVENTS else f"{RATE} messages a second"
        print(f"vitrine: soaking for {SECONDS} s, {what}\n\n"
              f"  {'':>6}  {'vitrine':<42}vitrine-server\n"
              f"  {'s':>6}" + 2 * f"  {'MB':>7}{'own':>8}{'fds':>6}{'threads':>9}{'CPU %':>8}  ", flush=True)
        start, turn = time.monotonic(), 0
        while time.monotonic() - start < SECONDS:
            since = len(probe.output)
            use(probe, turn)
            turn += 1
            probe.run(start + turn * interval - time.monotonic())
            if len(probe.output) == since:
                sys.exit("vitrine: the viewer no longer draws")
            del probe.output[:], probe.reads[:]
            at = time.monotonic() - start
            figures = [each.sample(at)[1:] for each in watched]
            print(f"  {at:6.0f}" + "".join(
                f"  {mb:7.1f}{own:8.1f}{fds:6}{threads:9}{cpu:8.1f}  " for mb, own, fds, threads, cpu in figures), flush=True)
        print()
        faults = [fault for each in watched for fault in each.verdict()]
        written = sum(os.path.getsize(os.path.join(path, name)) for folder in folders.values()
                      for path, _, names in os.walk(folder) for name in names)
        print(f"  the viewer's folders hold {written / 1024:.0f} KB")
        if written > MOST_KEPT:
            faults.append(f"vitrine: its files hold more than {MOST_KEPT >> 20} MB")
        if faults:
            sys.exit("vitrine: " + "; ".join(faults))
        print("vitrine: nothing grew")
    finally:
        try:
            probe.quit()
        finally:
            server.stdin.close()
            server.wait()
            shutil.rmtree(home, ignore_errors=True)


main()
