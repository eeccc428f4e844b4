import Glibc
import TerminalKit

/// The tty itself: its modes, its size, and reads and writes that never wait.
///
/// It is opened anew rather than taken from standard input, because O_NONBLOCK belongs to the open file: set on an
/// inherited one it would also change the shell's.
final class TerminalDevice {
    let descriptor: Int32
    let original: termios

    init(path: String?) throws(TerminalError) {
        let candidates = path.map { [$0] } ?? ["/dev/tty", "/proc/self/fd/0", "/proc/self/fd/1"]
        var opened: Int32 = -1
        var modes = termios()
        for candidate in candidates where opened < 0 {
            opened = open(candidate, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
            if opened >= 0, tcgetattr(opened, &modes) != 0 {
                Glibc.close(opened)
                opened = -1
            }
        }
        guard opened >= 0 else { throw .noTerminal }
        descriptor = opened
        original = modes
    }

    deinit { Glibc.close(descriptor) }

    /// Keys arrive one by one and as they are, Ctrl-C and Ctrl-Z among them; output is not touched.
    func makeRaw() {
        var modes = original
        cfmakeraw(&modes)
        // Never "drain": that waits for a terminal which may have stopped reading.
        tcsetattr(descriptor, TCSANOW, &modes)
    }

    func restore() {
        var modes = original
        tcsetattr(descriptor, TCSANOW, &modes)
    }

    /// What was typed and not read; after the last screen it would be typed into the shell.
    func discardInput() { tcflush(descriptor, TCIFLUSH) }

    /// The size the terminal reports, nil where it reports none.
    var size: Size? {
        var window = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return nil
        }
        // Beyond this no screen exists, and a lying terminal would cost memory.
        return Size(columns: min(Int(window.ws_col), 1000), rows: min(Int(window.ws_row), 500))
    }

    enum ReadResult { case bytes(Int), nothing, ended }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .nothing
            default: return .ended
            }
        }
    }

    enum WriteResult { case taken(Int), stalled, gone }

    func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
        while true {
            let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            if count > 0 { return .taken(count) }
            if count == 0 { return .stalled }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .stalled
            default: return .gone
            }
        }
    }

    /// Waits until the terminal takes bytes; false when the deadline came first.
    func waitUntilWritable(before deadline: ContinuousClock.Instant) -> Bool {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return false }
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        return poll(&request, 1, Int32(clamping: milliseconds + 1)) > 0
    }
}
