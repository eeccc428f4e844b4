import ArgumentParser
import Domain
import Text
import Lines

/// What is said of a command line that cannot be followed: one line, with where to read more.
enum Usage {
    /// - Throws: `CommandFailure` for a first word that is no command. Left to the parser it would be an argument too
    ///   many of the default command's.
    static func checkCommand(in arguments: [String]) throws {
        let named = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
        guard let word = named.first, !word.hasPrefix("-"), !isCommand(word) else { return }
        throw CommandFailure(.usage, "unknown command ‘\(SafeText(word))’; ‘vitrine --help’ lists them")
    }

    /// The parser's complaint about `arguments`, in the program's own form.
    static func failure(_ error: any Error, in arguments: [String]) -> CommandFailure {
        let message = Vitrine.message(for: error).split(whereSeparator: \.isNewline)
            .map { $0.drop { $0 == " " } }.joined(separator: " ")
        let sentence = message.prefix(1).lowercased() + message.dropFirst()
        let words = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        let command = arguments.first.flatMap { isCommand($0) ? " " + $0 : nil } ?? ""
        return CommandFailure(.usage, "\(SafeText(words)); see ‘vitrine\(command) --help’")
    }

    /// Each command and each of their subcommands writes its name down: the parser would derive one from the type by
    /// reflection, for every one of them at every start.
    private static func isCommand(_ word: String) -> Bool {
        word == "help" || Vitrine.configuration.subcommands.contains { $0.configuration.commandName == word }
    }
}

/// The values that an option takes, in words for whoever wrote another one.
struct Expectation<Value> {
    let words: String
    let read: @Sendable (String) -> Value?

    func callAsFunction(_ text: String) throws -> Value {
        guard let value = read(text) else { throw ValidationError("expected \(words)") }
        return value
    }
}

extension Expectation<Double> {
    /// A time that a command may last, up to a year.
    static let seconds = Expectation(words: "seconds above 0, such as 30") { text in
        Double(text).flatMap { $0 > 0 && $0 <= 31_536_000 ? $0 : nil }
    }
}

extension Expectation<Int> {
    static func number(_ range: ClosedRange<Int>) -> Expectation {
        Expectation(words: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Expectation<UInt64> {
    static let seed = Expectation(words: "a whole number from 0 to \(UInt64.max)") { UInt64($0) }
}

extension Expectation<String> {
    /// Decimal digits that are some currency's amount, kept as written until the currency is known.
    static let amount = Expectation(words: "an amount such as 150.00") { text in
        let money = Money(decimal: text, exponent: Money.maximumExponent, currency: "XXX")
        return money.flatMap { $0.amount >= 0 ? text : nil }
    }
}
