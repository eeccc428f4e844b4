import Domain

/// The newest part of a chat that is told anew with each answer: what is missing from it was unpublished.
package struct RetoldStretch {
    /// What is older may only be no longer listed.
    package let start: Timestamp
    /// The messages in it, with their times.
    package let messages: [MessageID: Timestamp]

    /// A stretch without any message tells of nothing that is missing.
    package init(_ segment: TimelineSegment) {
        var messages: [MessageID: Timestamp] = [:]
        for case .chat(let message) in segment.events.lazy.map(\.kind) { messages[message.id] = message.at }
        self.messages = messages
        start = messages.values.min() ?? .distantFuture
    }

    package func lacks(_ message: MessageID, at time: Timestamp) -> Bool { time > start && messages[message] == nil }
}
