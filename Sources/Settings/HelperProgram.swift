import Glibc

/// Another program that is run for what it prints: no shell, nothing inherited but the environment and the terminal,
/// bounds on what it says and on how long it takes.
struct HelperProgram {
    /// More than any token.
    private static let mostBytes = 16384

    var arguments: [String]
    /// What it reads; never in its arguments, which everybody can see.
    var input: String = ""
    /// Somebody may have to type a passphrase meanwhile.
    var limit = Duration.seconds(60)

    struct Outcome: Equatable {
        var status: Int32
        var output: String
        /// The first line of its complaints, short, without a character that a terminal would act on.
        var complaint: String
    }

    enum Failure: Error, Equatable {
        case cannotRun(code: Int32)
        case tooMuch
        case tooSlow
        case killed(signal: Int32)
        /// It has ended, and nobody can say how.
        case unknownEnd
        case notUTF8
    }

    /// Blocks until it has ended. The process ignores SIGPIPE, so that one which does not read its input ends nothing.
    func run() throws(Failure) -> Outcome {
        guard let pipes = Pipes() else { throw .cannotRun(code: errno) }
        defer { pipes.close() }
        let process = try spawn(pipes)
        pipes.closeTheirs()
        var isOver = false
        defer { if !isOver { Self.end(process) } }
        let (output, errors) = try exchange(pipes)
        let status = try wait(for: process, &isOver)
        if status & 0x7F != 0 { throw .killed(signal: status & 0x7F) }
        guard let text = String(validating: output, as: UTF8.self) else { throw .notUTF8 }
        let complaint = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(
            String.init)
        return Outcome(
            status: status >> 8 & 0xFF, output: text,
            complaint: complaint.map { String(quoted($0, atMost: 120).dropFirst().dropLast()) } ?? "")
    }

    private func spawn(_ pipes: Pipes) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (place, end) in pipes.theirs.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, end, Int32(place))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This program ignores signals that others are not used to have ignored.
        var ignored = sigset_t()
        sigemptyset(&ignored)
        for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&ignored, signal) }
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        // The thread may be one that takes no signals.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, environ)
        guard code == 0 else { throw .cannotRun(code: code) }
        return process
    }

    /// Writes the input and reads both outputs as they come, until the program has closed them.
    private func exchange(_ pipes: Pipes) throws(Failure) -> (output: [UInt8], errors: [UInt8]) {
        let end = ContinuousClock.now + limit
        var left = Array(input.utf8)[...]
        var read: [[UInt8]] = [[], []]
        var isOpen = [true, true]
        if left.isEmpty { pipes.closeInput() }
        while isOpen.contains(true) {
            let wait = (end - .now) / .milliseconds(1)
            guard wait > 0 else { throw .tooSlow }
            var polled = [
                pollfd(fd: isOpen[0] ? pipes.output : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen[1] ? pipes.errors : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: left.isEmpty ? -1 : pipes.input, events: Int16(POLLOUT), revents: 0),
            ]
            guard poll(&polled, 3, Int32(min(wait, 60_000)) + 1) > 0 else { continue }
            if polled[2].revents != 0 {
                let count = left.withUnsafeBytes { write(pipes.input, $0.baseAddress, $0.count) }
                // It does not want to read all of it.
                left = count > 0 ? left.dropFirst(count) : []
                if left.isEmpty { pipes.closeInput() }
            }
            for (index, descriptor) in [pipes.output, pipes.errors].enumerated() where polled[index].revents != 0 {
                var chunk = [UInt8](repeating: 0, count: 4096)
                let count = Glibc.read(descriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { isOpen[index] = false } else { read[index] += chunk[..<count] }
                // Of complaints the beginning is enough.
                if index == 1 { read[1] = Array(read[1].prefix(Self.mostBytes)) }
                guard read[0].count <= Self.mostBytes else { throw .tooMuch }
            }
        }
        return (read[0], read[1])
    }

    /// It has closed its outputs, so that it is about to end.
    private func wait(for process: pid_t, _ isOver: inout Bool) throws(Failure) -> Int32 {
        let end = ContinuousClock.now + limit
        var status: Int32 = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process {
                isOver = true
                return status
            }
            if ended < 0, errno != EINTR {
                // Somebody else has waited for it. Its number may be another program's by now.
                isOver = errno == ECHILD
                throw .unknownEnd
            }
            guard ContinuousClock.now < end else { throw .tooSlow }
            usleep(1000)
        }
    }

    private static func end(_ process: pid_t) {
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}

extension HelperProgram.Failure: CustomStringConvertible {
    /// One clause for a person, without a word of what the program printed.
    var description: String {
        switch self {
        case .cannotRun(let code): "it cannot be run: \(String(cString: strerror(code)))"
        case .tooMuch: "it prints too much"
        case .tooSlow: "it takes too long"
        case .unknownEnd: "it ended, and it is not known how"
        case .killed(let signal): "it was ended by signal \(signal)"
        case .notUTF8: "it prints something that is no text"
        }
    }
}

/// Three pipes to a program; what is ours is closed where another program is run.
private final class Pipes {
    /// Its descriptors 0, 1 and 2.
    let theirs: [Int32]
    private(set) var input: Int32
    let output: Int32
    let errors: Int32
    private var areTheirsOpen = true

    init?() {
        var all: [Int32] = []
        for _ in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                let code = errno
                for end in all { Glibc.close(end) }
                errno = code
                return nil
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            all += ends
        }
        theirs = [all[0], all[3], all[5]]
        (input, output, errors) = (all[1], all[2], all[4])
    }

    func closeTheirs() {
        guard areTheirsOpen else { return }
        areTheirsOpen = false
        for end in theirs { Glibc.close(end) }
    }

    func closeInput() {
        if input >= 0 { Glibc.close(input) }
        input = -1
    }

    func close() {
        closeTheirs()
        closeInput()
        Glibc.close(output)
        Glibc.close(errors)
    }
}
