import GRDB

/// One transaction as a value: made by the static functions of this type's extensions, carried out by a `Store`, at once
/// or in turn. A shop's things are kept under its origin (`account`), so that several shops live in one file.
package struct StoreOperation<Value: Sendable>: Sendable {
    enum Kind: Sendable {
        case read
        /// Keeps what the shop has said, and can say again.
        case cache
        /// Keeps what the user has done: it is on the disk, or it has not happened.
        case change
    }

    let kind: Kind
    let body: @Sendable (Database, IntentTurns) throws -> Value

    var isRead: Bool { kind == .read }

    static func read(_ body: @escaping @Sendable (Database) throws -> Value) -> Self {
        Self(kind: .read) { db, _ in try body(db) }
    }

    static func cache(_ body: @escaping @Sendable (Database) throws -> Value) -> Self {
        Self(kind: .cache) { db, _ in try body(db) }
    }

    static func write(_ body: @escaping @Sendable (Database) throws -> Value) -> Self {
        Self(kind: .change) { db, _ in try body(db) }
    }

    /// A change that takes a purchase's turn or gives it back.
    static func write(_ body: @escaping @Sendable (Database, IntentTurns) throws -> Value) -> Self {
        Self(kind: .change, body: body)
    }
}

extension StoreOperation<Void> {
    /// Reads nothing: when it is done, so is everything that was put into the queue before it.
    package static var mark: Self { .read { _ in } }
}
