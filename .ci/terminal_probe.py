"""A terminal program on a pseudo-terminal, and what can be seen of it from outside."""
import fcntl, os, pty, re, select, signal, struct, termios, time

SEQUENCES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()].|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\x00-\x08\x0b-\x1f]")
FOLDER = "/proc/%d/"


class Probe:
    """Everything is counted from the moment before the program is started. Times are in seconds."""

    def __init__(self, command, environment, columns=120, rows=36):
        self.output = bytearray()
        self.reads = []  # (time, bytes)
        self.started = time.monotonic()
        self.process, self.master = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, limit):
        """Waits at most `limit` for output; returns the time at which some came, or None."""
        ready, _, _ = select.select([self.master], [], [], max(0, limit))
        if not ready:
            return None
        at = time.monotonic()
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise EOFError(f"the program has ended; it showed {bytes(self.output[-400:])!r}")
        self.output += data
        self.reads.append((at, len(data)))
        return at

    def run(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def wait(self, text, limit=30, since=0):
        """The time at which `text` had been written, escape sequences left aside."""
        text, end = text.encode(), time.monotonic() + limit
        while True:
            at = self.read(end - time.monotonic())
            if text in SEQUENCES.sub(b"", bytes(self.output[since:])):
                return at
            if at is None:
                raise TimeoutError(f"{text!r} was not shown; the last was {bytes(self.output[-600:])!r}")

    def key(self, keys):
        os.write(self.master, keys.encode())

    def painted_after(self, keys, marker=None, limit=2):
        """Seconds from the key to the first output, or to the first output that holds `marker`; None if there is none."""
        since, start = len(self.output), time.monotonic()
        self.key(keys)
        while (left := start + limit - time.monotonic()) > 0:
            at = self.read(left)
            if at and (marker is None or marker.encode() in self.output[since:]):
                return at - start
        return None

    def quit(self):
        try:
            os.kill(self.process, signal.SIGTERM)
            end = time.monotonic() + 5
            while time.monotonic() < end:
                self.read(0.2)
        except (EOFError, ProcessLookupError):
            pass
        os.close(self.master)
        os.waitpid(self.process, 0)

    # What the kernel has counted.

    def cpu(self):
        """Of all threads, those that have ended among them: the process's own clock (clock_getcpuclockid)."""
        return time.clock_gettime(~self.process << 3 | 2)

    def wakeups(self):
        """By thread, since a thread that ends takes its count with it."""
        counts = {}
        for thread in os.listdir(FOLDER % self.process + "task"):
            try:
                status = open(FOLDER % self.process + f"task/{thread}/status").read()
            except OSError:
                continue
            counts[thread] = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)[1])
        return counts

    def memory(self, peak=True):
        """Resident megabytes."""
        key = "VmHWM" if peak else "VmRSS"
        found = re.search(rf"^{key}:\s+(\d+)", open(FOLDER % self.process + "status").read(), re.M)
        return int(found[1]) / 1024

    def spell(self, seconds):
        """CPU, wake-ups and bytes a second while it is left alone."""
        self.run(0.5)  # what came before is written out
        cpu, before, written, start = self.cpu(), self.wakeups(), len(self.output), time.monotonic()
        self.run(seconds)
        took = time.monotonic() - start
        wakeups = sum(count - before.get(thread, 0) for thread, count in self.wakeups().items())
        return (self.cpu() - cpu) / took, wakeups / took, (len(self.output) - written) / took

    def bursts(self, since, gap=0.004):
        """How many times it wrote after `since`, where what follows within `gap` belongs to what came before."""
        count, last = 0, 0.0
        for at, _ in self.reads:
            if at < since:
                continue
            if at - last > gap:
                count += 1
            last = at
        return count
