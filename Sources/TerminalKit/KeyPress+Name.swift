extension KeyPress: CustomStringConvertible {
    private static let named: [(name: String, key: Key)] = [
        ("enter", .enter), ("esc", .escape), ("tab", .tab), ("backspace", .backspace), ("delete", .delete),
        ("insert", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
        ("end", .end), ("pgup", .pageUp), ("pgdn", .pageDown), ("space", .character(" ")),
        // What people also write; the first name of a key is the one that is shown.
        ("return", .enter), ("escape", .escape), ("del", .delete), ("ins", .insert), ("pageup", .pageUp),
        ("pagedown", .pageDown), ("pgdown", .pageDown), ("minus", .character("-")),
    ]

    private static let prefixes: [(name: String, modifier: Modifiers)] = [
        ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
    ]

    /// The key of a name as config files and scripts write it: `b`, `G`, `ctrl-c`, `alt-x`, `shift-tab`, `f5`, `pgup`.
    package init?(_ name: String) {
        var rest = name[...]
        var modifiers: Modifiers = []
        while let prefix = Self.prefixes.first(where: { rest.lowercased().hasPrefix($0.name) }) {
            let tail = rest.dropFirst(prefix.name.count)
            guard !tail.isEmpty else { break }
            modifiers.insert(prefix.modifier)
            rest = tail
        }
        guard let key = Self.key(named: rest) else { return nil }
        self = KeyPress(key, modifiers).normalized
    }

    /// The name that makes the same key again.
    package var name: String {
        let prefix = Self.prefixes.filter { modifiers.contains($0.modifier) }.map(\.name).joined()
        switch key {
        case .function(let number): return prefix + "f\(number)"
        case .character(let scalar) where scalar != " ": return prefix + String(scalar)
        default: return prefix + (Self.named.first { $0.key == key }?.name ?? "?")
        }
    }

    package var description: String { name }

    private static func key(named name: Substring) -> Key? {
        let scalars = name.unicodeScalars
        if scalars.count == 1, let scalar = scalars.first {
            return scalar.properties.generalCategory == .control ? nil : .character(scalar)
        }
        let lower = name.lowercased()
        if let found = named.first(where: { $0.name == lower }) { return found.key }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...12).contains(number) {
            return .function(number)
        }
        return nil
    }

    /// The same key as it arrives: control does not tell capitals apart, and shift is in the character itself.
    package var normalized: KeyPress {
        guard case .character(let scalar) = key, scalar != " " else { return self }
        var result = self
        if modifiers.contains(.control) {
            result.key = .character(Self.only(scalar.properties.lowercaseMapping) ?? scalar)
        } else if modifiers.contains(.shift) {
            result.key = .character(Self.only(scalar.properties.uppercaseMapping) ?? scalar)
        }
        result.modifiers.remove(.shift)
        return result
    }

    /// The scalar of a mapping to one scalar: `ß` has no capital of its own.
    private static func only(_ mapping: String) -> Unicode.Scalar? {
        mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
    }
}
