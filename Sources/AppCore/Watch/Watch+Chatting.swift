import Domain
import Text

extension AppState {
    /// Opens the line to write in, with what was being written before.
    mutating func openChatPrompt() {
        guard let watch, capabilities.contains(.chat), !watch.playhead.isReplay else {
            tell(whyNotToChat, .warning)
            return
        }
        prompt = Prompt(.chat, text: watch.draft, limit: chatCharacters)
        self.watch?.draft = ""
    }

    private var whyNotToChat: SafeText {
        if watch?.playhead.isReplay == true { return "A replay's chat is closed." }
        return capabilities.contains(.chatToRead)
            ? "This chat can be read here, not written to." : "This shop has no chat."
    }

    /// Sends the line that is being written; while the shop wants a pause the line stays as it is.
    mutating func say(_ line: Prompt) -> [Effect] {
        guard let show = watch?.show, !line.text.string.allSatisfy(\.isWhitespace) else { return [] }
        guard chatWait == nil else {
            prompt = line
            return []
        }
        watch?.chat.follow()
        return [.ask(.postMessage(show, text: line.text.string))]
    }

    mutating func takeMessage(_ id: ShowID, text: String, _ result: Result<ShopAnswer, ShopFailure>) -> [Effect] {
        switch result {
        case .success(.message(let message, let pause)):
            if let pause { chatOpensAt = now + pause }
            learnName(from: message)
            if watch?.show == id { watch?.chat.append(message, isPending: true) }
            return []
        case .success: return []
        case .failure(let failure):
            if case .busy(429, let seconds?) = failure {
                chatOpensAt = now + .seconds(Int64(min(max(seconds, 1), 3600)))
            }
            return keepUnsent(text, of: id, failure)
        }
    }

    /// A line that was not sent is never lost: it is in the prompt again, or there when the prompt is next opened.
    private mutating func keepUnsent(_ text: String, of id: ShowID, _ failure: ShopFailure) -> [Effect] {
        let reason = chatWait == nil ? "not sent: " + failure.explanation : "not sent yet"
        guard watch?.show == id, context == .watch else {
            if prompt?.purpose == .chat { prompt?.note = reason }
            if watch?.show == id, watch?.draft.isEmpty == true { watch?.draft = SafeText(text) }
            tell("Your message was not sent: " + failure.explanation, .problem)
            return []
        }
        prompt = Prompt(.chat, text: SafeText(text), limit: chatCharacters)
        prompt?.note = reason
        // Keys pressed before the line came back were meant for the page.
        return [.flushInput]
    }

    /// How long the shop still wants no message; nil where one may be sent.
    package var chatWait: Duration? { chatOpensAt.flatMap { $0 > now ? $0 - now : nil } }

    /// The next time at which the wait is a second less.
    var nextChatSecond: Timestamp? {
        guard prompt?.purpose == .chat, let chatOpensAt, let wait = chatWait else { return nil }
        return chatOpensAt - .seconds((wait.milliseconds - 1) / 1000)
    }

    /// Whether the reader wrote it.
    package func isOwn(_ message: ChatMessage) -> Bool { message.authorID != nil && message.authorID == accountID }

    /// A message of the show that is watched.
    ///
    /// Asks its own channel for the reader's account: looking for the one in focus copies the whole state, which took a
    /// third of the time that a message may cost.
    mutating func receive(_ message: ChatMessage) {
        guard let channel = watch?.show.channel else { return }
        let isOwn = message.authorID.map { author in shops.read(channel) { $0.accountID == author } } ?? false
        if isOwn { shops[channel].accountName = message.author }
        watch?.chat.append(message, isMuted: !isOwn && mutes.mutes(message))
    }

    /// The shop names the account in what it wrote.
    mutating func learnName(from message: ChatMessage) { if isOwn(message) { accountName = message.author } }

    /// Where the reader's own name stands in somebody else's message, in scalars.
    package func mentions(in message: ChatMessage) -> [Range<Int>] {
        guard let accountName, !accountName.isEmpty, !isOwn(message) else { return [] }
        let named = Needle("@" + accountName).ranges(in: message.text, asWord: true)
        return named.isEmpty ? Needle(accountName).ranges(in: message.text, asWord: true) : named
    }

    /// What the reader does not want to see; what they wrote is always shown.
    var isMuted: (ChatMessage) -> Bool {
        { [mutes, accountID] message in
            (message.authorID == nil || message.authorID != accountID) && mutes.mutes(message)
        }
    }

    mutating func applyMutes() {
        let isMuted = isMuted
        watch?.chat.mute(isMuted)
    }
}
