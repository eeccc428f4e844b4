import FoundationEssentials

/// One complete answer, whatever its status.
package struct HTTPResponse: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPHeaders
    /// Decoded (no gzip left). `Data`, because that is what `JSONDecoder` takes without a copy.
    package var body: Data
    package var timing: HTTPTiming

    package init(
        status: Int, headers: HTTPHeaders = HTTPHeaders(), body: Data = Data(), timing: HTTPTiming = HTTPTiming()
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timing = timing
    }
}

/// Where the time of one exchange went. Durations count from the moment it was handed to the transport.
package struct HTTPTiming: Sendable, Equatable {
    /// Until the connection stood; zero on a reused one.
    package var connected: Duration
    package var firstByte: Duration
    package var total: Duration
    /// No connection had to be made.
    package var reusedConnection: Bool

    package init(
        connected: Duration = .zero, firstByte: Duration = .zero, total: Duration = .zero,
        reusedConnection: Bool = false
    ) {
        self.connected = connected
        self.firstByte = firstByte
        self.total = total
        self.reusedConnection = reusedConnection
    }
}
