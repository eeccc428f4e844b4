import HTTPTransport
import Testing

@testable import CurlTransport

/// Runs a test's body with a client and a server, and ends both whatever happens.
func exchange(
    _ answer: @escaping @Sendable (HostileServer.Request, Peer) -> HostileServer.Next,
    _ body: (CurlClient, HostileServer) async throws -> Void
) async throws {
    let server = try HostileServer(answer)
    let client = CurlClient(version: "1.2.3")
    defer {
        client.shutdown()
        server.stop()
    }
    try await body(client, server)
}

func failure(_ client: CurlClient, _ request: HTTPRequest) async -> HTTPFailure? {
    do throws(HTTPFailure) {
        let response = try await client.client.response(to: request)
        Issue.record("answered with \(response.status)")
        return nil
    } catch {
        return error
    }
}

func attempt(_ client: CurlClient, _ request: HTTPRequest) async -> Result<HTTPResponse, HTTPFailure> {
    do throws(HTTPFailure) { return .success(try await client.client.response(to: request)) } catch {
        return .failure(error)
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
