import Domain

/// What is heard while something is waited for.
struct Listening {
    /// A command waits so long in silence.
    private static let silence = Duration.seconds(1)

    /// The time that such waits go by.
    var time: () -> ContinuousClock.Instant = { .now }
    /// When it is to be said that the shop is being asked, once for a command; nil once it was.
    private(set) var noticeAt: ContinuousClock.Instant?

    /// A command begins, or goes on after a wait for a person: that is not the shop's.
    mutating func begin() { noticeAt = time() + Self.silence }

    /// Whether it has to be said now.
    mutating func takeNotice() -> Bool {
        guard let noticeAt, time() >= noticeAt else { return false }
        self.noticeAt = nil
        return true
    }
}

/// Waiting does not make the dialogue deaf. On a terminal `quit` and the end of the input are followed at once, and
/// other lines are kept for later; a question whether to buy throws them away (`LineInput.discardTyped`). A pipe's lines
/// were written without knowing what is being waited for, so they keep their order.
extension Dialogue {
    /// Lets time pass until the engine has something to do.
    /// - Returns: false where somebody wants something else.
    func pause(_ descriptor: Int32, _ until: ContinuousClock.Instant?) -> Bool {
        guard !isCalledAway else { return false }
        if listening.takeNotice() { Output.line("Asking the shop…") }
        input.listen(
            or: descriptor, until: [until, listening.noticeAt].compactMap { $0 }.min(), readsInput: input.isTerminal)
        return !isCalledAway
    }

    /// Lets time pass like `pause`, in a wait for a person: any line ends it.
    func pauseUntilLine(_ descriptor: Int32, _ until: ContinuousClock.Instant?) -> Bool {
        guard !input.hasEnded, !input.holdsLine() else { return false }
        input.listen(or: descriptor, until: until, readsInput: true)
        listening.begin()
        return !input.hasEnded && !input.holdsLine()
    }

    /// Waits for the answer to a question.
    func answer() -> LineInput.Reading {
        defer { listening.begin() }
        return input.next(within: nil)
    }

    /// Follows the line that has ended such a wait; an empty one meant no more than its end.
    func performHeldLine() {
        if input.holdsLine(), case .line(let line, _) = input.next(within: .zero), !line.allSatisfy(\.isWhitespace) {
            perform(line)
        }
    }

    private var isCalledAway: Bool {
        if input.isTerminal, input.hasEnded || input.holdsLine(where: Self.quits) { quit() }
        return isOver
    }

    private static func quits(_ line: String) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        return words.count == 1 && LineCommand(String(words[0])) == .quit
    }
}
