import HTTPTransport
import Synchronization

/// Waits without a thread, for what calls back.
///
/// A line or a queue that dies with its program never calls back, and whoever waits for it is not gone on with. That is no
/// mistake, so the continuations are not the checked ones, which would report it.
extension HTTPClient {
    func reply(to request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let result = await withUnsafeContinuation { continuation in
            let isOver = Atomic(false)
            _ = send(request) { result in
                // A second call would end a conversation that has gone on.
                guard !isOver.exchange(true, ordering: .relaxed) else { return }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }
}

extension WorkQueue {
    /// Carries work out on the queue; what comes after it is done there, too.
    func result<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async -> Result<Value, any Error> {
        await withUnsafeContinuation { continuation in
            async { continuation.resume(returning: Result(catching: work)) }
        }
    }

    /// Lets time pass.
    func pause(_ duration: Duration) async {
        await withUnsafeContinuation { continuation in async(after: duration) { continuation.resume() } }
    }
}
