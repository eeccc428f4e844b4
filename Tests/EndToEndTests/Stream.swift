import OwncastStandIn

/// The stand-in stream at an address of its own.
final class Stream {
    let stream: StandInStream
    private let server: LoopbackServer

    var origin: String { server.origin }

    init(_ rules: StandInStream.Rules = .init(), clock: MovedClock? = nil) throws {
        let stream = StandInStream(rules)
        if let clock { stream.set { Int64(clock.now.timeIntervalSince1970 * 1000) } }
        self.stream = stream
        server = try LoopbackServer { connection in connection.serve { stream.answer($0) } }
    }
}
