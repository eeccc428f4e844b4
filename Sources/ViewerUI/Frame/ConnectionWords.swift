import AppCore
import Domain
import Settings
import Text

/// How it stands with a server, in words.
package struct ConnectionWords {
    let role: Role
    private let sign: SafeText
    private let word: SafeText
    private let since: Timestamp?
    /// Why it is so, or what to do about it.
    private let reason: SafeText?
    private let connection: ConnectionState
    private let now: Timestamp

    package init(_ connection: ConnectionState, at now: Timestamp) {
        (self.connection, self.now) = (connection, now)
        let silence = connection.isAway ? nil : connection.unansweredSince(at: now)
        (sign, word, since, reason, role) =
            switch connection.status {
            case .offline(let since, let reason): ("○", "offline", since, reason, .warning)
            case .troubled(let since, let reason): ("◐", "trouble", since, reason, .warning)
            case .refused(let since, let reason): ("◐", "refused", since, reason, .warning)
            case _ where silence != nil: ("◌", "no answer", silence, "the server is slow", .warning)
            case .connecting: ("○", "connecting", nil, nil, .dim)
            case .catchingUp: ("◐", "catching up", nil, nil, .warning)
            case .live where connection.isSignedOut:
                ("◐", "signed out", nil, "say ‘vitrine login’", .warning)
            case .live: ("●", "live", nil, nil, .ok)
            }
    }

    /// From the fullest to what the narrowest screen has room for.
    func header(clock: SafeText) -> [SafeText] {
        let (time, clock) = (clock, " · " + clock)
        let why: SafeText = reason.map { " · " + $0 } ?? ""
        let short = sign + " " + word
        guard let since else {
            // The time is worth more than the word that all is well.
            let brief = role == .ok ? sign + " " + time : short
            return [short + why + clock, short + clock, brief, sign]
        }
        let begin = Phrase.time(since, from: now)
        let when = short + " since " + begin
        return [when + why + clock, when + clock, when, short + " " + begin, short]
    }

    /// How old what is shown is, when the server is asked next by itself, and the key that does not wait for it. From
    /// the fullest wording to the shortest; none while there is nothing to say.
    /// - Parameters:
    ///   - age: nil where what is shown is as the server has it, or tells its age itself.
    ///   - key: nil where no key asks.
    func row(age: SafeText?, key: SafeText?) -> [SafeText] {
        let next = nextTry(key: key)
        guard let age else { return next }
        let long = "What is shown is from " + age + ".", short = "From " + age
        guard let fullest = next.first else { return [long, short + "."] }
        var wordings = [long + " " + fullest, short + ". " + fullest]
        if let key, let time = secondsToTry, connection.heldUntil == nil {
            wordings.append(short + "; tries in " + time + ", " + key + " now.")
        }
        return wordings + next.map { short + ". " + $0 }
    }

    private func nextTry(key: SafeText?) -> [SafeText] {
        guard connection.isAway else { return [] }
        if connection.askedAt != nil { return ["Trying now…"] }
        guard let time = secondsToTry else { return [] }
        let next = "Next try in " + time
        if connection.heldUntil != nil { return [next + ", as the server wants.", next + "."] }
        return (key.map { [next + "; " + $0 + " tries now."] } ?? []) + [next + "."]
    }

    private var secondsToTry: SafeText? {
        connection.askedAt == nil ? connection.nextTryAt.map { Phrase.countdown(to: $0, from: now) } : nil
    }

    /// For those who read lines: `Offline since 14:32: the server cannot be reached.`
    package var line: SafeText {
        let words = word.string.prefix(1).uppercased() + word.string.dropFirst()
        let when = since.map { " since " + Phrase.time($0, from: now) } ?? ""
        return SafeText(words) + when + (reason.map { ": " + $0 } ?? "") + "."
    }
}
