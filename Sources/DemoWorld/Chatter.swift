import Domain
import Text

/// What is said in one second of a show, from nothing but the seed, the show and the second.
struct Chatter: Sendable {
    let seed: UInt64
    let show: ShowID
    let cast: Cast
    private let key: UInt64
    private let host: HostSeed?

    init(seed: UInt64, show: ShowID, host: HostSeed?, cast: Cast) {
        self.seed = seed
        self.show = show
        self.cast = cast
        self.host = host
        key = UInt64(named: show.rawValue)
    }

    /// A message, or something about one, at a place within its second.
    enum Saying {
        case message(ChatMessage)
        case removal(MessageID)
    }

    /// Questions, their answers, and messages that are removed a beat later come on these seconds; time that is told
    /// sparsely has nothing but them.
    static let beat: Int64 = 6

    /// - Parameters:
    ///   - second: counted from the start of the show.
    ///   - isSparse: far fewer lines, for time that nobody watched.
    func sayings(second: Int64, at start: Timestamp, onAir: Cast.Item?, isSparse: Bool) -> [(Timestamp, Saying)] {
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 4)
        let isSpam = isSpam(second)
        let count =
            isSparse ? (second % 6 == 0 ? dice.pick(1...2) : 0) : Self.density[dice.pick(0..<Self.density.count)]
        var lines: [(author: String, role: ChatMessage.Role, text: String)] = []
        // A wave: the same shout from several people in one second.
        if !isSparse, dice.once(in: 45), let shout = dice.pick(Lines.bursts) {
            for _ in 0..<dice.pick(5...9) { lines.append((viewer(&dice), .viewer, shout)) }
        }
        for _ in 0..<count { lines.append(line(onAir, &dice)) }
        if let line = questionOrAnswer(second, onAir) { lines.append(line) }
        if isSpam { lines.append((viewer(&dice), .viewer, dice.pick(Lines.spam) ?? "")) }

        var sayings: [(Timestamp, Saying)] = []
        for (index, line) in lines.enumerated() {
            let at = start + .milliseconds(index * 1000 / max(1, lines.count))
            let isLast = index == lines.count - 1
            let id = isSpam && isLast ? spamID(second) : MessageID("\(show.rawValue)-\(second)-\(index)")
            sayings.append((at, .message(message(id, line, at))))
        }
        if second >= Self.beat, self.isSpam(second - Self.beat) {
            sayings.append((start + .milliseconds(990), .removal(spamID(second - Self.beat))))
        }
        return sayings
    }

    func message(
        _ id: MessageID, _ line: (author: String, role: ChatMessage.Role, text: String), _ at: Timestamp
    ) -> ChatMessage {
        ChatMessage(
            id: id, author: SafeText(line.author), role: line.role, text: SafeText(line.text), at: at,
            authorID: "w-" + String(UInt64(named: line.author) % 100_000))
    }

    /// Three messages a second on average, as people really write: none for a while, then five.
    private static let density = [0, 1, 2, 2, 3, 3, 3, 4, 5, 6]

    private func line(
        _ onAir: Cast.Item?, _ dice: inout SplitMix64
    ) -> (author: String, role: ChatMessage.Role, text: String) {
        guard let onAir else { return (viewer(&dice), .viewer, dice.pick(Lines.small) ?? "") }
        let text: String? =
            switch dice.pick(0..<100) {
            case 0..<30: dice.pick(Lines.small)
            case 30..<58: dice.pick(Lines.praise)
            case 58..<74: dice.pick(Lines.about(onAir.host.kind))
            case 74..<84: dice.pick(Lines.bought)
            case 84..<93: dice.pick(Lines.bursts)
            case 93..<96: nil
            default: onAir.seed.question
            }
        guard let text else {
            return dice.once(in: 2)
                ? (host?.name ?? "Host", .host, dice.pick(Lines.hostSmall) ?? "")
                : (host?.moderator ?? "Moderator", .moderator, dice.pick(Lines.moderatorSmall) ?? "")
        }
        return (viewer(&dice), .viewer, fill(text, onAir, &dice))
    }

    /// Every so often somebody asks about this very thing, and a beat later the host answers.
    private func questionOrAnswer(
        _ second: Int64, _ onAir: Cast.Item?
    ) -> (author: String, role: ChatMessage.Role, text: String)? {
        guard let onAir, second % Self.beat == 0 else { return nil }
        if second % (Self.beat * 3) == Self.beat { return (onAir.host.name, .host, onAir.seed.answer) }
        guard second % (Self.beat * 3) == 0 else { return nil }
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 5)
        return (viewer(&dice), .viewer, onAir.seed.question)
    }

    func fill(_ text: String, _ item: Cast.Item, _ dice: inout SplitMix64) -> String {
        guard text.contains("{") else { return text }
        let variant = dice.pick(item.variants)?.options.joined(separator: " ") ?? ""
        return text.replacing("{p}", with: item.seed.title)
            .replacing("{v}", with: variant.isEmpty ? item.seed.title : variant)
    }

    private func viewer(_ dice: inout SplitMix64) -> String { dice.pick(Lines.viewers) ?? "viewer" }

    private func isSpam(_ second: Int64) -> Bool {
        guard second % Self.beat == 0 else { return false }
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 6)
        return dice.once(in: 25)
    }

    private func spamID(_ second: Int64) -> MessageID { MessageID("\(show.rawValue)-\(second)-x") }
}
