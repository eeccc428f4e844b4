import AppCore
import Domain
import Glibc

/// Lines that are typed or piped, one at a time, without keeping anybody from doing something else meanwhile.
package final class LineInput {

    enum Reading {
        /// Without its end where the input ended first: then it may be the beginning of another.
        case line(String, isWhole: Bool)
        /// More than is understood here; nothing of it is kept.
        case tooLong
        /// None came in the time given.
        case nothing
        case end
    }

    /// In bytes: nothing that is understood here is as long.
    private static let longest = 4096

    let isTerminal: Bool
    private let descriptor: Int32
    private var waiting: [UInt8] = []
    private(set) var hasEnded = false

    /// - Parameter descriptor: where lines come from.
    package init(_ descriptor: Int32 = Surroundings.input) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
    }

    /// - Parameters:
    ///   - limit: how long to wait at most; nil waits for as long as it takes.
    ///   - other: a descriptor that ends the wait when there is something to read.
    func next(within limit: Duration?, or other: Int32? = nil) -> Reading {
        let end = limit.map { ContinuousClock.now + $0 }
        while true {
            if let line = takeLine() { return line }
            if hasEnded { return .end }
            var requests = [descriptor, other ?? -1].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let count = poll(&requests, 2, Self.milliseconds(until: end))
            if requests[0].revents != 0 { read() } else if count >= 0 { return .nothing }
        }
    }

    /// Reads the next line, however long that takes.
    /// - Returns: nil at the end of the input, and for a line that is longer than is understood here.
    package func line() -> String? {
        while true {
            switch next(within: nil) {
            case .line(let line, _): return line
            case .nothing: continue
            case .tooLong, .end: return nil
            }
        }
    }

    /// Whether a line is there already that has been asked for by nobody.
    func holdsLine(where isMeant: (String) -> Bool = { _ in true }) -> Bool {
        var lines = waiting.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // The last one has no end yet.
        lines.removeLast()
        return lines.contains { isMeant(String(decoding: $0, as: UTF8.self)) }
    }

    /// Waits for whatever comes first: more input, something to read at another descriptor, or the time.
    func listen(or other: Int32, until end: ContinuousClock.Instant?, readsInput: Bool) {
        // What is typed in advance has a bound, beyond which it stays with the system.
        let reads = readsInput && !hasEnded && waiting.count <= 4 * Self.longest
        var requests = [descriptor, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        if !reads { requests[0].fd = -1 }
        let count = poll(&requests, 2, Self.milliseconds(until: end))
        if count > 0, requests[0].revents != 0 { read() }
    }

    /// Up to the whole millisecond, so that a time-out is never a little early.
    private static func milliseconds(until end: ContinuousClock.Instant?) -> Int32 {
        end.map { Int32(clamping: max(.zero, $0 - .now).milliseconds + 1) } ?? -1
    }

    /// Throws away what was typed already: it cannot have been meant for a question that is only now asked. What comes
    /// from a file was there before every question, and stays.
    func discardTyped() {
        guard isTerminal else { return }
        usleep(UInt32(BuyState.deliberation.milliseconds * 1000))
        tcflush(descriptor, TCIFLUSH)
        waiting = []
    }

    private func read() {
        var chunk = [UInt8](repeating: 0, count: Self.longest)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count > 0 { waiting += chunk[..<count] } else if count == 0 || errno != EINTR { hasEnded = true }
    }

    /// The last line of a file may lack its end.
    private func takeLine() -> Reading? {
        let newline = waiting.firstIndex(of: UInt8(ascii: "\n"))
        guard let end = newline ?? (hasEnded && !waiting.isEmpty ? waiting.endIndex : nil) else {
            if waiting.count > Self.longest { waiting.removeSubrange((Self.longest + 1)...) }
            return nil
        }
        defer { waiting.removeSubrange(..<(newline.map { $0 + 1 } ?? end)) }
        guard end <= Self.longest else { return .tooLong }
        return .line(String(decoding: waiting[..<end], as: UTF8.self), isWhole: newline != nil)
    }
}
