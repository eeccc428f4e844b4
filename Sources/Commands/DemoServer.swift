import Engine
import FoundationEssentials
import Glibc
import Settings
import Lines

/// `vitrine-server` as a child of this process. The child ends when its standard input does, so it ends with its
/// parent, however that dies.
package final class DemoServer {
    /// What the demo's orders and follows are kept under; its address is another one every time.
    package static let scope = "demo"

    package let address: String
    private let process: pid_t
    /// Kept open as long as the server is to live.
    private let lifeline: Int32

    private init(address: String, process: pid_t, lifeline: Int32) {
        self.address = address
        self.process = process
        self.lifeline = lifeline
    }

    /// - Parameters:
    ///   - fresh: forgets the demo's data first, unless a demo is running on them.
    ///   - seed: nil for the world that is there, whatever it was made from.
    package static func start(fresh: Bool, seed: UInt64?) throws -> DemoServer {
        let folder = try folder()
        let input = try Pipe()
        let output = try Pipe()
        let log = folder + "/demo-server.log"
        let arguments =
            [
                "vitrine-server", "--world", "demo", "--listen", "127.0.0.1:0", "--db", folder + "/demo-server.sqlite",
                "--until-stdin-closes",
            ] + (fresh ? ["--fresh"] : []) + (seed.map { ["--seed", String($0)] } ?? [])
        let logEnd = trim(log)
        let process = try spawn(executable(), arguments, input: input.reading, output: output.writing, log: log)
        close(input.reading)
        close(output.writing)
        defer { close(output.reading) }
        guard let address = readAddress(from: output.reading) else {
            close(input.writing)
            var status: Int32 = 0
            waitpid(process, &status, 0)
            let reason = complaint(in: log, after: logEnd) ?? "\(log) says why (--fresh begins anew)"
            throw CommandFailure(.network, "the demo did not start: \(reason)")
        }
        // Only now is it sure that no other demo is using them.
        if fresh { for suffix in ["", "-wal", "-shm"] { unlink(folder + "/demo-viewer.sqlite" + suffix) } }
        return DemoServer(address: address, process: process, lifeline: input.writing)
    }

    /// Where the demo's world and the viewer's own notes on it are kept.
    package static func folder() throws -> String {
        do {
            let state = try XDGPaths(environment: Surroundings.environment).state
            try XDGPaths.create(state)
            return state
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    package func stop() {
        close(lifeline)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// The server beside this program.
    private static func executable() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : "vitrine"
        let path =
            own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/vitrine-server"
        guard access(path, X_OK) == 0 else {
            throw CommandFailure(.usage, "vitrine-server is missing: it belongs beside vitrine, at \(path)")
        }
        return path
    }

    private static func spawn(
        _ path: String, _ arguments: [String], input: Int32, output: Int32, log: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(
            &actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
        // Its paths lead through these where a folder's name is no text.
        for folder in UnreadableFolder.descriptors { posix_spawn_file_actions_adddup2(&actions, folder, folder) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own: Ctrl-C in the terminal is the viewer's to handle.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        var process = pid_t()
        var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        let code = posix_spawn(&process, path, &actions, &attributes, &strings, environ)
        guard code == 0 else {
            throw CommandFailure(.network, "the demo's server could not be started: \(String(cString: strerror(code)))")
        }
        return process
    }

    /// Empties a log that has grown large; it is never emptied otherwise, for a running demo may be writing into it.
    /// - Returns: where the next line in it will begin.
    private static func trim(_ log: String) -> Int {
        var facts = stat()
        guard stat(log, &facts) == 0 else { return 0 }
        guard facts.st_size > 1 << 20 else { return Int(facts.st_size) }
        truncate(log, 0)
        return 0
    }

    /// What the server said last before it ended, in one line; nil where it said nothing.
    private static func complaint(in log: String, after end: Int) -> String? {
        guard let data = try? Data(contentsOf: URL(filePath: log)) else { return nil }
        let prefix = "vitrine-server: "
        return String(decoding: data.dropFirst(end), as: UTF8.self).split(separator: "\n")
            .last { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// The address from the line that the server prints when it is ready; nil when it ends before that.
    private static func readAddress(from descriptor: Int32) -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 1024 {
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { break }
            line.append(byte)
        }
        let text = String(decoding: line, as: UTF8.self)
        return text.firstRange(of: "http://").map { String(text[$0.lowerBound...]) }
    }
}
