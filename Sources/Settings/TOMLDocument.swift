/// A value with the line that its key, or in a list itself, stands on.
struct TOMLNode {
    enum Value {
        case string(String)
        case integer(Int)
        case float(Double)
        case bool(Bool)
        /// As it is written; nothing that we read is one.
        case date(String)
        /// `isOpen`: made by `[[…]]`, which may add to it.
        case array([TOMLNode], isOpen: Bool)
        case table(TOMLTable)
    }

    let value: Value
    /// From 1.
    let line: Int
}

/// A table of a TOML text, its entries in the order of the text.
final class TOMLTable {
    /// How it came to be, which decides who may still add to it.
    enum Origin {
        /// By its own `[header]`.
        case header
        /// By the header of a table inside it.
        case implied
        /// By a dotted key.
        case dotted
        /// `{ … }`, which is closed.
        case inline
    }

    var origin: Origin
    private(set) var entries: [(key: String, node: TOMLNode)] = []
    private var places: [String: Int] = [:]

    init(_ origin: Origin) {
        self.origin = origin
    }

    subscript(_ key: String) -> TOMLNode? {
        places[key].map { entries[$0].node }
    }

    /// Puts it in the place of what is under that key.
    func set(_ key: String, _ node: TOMLNode) {
        if let place = places[key] {
            entries[place].node = node
        } else {
            places[key] = entries.count
            entries.append((key, node))
        }
    }
}

/// The first place where a text is not TOML.
struct TOMLSyntaxError: Error, Equatable {
    let line: Int
    let message: String
}
