import CCurl
import HTTPTransport
import Synchronization

/// What other threads ask of libcurl's thread, and the way to wake it.
final class CurlMailbox: Sendable {
    enum Command: Sendable {
        case send(id: UInt64, HTTPRequest, HTTPClient.Completion)
        case cancel(id: UInt64)
        case dropConnections
        case stop
    }

    private enum Phase {
        case notStarted
        case running(NativeThread)
        case stopped
    }

    private struct State {
        var phase = Phase.notStarted
        var commands: [Command] = []
        var lastID: UInt64 = 0
        /// The multi handle that `curl_multi_wakeup` is called on, as a number because a pointer cannot be sent across
        /// threads. Under the lock, so that it is never woken while it is being replaced.
        var multi: UInt = 0

        /// A thread that has not yet fetched the commands before this one is awake already.
        mutating func put(_ command: Command) {
            commands.append(command)
            if commands.count == 1 { wake() }
        }

        func wake() {
            if let multi = UnsafeMutableRawPointer(bitPattern: multi) { vitrine_curl_multi_wakeup(multi) }
        }
    }

    private let state = Mutex(State())
    private let identity: CurlIdentity
    private let deliveries = Deliveries()

    init(identity: CurlIdentity) {
        self.identity = identity
    }

    /// Waits until all results that were handed over have been read.
    func finishDeliveries() { deliveries.finish() }

    /// Returns the id to cancel it by.
    func send(_ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) -> UInt64 {
        let (id, refusal): (UInt64, HTTPFailure?) = state.withLock { state in
            state.lastID += 1
            switch state.phase {
            case .stopped: return (state.lastID, .cancelled(sent: false))
            case .running: break
            case .notStarted:
                guard let thread = startThread() else { return (state.lastID, .cannotConnect) }
                state.phase = .running(thread)
            }
            state.put(.send(id: state.lastID, request, completion))
            return (state.lastID, nil)
        }
        if let refusal { completion(.failure(refusal)) }
        return id
    }

    /// For all but `send`: there is nothing to do for it when the thread does not run.
    func post(_ command: Command) {
        state.withLock { state in
            if case .running = state.phase { state.put(command) }
        }
    }

    func stop() {
        let thread: NativeThread? = state.withLock { state in
            defer { state.phase = .stopped }
            guard case .running(let thread) = state.phase else { return nil }
            state.put(.stop)
            return thread
        }
        thread?.join()
    }

    // MARK: The thread's side

    func takeCommands() -> [Command] {
        state.withLock { state in
            let commands = state.commands
            state.commands = []
            return commands
        }
    }

    func setWakeUp(_ multi: UnsafeMutableRawPointer?) {
        let multi = UInt(bitPattern: multi)
        state.withLock { state in
            state.multi = multi
            // A command that came while the handle was being replaced has woken the old one.
            if !state.commands.isEmpty { state.wake() }
        }
    }

    /// The thread holds this mailbox but never the client, whose end is what stops the thread.
    private func startThread() -> NativeThread? {
        NativeThread { [self] in
            CurlLoop(mailbox: self, identity: identity, deliveries: deliveries).run()
        }
    }
}
