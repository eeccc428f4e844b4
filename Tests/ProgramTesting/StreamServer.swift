import OwncastStandIn

/// The stand-in stream at an address of its own.
package final class StreamServer {
    package let stream: StandInStream
    private let server: LoopbackServer

    package var origin: String { server.origin }

    package init(_ rules: StandInStream.Rules = .init()) throws {
        let stream = StandInStream(rules)
        self.stream = stream
        server = try LoopbackServer { connection in connection.serve { stream.answer($0) } }
    }
}
