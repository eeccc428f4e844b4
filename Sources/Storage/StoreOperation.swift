import GRDB

/// One transaction as a value: made by the static functions of this type's extensions, carried out by a `Store`, at once
/// or in turn. A shop's things are kept under its origin (`account`), so that several shops live in one file.
package struct StoreOperation<Value: Sendable>: Sendable {
    let isRead: Bool
    let body: @Sendable (Database, IntentTurns) throws -> Value

    static func read(_ body: @escaping @Sendable (Database) throws -> Value) -> Self {
        Self(isRead: true) { db, _ in try body(db) }
    }

    static func write(_ body: @escaping @Sendable (Database) throws -> Value) -> Self {
        Self(isRead: false) { db, _ in try body(db) }
    }

    /// A change that takes a purchase's turn or gives it back.
    static func write(_ body: @escaping @Sendable (Database, IntentTurns) throws -> Value) -> Self {
        Self(isRead: false, body: body)
    }
}
