import AppCore
import Glibc
import Synchronization

/// Where other threads leave actions for the loop. Posting never blocks and wakes the loop once, however many it posts.
package final class Mailbox: Sendable {
    private let actions = Mutex<[Action]>([])
    private let pipe: Pipe

    /// Readable while something has been posted and not taken.
    package var descriptor: Int32 { pipe.reading }

    /// - Throws: `SystemFailure` where the process has no descriptors left.
    package init() throws(SystemFailure) {
        pipe = try Pipe()
        for end in [pipe.reading, pipe.writing] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        close(pipe.reading)
        close(pipe.writing)
    }

    package func post(_ action: Action) {
        let wasEmpty = actions.withLock { actions in
            actions.append(action)
            return actions.count == 1
        }
        // One byte for as many as there are until the next take, so the pipe never fills.
        if wasEmpty { _ = withUnsafeBytes(of: UInt8(1)) { write(pipe.writing, $0.baseAddress, 1) } }
    }

    /// Everything posted so far, in order.
    func take() -> [Action] {
        var bytes: (UInt64, UInt64) = (0, 0)
        _ = withUnsafeMutableBytes(of: &bytes) { read(descriptor, $0.baseAddress, $0.count) }
        return actions.withLock { actions in
            defer { actions.removeAll() }
            return actions
        }
    }
}

/// A call into the system that failed, with its reason.
package struct SystemFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ call: String, code: Int32 = errno) { description = "\(call): \(String(cString: strerror(code)))" }
}
