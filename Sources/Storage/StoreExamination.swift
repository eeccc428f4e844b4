import GRDB
import Glibc

/// What can be said of a database's file without changing it.
package struct StoreExamination: Sendable, Equatable {
    package let bytes: Int
    /// The permission bits.
    package let mode: UInt32
    /// Steps of the schema that have been taken, and how many there are.
    package let appliedSteps: Int
    package let knownSteps: Int
    /// How a commit is written: `FULL` survives a power failure.
    package let synchronous: String
    /// What SQLite's integrity check says first; nil when all is in order.
    package let damage: String?
}

extension Store {
    /// The SQLite that the program runs on.
    package static var sqliteVersion: String? {
        try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
    }

    /// Looks at the file, also while another program has it open.
    /// - Returns: nil where there is none.
    package static func examine(path: String) throws(StorageError) -> StoreExamination? {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            guard errno != ENOENT else { return nil }
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: path, configuration: configuration).inDatabase { db in
                let known = Schema.steps.map(\.name)
                let applied = try Schema.migrator().appliedIdentifiers(db)
                guard applied.isSubset(of: known) else { throw StorageError.newerVersion(path: path) }
                // As `open` does it: a connection's own setting.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
                let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no verdict"
                return StoreExamination(
                    bytes: Int(facts.st_size), mode: UInt32(facts.st_mode) & 0o7777, appliedSteps: applied.count,
                    knownSteps: known.count, synchronous: synchronous == 2 ? "FULL" : "\(synchronous)",
                    damage: verdict == "ok" ? nil : verdict)
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }
}
