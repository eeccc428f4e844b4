import AppCore
import Domain
import Engine
import ShopAccess
import Text

extension Session {
    /// Details that a shop is told of who buys, as they are kept now; nil where none are.
    package func contact(at channel: ChannelAccess) throws -> ContactDetails? {
        do { return try channel.shop.currentContact() } catch {
            throw CommandFailure(.usage, "the address cannot be read: \(error)")
        }
    }

    /// Keeps it for this shop.
    package func keep(_ details: ContactDetails, at channel: ChannelAccess) throws {
        let engine = try engine()
        engine.send(.request(.keepContact(details, at: place(of: channel))))
        let problem = engine.wait(pausing: pause) { $0.keptContact }
        if case .failed(let reason)? = problem {
            throw CommandFailure(.usage, "the address was not kept: \(reason)")
        }
    }

    package func isWished(_ product: ProductID) -> Bool {
        (try? engine())?.state.wishes.contains(product) ?? false
    }

    /// Waits until what was changed here is on disk.
    /// - Throws: `CommandFailure` where it is not, or where that was not waited for.
    package func keepSaid(_ engine: Engine) throws {
        guard engine.waitForStore(pausing: pause) else {
            throw CommandFailure(.network, "not kept yet: the disk does not answer")
        }
        if let problem = engine.state.storeProblem { throw CommandFailure(.network, "not kept: \(problem)") }
    }
}

extension ContactDetails {
    /// Takes what was typed for a line: nothing keeps what there is, and a - takes it away.
    /// - Returns: what is wrong with it, for a person; nil when it was taken.
    package mutating func answer(_ field: Field, _ typed: String) -> String? {
        let typed = typed.trimmed
        if typed.isEmpty, !self[field].isEmpty { return nil }
        return set(field, typed == "-" ? "" : typed)
    }

    /// The question for a line: what it is, and what is known of it.
    package func question(_ field: Field) -> String {
        let known = self[field]
        return field.label + (field.isRequired ? "" : ", if any") + (known.isEmpty ? "" : " [\(SafeText(known))]")
            + ": "
    }
}

extension String {
    /// The text without white space around it.
    package var trimmed: String {
        var rest = self[...].drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
