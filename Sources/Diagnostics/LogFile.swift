import Glibc
import Synchronization
import Text

/// A log of bounded size that several programs may write at once: lines go to `path`, and one that has grown beyond
/// `largest` bytes is set aside as `.1`, that as `.2`, and so on; the oldest goes. Every line passes the redactor here.
package final class LogFile: Sendable {
    package static let largest = 1 << 20
    package static let generations = 3

    private let path: String
    private let largest: Int
    private let generations: Int
    /// Writes bytes to a descriptor, as `write` does.
    package typealias Writer = @Sendable (Int32, UnsafeRawBufferPointer) -> Int

    private let writer: Writer
    private let descriptor: Mutex<Int32>
    /// Lines that could not be written since the last one that was, and why.
    private let lost = Mutex<(count: Int, reason: String)>((0, ""))

    /// A file that cannot be opened is no reason for anything to fail: nothing is written then.
    package init(
        path: String, largest: Int = largest, generations: Int = generations,
        writer: @escaping Writer = { write($0, $1.baseAddress, $1.count) }
    ) {
        self.path = path
        self.writer = writer
        self.largest = largest
        self.generations = generations
        descriptor = Mutex(Self.open(path))
    }

    deinit { descriptor.withLock { if $0 >= 0 { close($0) } } }

    /// One line, at once, made safe to be looked at in a terminal.
    package func append(_ line: String) {
        let clean = SafeText(keepingSpaces: Redactor.text(line)).string + "\n"
        descriptor.withLock { descriptor in
            makeRoom(&descriptor)
            guard descriptor >= 0 else { return }
            lost.withLock { lost in
                // The line that was lost may have got as far as its middle.
                let note = lost.count > 0 ? "\nlines lost: \(lost.count), \(lost.reason)\n" : ""
                let bytes = Array((note + clean).utf8)
                // One write a line: with O_APPEND two programs never mix within one.
                let count = bytes.withUnsafeBytes { writer(descriptor, $0) }
                let reason = count < 0 ? Self.reason(errno) : "the disk is full"
                lost = count == bytes.count ? (0, "") : (lost.count + 1, reason)
            }
        }
    }

    /// Why the system does not write.
    static func reason(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "the disk is full"
        case EFBIG: "files may not be that large here (ulimit -f)"
        default: String(cString: strerror(code))
        }
    }

    /// Whoever holds the lock of the file that has the log's name may rename it. A lock that another program has is not
    /// waited for, since that may be stopped: the file then grows by one more line.
    private func makeRoom(_ descriptor: inout Int32) {
        var own = stat()
        guard descriptor >= 0, fstat(descriptor, &own) == 0 else { return }
        guard own.st_size >= largest || !hasName(own) else { return }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
        if hasName(own) { setAside() }
        let next = Self.open(path)
        guard next >= 0 else {
            flock(descriptor, LOCK_UN)
            return
        }
        close(descriptor)
        descriptor = next
    }

    /// Whether no other program has set it aside meanwhile.
    private func hasName(_ own: stat) -> Bool {
        var named = stat()
        return stat(path, &named) == 0 && named.st_ino == own.st_ino && named.st_dev == own.st_dev
    }

    private func setAside() {
        guard generations > 0 else {
            unlink(path)
            return
        }
        for number in stride(from: generations, to: 1, by: -1) { rename("\(path).\(number - 1)", "\(path).\(number)") }
        rename(path, path + ".1")
    }

    private static func open(_ path: String) -> Int32 {
        // Not waiting: a pipe in its place may have nobody who reads.
        let descriptor = Glibc.open(
            path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { return descriptor }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return -1
        }
        return descriptor
    }
}
