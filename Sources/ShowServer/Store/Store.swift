import GRDB
import Glibc

/// Opens the server's database: WAL, so that readers never wait for the writer, and every commit on the disk before it
/// is acknowledged.
enum Store {
    /// - Throws: `ServerFailure` with one line for people.
    static func open(path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "vitrine-server"
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        try PrivateFile.secureDatabase(path)
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try migrate(pool)
            try keepEveryCommit(pool)
            return pool
        } catch let error as DatabaseError {
            throw ServerFailure("cannot use the database \(path): \(error.message ?? error.resultCode.description)")
        }
    }

    /// A database that lives as long as this object.
    static func inMemory() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        return queue
    }

    /// Closes a database, all of it in its one file.
    static func close(_ pool: DatabasePool) throws {
        // GRDB closes the writer before the readers, and a reader that is the last cannot empty the log.
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
    }

    /// Removes a database with all that belongs to it.
    static func remove(path: String) throws(ServerFailure) {
        for file in ["", "-wal", "-shm", ".secret"].map({ path + $0 }) where unlink(file) != 0 && errno != ENOENT {
            throw ServerFailure("cannot remove \(file): \(String(cString: strerror(errno)))")
        }
    }

    private static func migrate(_ pool: DatabasePool) throws {
        let migrator = Schema.migrator
        if try pool.read(migrator.hasBeenSuperseded) {
            throw ServerFailure("the database \(pool.path) was written by a newer version of vitrine-server")
        }
        try migrator.migrate(pool)
    }

    /// GRDB sets `synchronous = NORMAL` in WAL mode, with which an acknowledged order could be lost with the power.
    private static func keepEveryCommit(_ pool: DatabasePool) throws {
        let level = try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            return try Int.fetchOne(db, sql: "PRAGMA synchronous")
        }
        guard level == 2 else {
            throw ServerFailure("the database \(pool.path) does not keep every commit (synchronous is not FULL)")
        }
    }
}

/// What each request does again, by statements that a connection prepares once: GRDB looks at each that is prepared, which
/// takes longer than most of them run.
extension Database {
    func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    func change(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Does all of it or nothing, whatever becomes of the transaction that it is a part of.
    func apart<Value>(_ work: () throws -> Value) throws -> Value {
        try change("SAVEPOINT part", [])
        do {
            let value = try work()
            try change("RELEASE part", [])
            return value
        } catch {
            undoPart()
            throw error
        }
    }

    private func undoPart() {
        // Where the disk fails, SQLite has ended the transaction itself.
        guard isInsideTransaction else { return }
        do {
            try change("ROLLBACK TO part", [])
            try change("RELEASE part", [])
        } catch {
            // Half a part must not be kept with the rest.
            try? rollback()
        }
    }
}

/// Columns with a name, read with the error that GRDB gives for a wrong type instead of its trap.
extension Row {
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[column] as DatabaseValue) else {
            throw DatabaseError(resultCode: .SQLITE_MISMATCH, message: "an unexpected value in \(column)")
        }
        return value
    }
}
