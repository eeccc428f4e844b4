import GRDB
import Synchronization

/// Everything that the viewer keeps: one SQLite file, which several processes may have open at once.
///
/// A single connection, because the viewer's few writes never keep its few reads waiting for long, and a pool's readers
/// each cost memory.
package final class Store: Sendable {
    /// Taken away by closing: GRDB crashes when a closed queue is used.
    private let openQueue: Mutex<DatabaseQueue?>
    private let turns: IntentTurns
    private let path: String
    /// Why nothing is kept; nil where everything is.
    package let problem: StorageError?

    init(_ queue: DatabaseQueue, turns: IntentTurns, path: String, problem: StorageError? = nil) {
        openQueue = Mutex(queue)
        self.turns = turns
        self.path = path
        self.problem = problem
    }

    /// Opens or makes the file (mode 0600) and its folder (0700), and brings it up to date. Blocks: a few milliseconds,
    /// or as long as another process needs to do the same.
    package static func open(path: String) throws(StorageError) -> Store {
        do {
            let file = StoreFile(path: path)
            return try file.whileOpening {
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                try prepare(queue, path: path)
                return Store(queue, turns: try IntentTurns(path: path + "-turns"), path: path)
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// A database that lives as long as this object.
    package static func inMemory() throws(StorageError) -> Store {
        do {
            let queue = try DatabaseQueue(configuration: configuration)
            try Schema.bringUpToDate(queue, path: inMemoryName)
            return Store(queue, turns: try IntentTurns(path: nil), path: inMemoryName)
        } catch {
            throw StorageError(error, path: inMemoryName)
        }
    }

    /// Carries it out and waits, for what was put in the queue before as well. Not to be called from a completion.
    package func run<Value>(_ operation: StoreOperation<Value>) throws(StorageError) -> Value {
        if let problem, operation.kind == .change { throw problem }
        do {
            let queue = try queue()
            let body = { [turns] db in try operation.body(db, turns) }
            return try operation.isRead ? queue.read(body) : Self.write(body, to: queue)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static func write<Value>(_ body: (Database) throws -> Value, to queue: DatabaseQueue) throws -> Value {
        do {
            return try queue.write(body)
        } catch {
            queue.inDatabase { writeOver(error, in: $0) }
            throw error
        }
    }

    /// Carries it out after all that was put in the queue before, and returns at once.
    /// - Parameter completion: called once on the queue's own thread, after the commit; it must not block.
    package func enqueue<Value>(
        _ operation: StoreOperation<Value>,
        completion: @escaping @Sendable (Result<Value, StorageError>) -> Void
    ) {
        let path = path
        let complete: @Sendable (Result<Value, any Error>) -> Void = { result in
            completion(result.mapError { StorageError($0, path: path) })
        }
        if let problem, operation.kind == .change { return completion(.failure(problem)) }
        guard let queue = try? queue() else { return completion(.failure(.closed)) }
        if operation.isRead {
            queue.asyncRead { [turns] access in complete(Result { try operation.body(access.get(), turns) }) }
        } else {
            queue.asyncWrite({ [turns] db in try operation.body(db, turns) }) { db, result in
                if case .failure(let error) = result { Self.writeOver(error, in: db) }
                complete(result)
            }
        }
    }

    /// A commit that failed may lie in the journal whole all the same: whoever opens the file after a crash would find
    /// it, and buy what was said not to be bought. Something harmless takes its place before anybody is told.
    private static func writeOver(_ error: any Error, in db: Database) {
        guard let error = error as? DatabaseError, [.SQLITE_IOERR, .SQLITE_FULL].contains(error.resultCode) else {
            return
        }
        // That this is not on the disk for good, or fails when it is to be, does not matter.
        try? db.execute(sql: "REPLACE INTO fetches (account, what, at) VALUES ('', 'written over', 0)")
    }

    /// Waits until everything put in the queue is done.
    package func drain() {
        try? queue().unsafeReentrantWrite { _ in }
    }

    /// The last thing before the program ends: waits for the queue and closes the file, which tidies its journal away.
    /// Whatever is asked of it afterwards fails with `.closed`.
    package func close() {
        let queue = openQueue.withLock { $0.take() }
        queue?.unsafeReentrantWrite { _ in }
    }

    private func queue() throws(StorageError) -> DatabaseQueue {
        guard let queue = openQueue.withLock({ $0 }) else { throw .closed }
        return queue
    }

    static let inMemoryName = ":memory:"

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "vitrine.store"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Half a megabyte holds the whole of a usual file; SQLite's own default is two.
            try db.execute(sql: "PRAGMA cache_size = -512; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    private static func prepare(_ queue: DatabaseQueue, path: String) throws {
        try queue.writeWithoutTransaction { db in
            guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw StorageError.cannotOpen(path: path, reason: "its file system does not allow SQLite's WAL mode")
            }
            // GRDB's own WAL set-up would end with NORMAL, under which a power failure takes back the last commits; so
            // it is not used, and the setting is read back: a purchase relies on it.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw StorageError.notDurable(path: path)
            }
        }
        try Schema.bringUpToDate(queue, path: path)
    }
}
