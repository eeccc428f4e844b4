import Domain
import Synchronization

/// Ways of waiting for an answer.
extension ShopClient {
    /// Asks and blocks until the answer is there: for the command line, never for the loop.
    /// - Parameter deadline: when to wait no longer; nil waits as long as the transport does.
    package func wait(
        for query: ShopQuery, until deadline: ContinuousClock.Instant? = nil
    ) -> Result<ShopAnswer, ShopFailure> {
        start(query).wait(until: deadline)
    }

    /// Asks and waits without holding a thread.
    package func answer(to query: ShopQuery) async throws(ShopFailure) -> ShopAnswer {
        let result = await withCheckedContinuation { continuation in
            ask(query) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Asks and waits until a deadline at most.
    /// - Returns: nil where the answer is a failure, or does not come in time.
    package func answer(to query: ShopQuery, until deadline: ContinuousClock.Instant) async -> ShopAnswer? {
        await withCheckedContinuation { continuation in
            let isOver = Mutex(false)
            let finish: @Sendable (ShopAnswer?) -> Void = { answer in
                let isFirst = isOver.withLock { isOver in
                    defer { isOver = true }
                    return !isOver
                }
                if isFirst { continuation.resume(returning: answer) }
            }
            ask(query) { (result: Result<ShopAnswer, ShopFailure>) in finish(try? result.get()) }
            let time = max(.zero, deadline - .now).milliseconds
            notes.async(after: .milliseconds(time)) { finish(nil) }
        }
    }

    /// Asks, for somebody who waits for the answer later.
    package func start(_ query: ShopQuery) -> PendingAnswer {
        let pending = PendingAnswer()
        ask(query) { pending.set($0) }
        return pending
    }
}
