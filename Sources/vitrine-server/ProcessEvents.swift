import Glibc

/// What reaches the process from outside, as a stream: signals and the end of standard input.
struct ProcessEvents: Sendable {
    enum Event: Sendable {
        case end
        case burst
    }

    let stream: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    /// Keeps SIGTERM, SIGINT and SIGUSR1 for `waitForSignals`. A thread inherits this from the one that starts it, so
    /// it has to be done before there is a second one.
    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Event.self)
        var signals = Self.awaited
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private static var awaited: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGUSR1] { sigaddset(&signals, signal) }
        return signals
    }

    /// For the main thread: libdispatch would have it wait with all signals let through.
    func waitForSignals() -> Never {
        var awaited = Self.awaited
        var received: Int32 = 0
        while true {
            if sigwait(&awaited, &received) == 0 { continuation.yield(received == SIGUSR1 ? .burst : .end) }
        }
    }

    /// Ends the process's work when nobody holds the other end of standard input any more.
    func watchInput() {
        let continuation = continuation
        Self.thread {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || count < 0 && errno != EINTR { break }
            }
            continuation.yield(.end)
        }
    }

    /// A thread of its own for a wait that blocks.
    private static func thread(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Work(work))
        var handle = pthread_t()
        let failure = pthread_create(
            &handle, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        if failure == 0 { pthread_detach(handle) } else { box.release() }
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
