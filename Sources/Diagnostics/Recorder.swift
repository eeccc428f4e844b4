import Dispatch
import FoundationEssentials
import Glibc
import HTTPTransport
import Synchronization

/// Writes every exchange into a file, with its secrets removed, on a queue of its own: neither the loop nor the network
/// waits for it. A line is in the file as soon as it is made, so that a crash leaves all but the last of them.
package final class Recorder: Sendable {
    /// Bytes that a recording may grow to.
    package static let limit = 32 << 20

    private struct State {
        var descriptor: Int32
        var written = 0
        /// Why nothing more is written.
        var note: String?
    }

    private let limit: Int
    private let start = ContinuousClock.now
    private let queue = DispatchQueue(label: "vitrine.recorder", qos: .utility)
    private let state: Mutex<State>

    /// Makes the file (mode 0600), or empties it where it is a recording.
    /// - Parameters:
    ///   - startedAt: now, in milliseconds since 1970.
    ///   - account: id and name of the one that is signed in.
    package init(
        path: String, program: String, startedAt: Int64, origin: String, account: (id: String, name: String)?,
        limit: Int = limit
    ) throws(RecordingProblem) {
        self.limit = limit
        state = Mutex(State(descriptor: try Self.open(path)))
        let account = account.map { Recording.Opening.Account(id: Redactor.text($0.id), name: Redactor.text($0.name)) }
        write(
            Recording.line(
                Recording.Opening(
                    recording: Recording.version, program: program, startedAt: startedAt,
                    origin: Redactor.address(origin), account: account)))
    }

    /// What is still to be written holds on to this: nothing is.
    deinit { close() }

    /// `inner`, with a note of each exchange.
    package func client(_ inner: HTTPClient) -> HTTPClient {
        HTTPClient { [self] request, completion in
            let at = elapsed
            return inner.send(request) { [self] result in
                let took = elapsed - at
                completion(result)
                // What was given up at the program's end tells nothing of the shop.
                if case .failure(.cancelled) = result { return }
                queue.async { self.note(Recording.Exchange(request, result, at: at, took: took)) }
            }
        }
    }

    /// Waits for what is being written, and closes the file.
    /// - Returns: why it does not hold everything; nil where it does.
    package func finish() -> String? {
        queue.sync {}
        close()
        return state.withLock { $0.note }
    }

    private func close() {
        state.withLock { state in
            if state.descriptor >= 0 { Glibc.close(state.descriptor) }
            state.descriptor = -1
        }
    }

    private var elapsed: Int64 {
        let passed = (ContinuousClock.now - start).components
        return passed.seconds * 1000 + passed.attoseconds / 1_000_000_000_000_000
    }

    private func note(_ exchange: Recording.Exchange) {
        let line = Recording.line(exchange)
        let isFull = state.withLock { $0.note == nil && $0.written + line.count > limit }
        guard isFull else { return write(line) }
        end("the recording ends here: it would have grown beyond \(limit) bytes")
    }

    private func end(_ words: String) {
        write(Recording.line(Recording.Note(note: words)))
        state.withLock { $0.note = words }
    }

    private func write(_ line: Data) {
        state.withLock { state in
            guard state.descriptor >= 0, state.note == nil else { return }
            let bytes = Array(line)
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    state.note = "the recording ends early: \(LogFile.reason(count < 0 ? errno : EIO))"
                    return
                }
                sent += count
            }
            state.written += bytes.count
        }
    }

    private static func open(_ path: String) throws(RecordingProblem) -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            throw RecordingProblem(description: "\(path) cannot be written: \(LogFile.reason(errno))")
        }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
            facts.st_size == 0 || isRecording(descriptor)
        else {
            Glibc.close(descriptor)
            throw RecordingProblem(description: "\(path) is there already and is no recording; name another file")
        }
        guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else {
            let reason = LogFile.reason(errno)
            Glibc.close(descriptor)
            throw RecordingProblem(description: "\(path) cannot be written: \(reason)")
        }
        return descriptor
    }

    private static func isRecording(_ descriptor: Int32) -> Bool {
        var head = [UInt8](repeating: 0, count: 4096)
        let count = pread(descriptor, &head, head.count, 0)
        let line = Data(head.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") })
        return (try? JSONDecoder().decode(Recording.Opening.self, from: line)) != nil
    }
}
