/// One key as it was pressed.
package struct KeyPress: Hashable, Sendable {
    package enum Key: Hashable, Sendable {
        /// What the key types; capitals are their own characters and carry no shift.
        case character(Unicode.Scalar)
        case enter, escape, tab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        /// F1…F12.
        case function(Int)
    }

    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let control = Modifiers(rawValue: 1)
        package static let alt = Modifiers(rawValue: 2)
        package static let shift = Modifiers(rawValue: 4)
    }

    package var key: Key
    package var modifiers: Modifiers

    package init(_ key: Key, _ modifiers: Modifiers = []) {
        self.key = key
        self.modifiers = modifiers
    }

    package static let enter = KeyPress(.enter)
    package static let escape = KeyPress(.escape)
    package static let tab = KeyPress(.tab)
    package static let backTab = KeyPress(.tab, .shift)

    package static func character(_ scalar: Unicode.Scalar) -> KeyPress { KeyPress(.character(scalar)) }
    package static func control(_ scalar: Unicode.Scalar) -> KeyPress { KeyPress(.character(scalar), .control) }
    package static func alt(_ scalar: Unicode.Scalar) -> KeyPress { KeyPress(.character(scalar), .alt) }

    /// The scalar to insert where text is written; nil for keys that only command.
    package var typed: Unicode.Scalar? {
        guard modifiers.isEmpty, case .character(let scalar) = key else { return nil }
        return scalar
    }
}
