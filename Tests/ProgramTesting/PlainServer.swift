import FoundationEssentials
import HTTPTransport

/// A server at an address of its own that answers each request as a test says.
package final class PlainServer {
    private let server: LoopbackServer

    package var origin: String { server.origin }

    package init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) throws {
        server = try LoopbackServer { connection in connection.serve { answer($0) } }
    }
}

extension HTTPRequest {
    /// Without scheme, host and query.
    package var path: String { String(url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.prefix { $0 != "?" }) }
}

extension HTTPResponse {
    package static func page(_ text: String, status: Int = 200, _ more: [(String, String)] = []) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "text/html; charset=UTF-8"]
        for (name, value) in more { headers.append(name, value) }
        return HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
    }

    package static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(text.utf8))
    }
}
