import Domain
import Text

/// The words and people that the reader does not want to see in a chat.
package struct MuteList: Hashable, Sendable {
    /// As they were written, in that order: a word or words, or a person as `@name`.
    package private(set) var entries: [SafeText] = []
    /// Those of the config file: reading it again changes these, and leaves alone what was muted by hand.
    private var configured: [SafeText] = []

    package init() {}

    package mutating func configure(_ wanted: [SafeText]) {
        let wanted = wanted.filter { !$0.isEmpty }
        entries.removeAll { entry in configured.contains(entry) && !wanted.contains(entry) }
        configured = wanted
        for entry in wanted { add(entry) }
    }

    /// - Returns: whether it was not muted before.
    @discardableResult
    package mutating func add(_ entry: SafeText) -> Bool {
        guard !entry.isEmpty, !entries.contains(where: { Self.areSame($0, entry) }) else { return false }
        entries.append(entry)
        return true
    }

    /// - Returns: whether it was muted.
    package mutating func remove(_ entry: SafeText) -> Bool {
        let count = entries.count
        entries.removeAll { Self.areSame($0, entry) }
        return entries.count < count
    }

    /// Whether a message is from somebody or about something that is muted.
    package func mutes(_ message: ChatMessage) -> Bool {
        entries.contains { entry in
            if entry.string.hasPrefix("@") { return Self.areSame(entry, "@" + message.author) }
            return !Needle(entry).ranges(in: message.text, asWord: true, atMost: 1).isEmpty
        }
    }

    fileprivate static func areSame(_ one: SafeText, _ other: SafeText) -> Bool {
        one.string.lowercased() == other.string.lowercased()
    }
}

extension ChatLog {
    /// Whether an entry names a person, and of the messages that are kept none is theirs.
    func hasNobody(called entry: SafeText) -> Bool {
        entry.string.hasPrefix("@") && !entries.contains { MuteList.areSame(entry, "@" + $0.message.author) }
    }
}
