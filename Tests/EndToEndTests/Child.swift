import CSpawn
import FoundationEssentials
import Glibc
import ProgramTesting

/// A program started by a test; it does not outlive it.
final class Child {
    typealias Ending = ProgramTesting.Ending
    typealias Failure = TestFailure

    let process: pid_t
    private(set) var ending: Ending?
    private var usage = rusage()

    /// - Parameters:
    ///   - files: what the program finds as descriptors 0, 1 and 2.
    ///   - terminal: opened by it as descriptors 0, 1 and 2 in a session of its own, so that it controls the session.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], files: [Int32] = [],
        terminal: String? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads of tests block signals, and ignore some, which a child would inherit from them.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        if let terminal {
            flags |= 0x80  // POSIX_SPAWN_SETSID, which Glibc's module does not show
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
        }
        for (place, file) in files.enumerated() { posix_spawn_file_actions_adddup2(&actions, file, Int32(place)) }
        // Whatever other tests have open at this moment is not this program's.
        spawn_closing_from(&actions, STDERR_FILENO + 1)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for string in words + variables { free(string) } }
        var process = pid_t()
        let code = posix_spawn(&process, path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw Failure(description: "\(path): \(String(cString: strerror(code)))") }
        self.process = process
    }

    deinit {
        guard ending == nil else { return }
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// SIGSTOP is waited for: threads that run at that moment go on for a while, and may answer once more.
    func signal(_ number: Int32) {
        guard kill(process, number) == 0, number == SIGSTOP else { return }
        var news = siginfo_t()
        while waitid(P_PID, id_t(process), &news, WSTOPPED | WEXITED | WNOWAIT) != 0, errno == EINTR {}
    }

    /// Waits for the end; meanwhile `each` is called again and again.
    /// - Throws: `Failure` when it has not ended in time.
    @discardableResult
    func wait(within limit: Duration = .seconds(60), each: () -> Void = {}) throws -> Ending {
        let end = ContinuousClock.now + limit
        while ending == nil {
            each()
            var status: Int32 = 0
            if wait4(process, &status, WNOHANG, &usage) == process {
                let number = status & 0x7F
                ending = number == 0 ? .exit(status >> 8 & 0xFF) : .signal(number)
            } else if ContinuousClock.now > end {
                throw Failure(description: "process \(process) has not ended within \(limit)")
            } else {
                usleep(2000)
            }
        }
        return ending ?? .exit(-1)
    }

    /// The processor's time that it has taken so far, in all its threads.
    var processorTime: Duration {
        guard ending == nil else { return usage.ru_utime.duration + usage.ru_stime.duration }
        let folder = "/proc/\(process)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let nanoseconds = threads.compactMap { thread in
            let facts = try? String(
                decoding: Data(contentsOf: URL(filePath: "\(folder)/\(thread)/schedstat")), as: UTF8.self)
            return facts?.split(separator: " ").first.flatMap { Int64($0) }
        }
        return .nanoseconds(nanoseconds.reduce(0, +))
    }

    /// Whether a process is there that still runs.
    static func isRunning(_ process: pid_t) -> Bool {
        guard let text = try? String(decoding: Data(contentsOf: URL(filePath: "/proc/\(process)/stat")), as: UTF8.self),
            let name = text.lastIndex(of: ")")
        else { return false }
        return text[name...].dropFirst(2).first != "Z"
    }

    /// The processes that `parent` has started.
    static func children(of parent: pid_t) -> [pid_t] {
        let path = "/proc/\(parent)/task/\(parent)/children"
        let text = (try? String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)) ?? ""
        return text.split(separator: " ").compactMap { pid_t($0) }
    }
}

extension timeval {
    fileprivate var duration: Duration { .seconds(tv_sec) + .microseconds(tv_usec) }
}

/// Both ends of a pipe.
struct Channel {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Child.Failure(description: "pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Everything until the writers are gone.
    func readAll() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(reading, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
