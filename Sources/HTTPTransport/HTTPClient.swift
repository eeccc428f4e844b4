import Synchronization

/// The seam between the program and its network: a struct of one closure, so that a recording, a replay or a test stands
/// in for libcurl without a protocol.
package struct HTTPClient: Sendable {
    /// Called exactly once for each request, away from the caller. Results of one host come one after the other: whoever takes
    /// long over one holds up the next of that host, and nobody else's.
    package typealias Completion = @Sendable (Result<HTTPResponse, HTTPFailure>) -> Void

    /// Returns at once, before any I/O.
    package let send: @Sendable (HTTPRequest, @escaping Completion) -> HTTPCancellation

    package init(_ send: @escaping @Sendable (HTTPRequest, @escaping Completion) -> HTTPCancellation) {
        self.send = send
    }

    /// For the command line and tests. Cancelling the task cancels the request.
    package func response(to request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let relay = CancellationRelay()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                relay.attach(send(request) { continuation.resume(returning: $0) })
            }
        } onCancel: {
            relay.cancel()
        }
        return try result.get()
    }
}

/// Gives up one request. Harmless after its end and when called twice; the completion still comes, once.
package struct HTTPCancellation: Sendable {
    private let action: @Sendable () -> Void

    package init(_ action: @escaping @Sendable () -> Void) {
        self.action = action
    }

    package func cancel() {
        action()
    }
}

/// A task can be cancelled before the request that it is to give up exists.
private final class CancellationRelay: Sendable {
    private struct State {
        var isCancelled = false
        var cancellation: HTTPCancellation?
    }
    private let state = Mutex(State())

    func attach(_ cancellation: HTTPCancellation) {
        let isLate = state.withLock { state in
            state.cancellation = cancellation
            return state.isCancelled
        }
        if isLate { cancellation.cancel() }
    }

    func cancel() {
        let cancellation = state.withLock { state in
            state.isCancelled = true
            return state.cancellation
        }
        cancellation?.cancel()
    }
}
