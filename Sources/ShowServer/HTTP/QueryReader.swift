import Domain
import LiveAPI

/// The query of a request, read strictly: what is there must be what it claims to be.
struct QueryReader {
    private var values: [String: String] = [:]

    /// - Parameter names: those that may stand in it; nil for any. A cache keeps an answer for each query, so that one
    ///   which means nothing must not have an answer that is kept.
    init(_ query: String?, knowing names: Set<String>? = nil) throws(Problem) {
        let query = query ?? ""
        for pair in query.split(separator: "&", omittingEmptySubsequences: names == nil || query.isEmpty) {
            let equals = pair.firstIndex(of: "=") ?? pair.endIndex
            let rawValue = equals == pair.endIndex ? "" : pair[pair.index(after: equals)...]
            guard let name = PercentEncoding.decode(pair[..<equals], plusIsSpace: true),
                let value = PercentEncoding.decode(rawValue, plusIsSpace: true)
            else { throw .invalid("the query is not percent-encoded UTF-8") }
            // A database ends a text at a zero byte, and would look for another one.
            guard !value.utf8.contains(0) else { throw .invalid("there is a zero byte in the query") }
            guard names?.contains(name) ?? true else {
                throw .invalid("the query has something that is not known here; \(Self.list(names ?? []))")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .invalid("\(name) stands twice in the query")
            }
        }
    }

    private static func list(_ names: Set<String>) -> String {
        names.isEmpty ? "this path takes no query" : "this path takes \(names.sorted().joined(separator: ", "))"
    }

    /// As it is.
    subscript(name: String) -> String? { values[name] }

    /// A text to search for; an empty one is found everywhere.
    func search() throws(Problem) -> String? { try bounded("q", limit: RequestLimits.searchCharacters) }

    /// A text that is not empty where it is there.
    func text(_ name: String, limit: Int = RequestLimits.searchCharacters) throws(Problem) -> String? {
        guard let value = try bounded(name, limit: limit) else { return nil }
        guard !value.isEmpty else { throw .invalid("\(name) is empty") }
        return value
    }

    private func bounded(_ name: String, limit: Int) throws(Problem) -> String? {
        guard let value = values[name] else { return nil }
        guard value.utf8.count <= limit * 4, value.count <= limit else {
            throw .invalid("\(name) is longer than \(limit) characters")
        }
        return value
    }

    /// The id of one of the server's things.
    func id<Entity>(_ name: String) throws(Problem) -> Identifier<Entity>? {
        guard let value = values[name] else { return nil }
        guard IDAlphabet.isID(value) else { throw .invalid("\(name): \(WireLimits.noID)") }
        return Identifier(value)
    }

    func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let value = values[name] else { return nil }
        guard let time = Timestamp(rfc3339: value) else {
            throw .invalid("\(name) is not an RFC 3339 time such as 2026-11-23T14:00:00.000Z")
        }
        return time
    }

    func state(_ name: String) throws(Problem) -> ShowState? {
        guard let value = values[name] else { return nil }
        guard let state = ShowState(rawValue: value) else {
            throw .invalid("\(name) is one of \(ShowState.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return state
    }

    /// A cursor that is a position in a list.
    func position() throws(Problem) -> Int? {
        guard let value = values["cursor"] else { return nil }
        guard let position = Int(value), position >= 0 else { throw .invalid("cursor is not one that was given out") }
        return position
    }

    /// A cursor that is a time and an id: `1795443065120~s-20780-1`.
    func timeAndID() throws(Problem) -> (Int64, String)? {
        guard let value = values["cursor"] else { return nil }
        guard let tilde = value.firstIndex(of: "~"), let time = Int64(value[..<tilde]),
            case let id = value[value.index(after: tilde)...], IDAlphabet.isID(id)
        else {
            throw .invalid("cursor is not one that was given out")
        }
        return (time, String(id))
    }
}
