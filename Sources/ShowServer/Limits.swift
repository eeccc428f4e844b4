/// What a server takes from whom, and how long it waits for it. The defaults are far above what a viewer needs, and a
/// house full of viewers behind one address.
package struct Limits: Sendable {
    /// So many at once, refilled evenly over so many seconds.
    package struct Rate: Sendable {
        package var count: Int
        package var seconds: Int

        package init(_ count: Int, in seconds: Int) {
            self.count = count
            self.seconds = seconds
        }
    }

    /// Of a request's body.
    package var bodyBytes = 16 * 1024
    /// Of a request's first line and all its fields; one field may have half of it.
    package var headerBytes = 16 * 1024

    /// Open at once. More wait to be accepted until others have ended.
    package var connections = 4096
    /// Open at once from one address; more are answered with 503. Nil for no such bound.
    package var connectionsPerClient: Int? = 256

    /// From a request's first byte until its fields are here.
    package var headTime = Duration.seconds(10)
    /// From then until its body is here.
    package var bodyTime = Duration.seconds(20)
    /// From then until its answer has gone out.
    package var answerTime = Duration.seconds(60)
    /// For a client to read its last answer, before the connection is closed under it.
    package var partingTime = Duration.seconds(2)
    /// How long a connection may lie idle.
    package var idleTime = Duration.seconds(75)

    /// Any requests from one address. Nil for no such bound, here and below.
    package var requestsPerClient: Rate? = Rate(3000, in: 10)
    /// Guests' accounts opened from one address.
    package var guestsPerClient: Rate? = Rate(300, in: 60)
    /// Requests in an account's name.
    package var requestsPerAccount: Rate? = Rate(300, in: 10)
    /// Fast for a person, slow for a flood.
    package var messagesPerAccount: Rate? = Rate(5, in: 10)

    /// Whether everybody comes through a proxy of ours, which says at the end of X-Forwarded-For whom it speaks for.
    package var isBehindProxy = false

    package init() {}
}
