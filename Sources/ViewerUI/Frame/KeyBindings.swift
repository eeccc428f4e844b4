import AppCore
import Settings
import TerminalKit

/// Every intent's keys in every context: the table's, with what the user bound in their place. A key has one meaning in
/// a context; a binding that would give it a second one does not count, and is told.
package struct KeyBindings: Sendable {
    /// A row of the table in one of its contexts.
    package struct Row: Sendable {
        package let context: KeyContext
        package let intent: UserIntent
        package let keys: [KeyPress]
    }

    /// In the table's order.
    package private(set) var rows: [Row]
    /// What was bound and does not count, in the order of the file.
    package private(set) var problems: [ConfigProblem] = []

    /// - Parameters:
    ///   - wanted: what `[keys]` in the config file says.
    ///   - file: the config file's path, for the complaints.
    package init(_ wanted: [Config.KeyBinding] = [], file: String = "config.toml") {
        var standing: [UserIntent: Config.KeyBinding] = [:]
        for binding in wanted { if let intent = UserIntent(rawValue: binding.action) { standing[intent] = binding } }
        rows = Self.rows(standing)
        // Each turn takes one binding back, which may free a key or claim a default one again.
        while !standing.isEmpty, let clash = Self.firstClash(rows, standing) {
            standing[clash.loser] = nil
            problems.append(ConfigProblem(file: file, line: clash.line, message: clash.message))
            rows = Self.rows(standing)
        }
        problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private static func rows(_ standing: [UserIntent: Config.KeyBinding]) -> [Row] {
        IntentTable.bindings.flatMap { binding in
            KeyContext.allCases.filter(binding.contexts.contains).map { context in
                let standard = binding.keys.compactMap { KeyPress($0) }
                // Where text is written, what types a character goes on typing it.
                let bound = standing[binding.intent]?.keys.filter { context != .prompt || $0.typed == nil }
                let keys = bound.flatMap { $0.isEmpty ? nil : $0 } ?? standard
                return Row(context: context, intent: binding.intent, keys: keys)
            }
        }
    }

    private struct Clash {
        let loser: UserIntent
        let line: Int
        let message: String
    }

    private struct Place: Hashable {
        let context: KeyContext
        let key: KeyPress
    }

    private static func firstClash(_ rows: [Row], _ standing: [UserIntent: Config.KeyBinding]) -> Clash? {
        var owners: [Place: UserIntent] = [:]
        for row in rows {
            for key in row.keys {
                let place = Place(context: row.context, key: key)
                guard let owner = owners[place], owner != row.intent else {
                    owners[place] = row.intent
                    continue
                }
                // Of two bindings the later line gives way; a default does not give way to a binding.
                let bound = [owner, row.intent].filter { standing[$0]?.keys.contains(key) == true }
                guard let loser = bound.max(by: { (standing[$0]?.line ?? 0) < (standing[$1]?.line ?? 0) }),
                    let line = standing[loser]?.line
                else { continue }
                let other = loser == owner ? row.intent : owner
                return Clash(
                    loser: loser, line: line,
                    message: "keys.\(loser.rawValue) is \"\(key)\", which is a key of \(other.rawValue) in the same "
                        + "place (\(row.context.title)); expected a key that is free there")
            }
        }
        return nil
    }
}
