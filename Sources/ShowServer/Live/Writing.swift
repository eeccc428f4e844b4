import Synchronization

/// Something that is to be written, and whoever waits for it to be on the disk.
struct Writing: Sendable {
    /// - Returns: tells whoever waits that it is there.
    let work: @Sendable (inout Turn) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ work: @escaping @Sendable (inout Turn) throws -> Value, _ waiting: CheckedContinuation<Value, any Error>
    ) {
        self.work = { turn in
            let value = try work(&turn)
            return { waiting.resume(returning: value) }
        }
        fail = { waiting.resume(throwing: $0) }
    }
}

/// What waits to be written, in the order in which it came.
final class WritingQueue: Sendable {
    private struct State {
        var waiting: [Writing] = []
        var isServed = false
    }

    /// So that whoever is first in a transaction does not wait for long for those behind.
    private static let mostTogether = 64

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.waiting.count } }

    /// - Returns: whether somebody has to begin to serve it.
    func add(_ writing: Writing) -> Bool {
        state.withLock { state in
            state.waiting.append(writing)
            defer { state.isServed = true }
            return !state.isServed
        }
    }

    /// All that has come by now, up to a bound.
    /// - Returns: nil where there is nothing: it is not served any more.
    func take() -> [Writing]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isServed = false
                return nil
            }
            let taken = Array(state.waiting.prefix(Self.mostTogether))
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }
}
