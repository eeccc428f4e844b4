import Domain
import Text

/// What is heard while something is waited for.
struct Listening {
    /// Whether a line that comes is more important than the answer.
    var yields = false
    /// Whether the answer was given up for a line.
    var hasYielded = false
    /// Whether it was said that the shop is being asked, once for a word.
    var hasSaidSo = false
}

/// Waiting does not make the dialogue deaf. On a terminal `quit` and the end of the input are followed at once, and
/// other lines are kept for later; a question whether to buy throws them away (`LineInput.discardTyped`). A pipe's lines
/// were written without knowing what is being waited for, so they keep their order.
extension Dialogue {
    /// How long a word waits in silence.
    private static let silence = Duration.seconds(1)

    func wait(for query: ShopQuery, until deadline: ContinuousClock.Instant?) -> Result<ShopAnswer, ShopFailure> {
        guard !isOver else { return .failure(.unreachable("you left", mayHaveArrived: false)) }
        let answer: PromisedAnswer
        do { answer = try PromisedAnswer(to: query, from: session.shop) } catch {
            return .failure(.notSent(SafeText(error.description)))
        }
        var notice = listening.yields || listening.hasSaidSo ? nil : ContinuousClock.now + Self.silence
        while true {
            if let result = answer.result { return result }
            if isCalledAway { return .failure(.unreachable("you left before the answer", mayHaveArrived: true)) }
            let now = ContinuousClock.now
            if let deadline, now >= deadline {
                return .failure(.unreachable("no answer in time", mayHaveArrived: true))
            }
            if let due = notice, now >= due {
                Output.line("Asking the shop…")
                listening.hasSaidSo = true
                notice = nil
            }
            listen(or: answer.descriptor, until: [deadline, notice].compactMap { $0 }.min())
        }
    }

    func pause(_ duration: Duration) {
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end, !isCalledAway { listen(or: -1, until: end) }
    }

    private func listen(or other: Int32, until end: ContinuousClock.Instant?) {
        input.listen(or: other, until: end, readsInput: input.isTerminal || listening.yields)
    }

    private var isCalledAway: Bool {
        if input.isTerminal, input.hasEnded || input.holdsLine(where: Self.quits) { quit() }
        if listening.yields, input.hasEnded || input.holdsLine() { listening.hasYielded = true }
        return isOver || listening.hasYielded
    }

    private static func quits(_ line: String) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        return words.count == 1 && Word(String(words[0])) == .quit
    }
}
