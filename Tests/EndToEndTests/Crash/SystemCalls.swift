import Glibc
import ProgramTesting

/// Runs the programs under strace, which kills them or lets a call fail where a test wishes.
enum SystemCalls {
    static let strace = "/usr/bin/strace"

    /// Calls that touch a file, a socket or the terminal. A kill at one that only waits or maps memory is the same as a
    /// kill at the next of these.
    static let names = [
        "openat", "read", "write", "close", "fcntl", "newfstatat", "pread64", "pwrite64", "fdatasync", "ftruncate",
        "unlink", "socket", "setsockopt", "connect", "getsockopt", "getsockname", "getpeername", "sendto", "recvfrom",
        "getrandom", "lseek",
    ]

    /// What happens at a call.
    struct Injection {
        enum Kind: Hashable, CustomStringConvertible {
            case signal(String)
            case error(String)

            var description: String {
                switch self {
                case .signal(let name), .error(let name): name
                }
            }
        }

        let name: String
        let ordinal: Int
        let kind: Kind
        /// At this and at all that come after it.
        var isLasting = false

        var expression: String {
            let effect =
                switch kind {
                case .signal(let signal): "signal=SIG" + signal
                case .error(let error): "error=" + error
                }
            return "inject=\(name):\(effect):when=\(ordinal)" + (isLasting ? "+" : "")
        }
    }

    /// strace's arguments before the program's own, or before `-p`. Without `--seccomp-bpf`, under which it sends no
    /// signals.
    static func arguments(log: String, _ injections: [Injection]) -> [String] {
        ["-f", "-yy", "-s", "40", "-o", log, "-e", "trace=" + names.joined(separator: ",")]
            + injections.flatMap { ["-e", $0.expression] }
    }

    /// nil when programs can be traced here; otherwise why not.
    static let hindrance: String? = {
        guard access(strace, X_OK) == 0 else { return "strace is not installed" }
        do {
            let folder = try TemporaryFolder()
            let nothing = Glibc.open("/dev/null", O_RDWR | O_CLOEXEC)
            defer { close(nothing) }
            let child = try Child(
                strace, arguments(log: folder.path + "/trace", []) + ["/bin/true"], environment: [:],
                files: [nothing, nothing, nothing])
            return try child.wait() == .exit(0) ? nil : "no process may trace another here"
        } catch {
            return "\(error)"
        }
    }()
}
