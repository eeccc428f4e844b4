import FoundationEssentials

/// JSON taken apart once into a flat list of nodes, from which values are then read in place.
///
/// Foundation's decoder makes a dictionary of every object, which alone took more than a chat message may cost. This one
/// is also stricter: `1.0` and `1e3` are not integers, and nothing may stand before or after the value.
final class JSONDocument: Sendable {
    enum Kind: UInt8 { case null, falsehood, truth, number, string, escapedString, array, object }

    /// One value or one member's name. An object's nodes are name, value, name, value, …
    struct Node {
        var kind: Kind
        /// Bytes: of a string what is between the quotation marks.
        var start: Int32
        var end: Int32
        /// The node after this one and all that is inside it.
        var next: Int32
    }

    let bytes: [UInt8]
    let nodes: [Node]
    /// Tells whether what is no Unicode in a text spoils a letter of it, and not the text. A name is never repaired.
    let repairsText: Bool

    /// - Throws: `JSONSyntaxError` for anything that RFC 8259 does not allow, and for more than 128 levels.
    init(_ data: Data, repairsText: Bool) throws(JSONSyntaxError) {
        guard data.count < Int(Int32.max) else { throw JSONSyntaxError(offset: 0) }
        let bytes = [UInt8](data)
        var scanner = JSONScanner(end: bytes.count)
        let failure = bytes.withUnsafeBufferPointer { scanner.scanDocument($0) }
        if let failure { throw failure }
        self.bytes = bytes
        nodes = scanner.nodes
        self.repairsText = repairsText
    }

    /// The node of the value that this member of an object has; nil when it has none. The first of two counts.
    func member(_ name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { name in
            bytes.withUnsafeBufferPointer { bytes in
                var index = object + 1
                let end = Int(nodes[object].next)
                while index < end {
                    let key = nodes[index]
                    let value = Int(key.next)
                    if key.kind == .string ? key.spells(name, bytes) : resolved(index, spells: name) {
                        return value
                    }
                    index = Int(nodes[value].next)
                }
                return nil
            }
        }
    }

    private func resolved(_ key: Int, spells name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let text = text(of: key) else { return false }
        return text.utf8.elementsEqual(name)
    }

    /// The text of a string's node; nil for other nodes, and for bytes or escapes that are no Unicode.
    func text(of index: Int) -> String? { text(of: index, repairs: false) }

    /// The same of a value, repaired where this document's texts are.
    func value(of index: Int) -> String? { text(of: index, repairs: repairsText) }

    private func text(of index: Int, repairs: Bool) -> String? {
        let node = nodes[index]
        let range = Int(node.start)..<Int(node.end)
        return bytes.withUnsafeBufferPointer { bytes in
            switch node.kind {
            case .string: Self.text(UnsafeBufferPointer(rebasing: bytes[range]), repairs)
            case .escapedString:
                JSONEscapes.resolved(bytes[range], repairs: repairs).flatMap { resolved in
                    resolved.withUnsafeBufferPointer { Self.text($0, repairs) }
                }
            default: nil
            }
        }
    }

    /// Decodes first and compares then: `String(validating:)` looks up its types at run time, for each text.
    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ repairs: Bool) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        return repairs || text.utf8.elementsEqual(bytes) ? text : nil
    }

    /// The whole number that a node is, written without fraction or exponent; nil for others and those that do not fit.
    func integer<Integer: FixedWidthInteger>(of index: Int) -> Integer? {
        let node = nodes[index]
        guard node.kind == .number else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var digits = bytes[Int(node.start)..<Int(node.end)]
            let isNegative = digits.first == UInt8(ascii: "-")
            if isNegative { digits = digits.dropFirst() }
            var value: Integer = 0
            for byte in digits {
                guard 48...57 ~= byte, let digit = Integer(exactly: byte - 48) else { return nil }
                let (shifted, tooLong) = value.multipliedReportingOverflow(by: 10)
                let (sum, tooLarge) =
                    isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
                if tooLong || tooLarge { return nil }
                value = sum
            }
            return value
        }
    }

    /// Any number, as near as floating point comes to it.
    func double(of index: Int) -> Double? {
        let node = nodes[index]
        guard node.kind == .number else { return nil }
        return Double(String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self))
    }
}

extension JSONDocument.Node {
    fileprivate func spells(_ name: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Int(end - start) == name.count else { return false }
        var place = Int(start)
        for byte in name {
            guard bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }
}

/// Where a text stops being JSON.
package struct JSONSyntaxError: Error, Hashable {
    /// Bytes from the beginning.
    package let offset: Int
}
