import FoundationEssentials
import Glibc
import ProgramTesting
import Testing

/// A token that is looked for wherever it must not be.
struct Canary {
    let token: String

    func isIn(_ bytes: some Sequence<UInt8>) -> Bool { Data(bytes).firstRange(of: Data(token.utf8)) != nil }

    /// The files below a folder that hold it, by their paths in it.
    func files(below folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return false }
            return isIn(data)
        }.sorted()
    }

    /// Processes whose arguments hold it, whoever started them.
    var processesTold: [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { Int($0) != nil && isIn(Self.read("/proc/\($0)/cmdline")) }
    }

    /// Whether the system shows it in the environment of a process.
    func isInEnvironment(of process: pid_t) -> Bool { isIn(Self.read("/proc/\(process)/environ")) }

    /// Files of the system's have no size, so they are read to their end.
    static func read(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}

extension Canary {
    /// Holds what came of a command against the promise.
    func isNot(in outcome: Outcome, _ location: SourceLocation = #_sourceLocation) {
        #expect(!isIn(outcome.output.utf8), sourceLocation: location)
        #expect(!isIn(outcome.errors.utf8), sourceLocation: location)
    }
}
