import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore

extension Limits {
    /// What a connection is set up with.
    var connection: HTTP1Channel.Configuration {
        let visitors = Visitors(most: isBehindProxy ? nil : connectionsPerClient)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(self, visitors)], idleTimeout: TimeAmount(idleTime),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: headerBytes / 2, maxHeaderListSize: headerBytes, maxHeaderFieldCount: 100))
    }

    /// `connections`, or as many as the process has descriptors for: one that cannot be accepted would end the
    /// listening.
    var possibleConnections: Int {
        var descriptors = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors) == 0 else { return connections }
        // The database's files, and some more.
        return max(1, min(connections, Int(clamping: descriptors.rlim_cur) - 64))
    }
}
