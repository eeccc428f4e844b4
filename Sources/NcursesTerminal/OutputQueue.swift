import CNcurses
import Glibc

/// What curses writes, between curses and the terminal.
///
/// Curses writes with plain blocking writes, and spins where these would block. So it is given a file in memory, which
/// takes a frame at once; from there the bytes go to the terminal as fast as it takes them, and no thread is needed.
/// There is never more than one frame in the file, because nothing is drawn while it is being written.
final class OutputQueue {
    /// What curses takes for its terminal.
    let file: UnsafeMutablePointer<FILE>
    private let device: TerminalDevice
    private let descriptor: Int32
    private var written = 0
    private var end = 0
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 * 1024, alignment: 16)

    /// Memory that a single large frame may leave behind, in bytes.
    private static let keptSize = 256 * 1024

    /// A frame of the largest screen with a style for each letter has less.
    private static let largestFrame: UInt64 = 4 << 20

    init(device: TerminalDevice) throws(TerminalError) {
        self.device = device
        var files = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &files) == 0, files.rlim_cur < Self.largestFrame {
            throw .filesTooSmall(limit: UInt64(files.rlim_cur))
        }
        descriptor = curses_output_file()
        guard descriptor >= 0 else { throw .system(call: "memfd_create", code: errno) }
        guard let file = fdopen(descriptor, "w+") else {
            Glibc.close(descriptor)
            throw .system(call: "fdopen", code: errno)
        }
        self.file = file
    }

    deinit {
        fclose(file)
        buffer.deallocate()
    }

    var isWriting: Bool { written < end }

    /// Bytes of our own, in order with those of curses.
    func append(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Writes what there is as far as the terminal takes it.
    func pump() {
        end = max(end, Int(lseek(descriptor, 0, SEEK_CUR)))
        while written < end {
            let count = pread(descriptor, buffer.baseAddress, min(buffer.count, end - written), off_t(written))
            guard count > 0 else { break }
            switch device.write(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
            case .taken(let taken): written += taken
            case .stalled: return
            case .gone: written = end
            }
        }
        if end > Self.keptSize { ftruncate(descriptor, 0) }
        if end > 0 { lseek(descriptor, 0, SEEK_SET) }
        written = 0
        end = 0
    }

    /// Writes all there is, but waits no longer than `patience` for a terminal that has stopped reading.
    func drain(patience: Duration) {
        let deadline = ContinuousClock.now + patience
        pump()
        while isWriting, device.waitUntilWritable(before: deadline) { pump() }
    }
}
