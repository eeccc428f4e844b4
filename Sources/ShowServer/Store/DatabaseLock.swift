import Glibc
import Synchronization

/// Holds a database for one server: a lock on a file beside it. The kernel lets go of it when the process ends, however
/// that happens, so that none is left behind. In the file stands where the holder listens, for the one that is refused.
final class DatabaseLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: `ServerFailure` with one line for people, where another server holds the database.
    init(database: String) throws(ServerFailure) {
        let path = Self.canonical(database) + ".lock"
        let opened = try PrivateFile.open(path, of: database)
        while flock(opened, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            if reason == EINTR { continue }
            let place = Self.place(in: opened)
            close(opened)
            guard reason == EWOULDBLOCK else {
                throw ServerFailure("cannot lock the database \(database): \(String(cString: strerror(reason)))")
            }
            throw ServerFailure("a server is running on the database \(database) already\(place)")
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Writes down where this server listens.
    func tell(_ origin: String) {
        let bytes = Array((origin + "\n").utf8)
        descriptor.withLock { descriptor in
            // Only a hint for people: without it the refusal is shorter.
            if let descriptor { pwrite(descriptor, bytes, bytes.count, 0) }
        }
    }

    func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }

    private static func place(in descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        // What is behind the first line may be left from a longer one.
        let origin = bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }
        guard !origin.isEmpty, origin.allSatisfy({ 0x21...0x7E ~= $0 }) else { return "" }
        return ", at " + String(decoding: origin, as: UTF8.self)
    }

    /// The path with its links followed, so that two names of one database are one lock.
    private static func canonical(_ path: String) -> String {
        if let whole = resolved(path) { return whole }
        // A database that is still to be made: its folder is there already, or nothing can be made in it.
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        return resolved(folder).map { $0 + "/" + name } ?? path
    }

    /// Nil where it cannot be followed, and where it leads to a name that is no text: another one would be made.
    private static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(validatingCString: text)
    }
}
