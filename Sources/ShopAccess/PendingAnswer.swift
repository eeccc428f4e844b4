import Dispatch
import Domain
import Synchronization

/// An answer that one thread waits for and another one brings.
package final class PendingAnswer: Sendable {
    private let value = Mutex<Result<ShopAnswer, ShopFailure>?>(nil)
    private let time = Mutex<ContinuousClock.Instant?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    /// When it came; nil until then.
    package var answeredAt: ContinuousClock.Instant? { time.withLock { $0 } }

    func set(_ result: Result<ShopAnswer, ShopFailure>) {
        time.withLock { $0 = .now }
        value.withLock { $0 = result }
        isThere.signal()
    }

    /// - Parameter deadline: when to wait no longer.
    package func wait(until deadline: ContinuousClock.Instant?) -> Result<ShopAnswer, ShopFailure> {
        while true {
            let time = deadline.map { DispatchTime.now() + .milliseconds(Int(max(.zero, $0 - .now).milliseconds) + 1) }
            _ = isThere.wait(timeout: time ?? .distantFuture)
            if let result = value.withLock({ $0 }) { return result }
            // Glibc waits by the system's clock, which may be set: too short a wait is gone on with.
            if let deadline, .now >= deadline {
                return .failure(.unreachable("no answer in time", mayHaveArrived: true))
            }
        }
    }
}
