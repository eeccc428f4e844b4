import CNcurses
import CRescue
import FoundationEssentials
import Glibc
import TerminalKit
import Text

/// Looks at a terminal without taking its screen: what its description says, and how far its cursor goes for a text.
package enum TerminalProbe {
    /// What a terminal of a type can do, by its description and by what this program makes of it.
    package struct Description: Sendable, Equatable {
        /// 0 where it has none.
        package let colors: Int
        /// Whether links (OSC 8), clips (OSC 52) and titles are written to it.
        package let hasLinks: Bool
    }

    /// The version of curses, such as `6.4`.
    package static var cursesVersion: String? {
        curses_version().flatMap { String(cString: $0).split(separator: " ").last.map(String.init) }
    }

    /// - Returns: nil where curses cannot place text on such a terminal.
    package static func describe(_ type: String) -> Description? {
        for candidate in [type, CursesScreen.substitute(for: type)].compactMap({ $0 }) where !candidate.isEmpty {
            guard curses_describe(candidate) == 0 else { continue }
            defer { curses_forget_description() }
            guard Terminfo.string("cup") != nil else { return nil }
            return Description(colors: Int(max(0, curses_number("colors"))), hasLinks: ScreenModes().hasLinks)
        }
        return nil
    }

    /// The user's locale for letters, and its character set.
    package static var locale: (name: String, charset: String) {
        let name = setlocale(LC_CTYPE, "").map { String(cString: $0) } ?? "C"
        let charset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? ""
        return (name, charset)
    }

    /// The size that the terminal reports.
    package static var size: Size? { (try? TerminalDevice(path: nil))?.size }

    /// Why measuring was given up.
    package enum Interruption: Error { case signal }

    /// Writes each text at the beginning of the cursor's line, asks where the cursor is (CSI 6n), and blanks the line again.
    /// - Parameter patience: how long each answer is waited for.
    /// - Returns: the cells of each; nil where the terminal does not answer.
    /// - Throws: `Interruption` for Ctrl-C and signals that end a program; the terminal is as it was before.
    package static func measure(
        _ texts: [String], path: String? = nil, patience: Duration = .milliseconds(1000)
    ) throws -> [Int]? {
        let device = try TerminalDevice(path: path)
        let signals = try ProcessSignals()
        let raw = RawMode(device)
        defer { raw.end() }
        var widths: [Int] = []
        for text in texts {
            raw.write("\r" + text + "\u{1B}[6n")
            guard let column = try raw.cursorColumn(signals, within: patience) else { return nil }
            widths.append(column - 1)
            raw.write("\r\u{1B}[K")
        }
        return widths
    }
}

/// The terminal with its keys as they are, for as long as this lives; a crash gives it back, too.
private final class RawMode {
    private let device: TerminalDevice
    private var isOn = true
    private var received: [UInt8] = []
    private var isUnanswered = false

    init(_ device: TerminalDevice) {
        self.device = device
        // First: a signal that comes between the two would leave the terminal as it is here.
        var modes = device.original
        var restore = "\r\u{1B}[K"
        restore.withUTF8 { _ = rescue_install(device.descriptor, &modes, $0.baseAddress, $0.count) }
        device.makeRaw()
    }

    deinit { end() }

    func end() {
        guard isOn else { return }
        isOn = false
        write("\r\u{1B}[K")
        // An answer that is late would be typed into the shell.
        if isUnanswered { usleep(200_000) }
        device.discardInput()
        device.restore()
        rescue_remove()
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        let deadline = ContinuousClock.now + .milliseconds(500)
        var written = 0
        while written < bytes.count {
            switch bytes[written...].withUnsafeBytes({ device.write($0) }) {
            case .taken(let count): written += count
            case .stalled: guard device.waitUntilWritable(before: deadline) else { return }
            case .gone: return
            }
        }
    }

    func cursorColumn(_ signals: ProcessSignals, within patience: Duration) throws -> Int? {
        let deadline = ContinuousClock.now + patience
        while true {
            if let column = CursorReport.take(from: &received) { return column }
            // Ctrl-C is a key now.
            if received.contains(3) { throw TerminalProbe.Interruption.signal }
            let left = (deadline - ContinuousClock.now).components
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            var ready = [
                pollfd(fd: device.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let count = milliseconds > 0 ? poll(&ready, nfds_t(ready.count), Int32(clamping: milliseconds)) : 0
            if signals.take().contains(where: { [.interrupt, .terminate, .hangUp].contains($0) }) {
                throw TerminalProbe.Interruption.signal
            }
            guard count > 0 || milliseconds > 0 && errno == EINTR, read() else {
                isUnanswered = true
                return nil
            }
        }
    }

    /// - Returns: false when the terminal is gone.
    private func read() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
            switch device.read(into: buffer) {
            case .bytes(let count): received += buffer[..<count]
            case .nothing: break
            case .ended: return false
            }
            return true
        }
    }
}

/// A terminal's word on where its cursor is: `ESC [ row ; column R`, among whatever else is typed.
enum CursorReport {
    /// Takes the first report, and what stands before it, out of what has come.
    /// - Returns: the column, from 1; nil where no report has come whole.
    static func take(from bytes: inout [UInt8]) -> Int? {
        for start in bytes.indices where bytes[start...].starts(with: [0x1B, UInt8(ascii: "[")]) {
            let body = bytes[(start + 2)...]
            guard let end = body.firstIndex(where: { !(48...57 ~= $0 || $0 == UInt8(ascii: ";")) }) else { return nil }
            let numbers = body[..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            guard body[end] == UInt8(ascii: "R"), numbers.count == 2, numbers[0].count < 6, numbers[1].count < 6,
                Int(String(decoding: numbers[0], as: UTF8.self)) != nil,
                let column = Int(String(decoding: numbers[1], as: UTF8.self)), column > 0
            else { continue }
            bytes.removeSubrange(...end)
            return column
        }
        return nil
    }
}
