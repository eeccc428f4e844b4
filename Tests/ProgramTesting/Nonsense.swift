/// Replies that are no answer.
package enum Nonsense: String, CaseIterable {
    case html, garbage, emptyBody, serverError, nothing, otherJSON, cutJSON

    package func open() throws -> LoopbackServer {
        switch self {
        case .html: try .answering("<html><body>Welcome to the hotel's network</body></html>")
        case .garbage: try .saying("\u{1}\u{2}\u{3} no HTTP at all\r\n\r\n")
        case .emptyBody: try .answering("", type: "application/json")
        case .serverError: try .answering("{}", status: "500 Oh No", type: "application/json")
        case .nothing: try .saying("")
        case .otherJSON: try .answering("[1, 2, 3]", type: "application/json")
        case .cutJSON: try .answering("{\"items\": [{\"id\": \"s-1\"", type: "application/json")
        }
    }
}
