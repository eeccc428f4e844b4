import Glibc

/// A plain thread for a C call that blocks; neither Foundation's `Thread` nor a task's executor is to be held up by one.
struct NativeThread: Sendable {
    private let handle: pthread_t

    /// `nil` when the system refuses to start one.
    init?(_ body: @escaping @Sendable () -> Void) {
        // Signals belong to the main thread. SIGPIPE is blocked too, which is what lets libcurl's NOSIGNAL be safe with
        // OpenSSL. Faults stay deliverable: blocked, they would kill without the handler that restores the terminal.
        var blocked = sigset_t()
        var before = sigset_t()
        sigfillset(&blocked)
        for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS] { sigdelset(&blocked, fault) }
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        var handle = pthread_t()
        let start = Unmanaged.passRetained(Start(body))
        let code = pthread_create(&handle, nil, { Start.run($0) }, start.toOpaque())
        guard code == 0 else {
            start.release()
            return nil
        }
        self.handle = handle
    }

    var isCurrent: Bool { pthread_equal(pthread_self(), handle) != 0 }

    /// Once, from another thread; from the thread itself it only gives up the claim to be joined.
    func join() {
        if isCurrent { detach() } else { pthread_join(handle, nil) }
    }

    /// In place of `join`: nobody waits for its end, after which nothing of it is left.
    func detach() { pthread_detach(handle) }
}

private final class Start: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let context { Unmanaged<Start>.fromOpaque(context).takeRetainedValue().body() }
        return nil
    }
}
