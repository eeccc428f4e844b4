import Domain

/// The newest part of a chat that is told anew with each answer: what is missing from it was unpublished.
package struct RetoldStretch {
    /// What is older may only be no longer listed.
    package let start: Timestamp
    /// The messages in it, with their times.
    package let messages: [MessageID: Timestamp]

    /// - Parameter head: one that tells nothing anew has nothing that is missing.
    package init(_ head: ShowHead) {
        var messages: [MessageID: Timestamp] = [:]
        for case .chat(let message) in head.open.events.lazy.map(\.kind) { messages[message.id] = message.at }
        self.messages = messages
        start = head.retoldSince ?? .distantFuture
    }

    /// Whether it could be read at all.
    package var isThere: Bool { start < .distantFuture }

    package func lacks(_ message: MessageID, at time: Timestamp) -> Bool { time > start && messages[message] == nil }
}
