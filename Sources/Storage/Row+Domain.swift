import Domain
import GRDB
import Text

extension Row {
    /// Columns by their place in the query: looking names up costs more than all the rest of a row.
    func text(_ index: Int) throws -> SafeText { SafeText(try string(index)) }

    func id<Entity>(_ index: Int) throws -> Identifier<Entity> { Identifier(try string(index)) }

    func findID<Entity>(_ index: Int) throws -> Identifier<Entity>? { try findString(index).map { Identifier($0) } }

    func time(_ index: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(index)) }

    func findTime(_ index: Int) throws -> Timestamp? {
        try findInteger(index).map { Timestamp(milliseconds: $0) }
    }

    func flag(_ index: Int) throws -> Bool { try integer(index) != 0 }

    /// Amount, exponent and currency in three columns from `index` on.
    func money(_ index: Int) throws -> Money {
        guard
            let money = Money(
                amount: try integer(index), exponent: Int(try integer(index + 1)), currency: try string(index + 2))
        else { throw UnreadableRow() }
        return money
    }

    func integer(_ index: Int) throws -> Int64 {
        guard let value = try findInteger(index) else { throw UnreadableRow() }
        return value
    }

    func string(_ index: Int) throws -> String {
        guard let value = try findString(index) else { throw UnreadableRow() }
        return value
    }

    func findInteger(_ index: Int) throws -> Int64? { try decode(Int64?.self, atIndex: index) }

    func findString(_ index: Int) throws -> String? { try decode(String?.self, atIndex: index) }
}

extension Database {
    /// A statement that is compiled once and kept.
    func update(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws {
        // SQLite would keep another text, which ends there.
        let isCut = arguments.contains { ($0 as? String)?.utf8.contains(0) == true }
        guard !isCut else { throw StorageError.failed(reason: "a text with a zero byte in it") }
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
    }

    func rows(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws -> RowCursor {
        try Row.fetchCursor(cachedStatement(sql: sql), arguments: StatementArguments(arguments))
    }
}
