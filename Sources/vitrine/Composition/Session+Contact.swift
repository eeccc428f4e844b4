import Dispatch
import Domain
import ShopAccess
import Synchronization
import Text

extension Session {
    /// What the shop is told of who buys; nil where nothing has been kept.
    func contact() throws -> ContactDetails? {
        do { return try shop.currentContact() } catch {
            throw CommandFailure(.usage, "the address cannot be read: \(error)")
        }
    }

    /// Keeps it for this shop.
    func keep(_ details: ContactDetails) throws {
        let result = Mutex<Result<Void, NotKept>?>(nil)
        let isThere = DispatchSemaphore(value: 0)
        shop.keep(details) { kept in
            result.withLock { $0 = kept }
            isThere.signal()
        }
        isThere.wait()
        if case .failure(let problem)? = result.withLock({ $0 }) {
            throw CommandFailure(.usage, "the address was not kept: \(problem.reason)")
        }
    }
}

extension ContactDetails {
    /// Takes what was typed for a line: nothing keeps what there is, and a - takes it away.
    /// - Returns: what is wrong with it, for a person; nil when it was taken.
    mutating func answer(_ field: Field, _ typed: String) -> String? {
        let typed = typed.trimmed
        if typed.isEmpty, !self[field].isEmpty { return nil }
        return set(field, typed == "-" ? "" : typed)
    }

    /// How a line is asked for: what it is, and what is known of it.
    func question(_ field: Field) -> String {
        let known = self[field]
        return field.label + (field.isRequired ? "" : ", if any") + (known.isEmpty ? "" : " [\(SafeText(known))]")
            + ": "
    }
}

extension String {
    var trimmed: String {
        var rest = self[...].drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
