import Domain
import Text

/// The hosts that the shopper follows.
package struct FollowState: Sendable {
    package var hosts: [Host] = []
    package var selected: HostID?
    /// The channels that have told whom the shopper follows.
    package var loaded: Set<Channel> = []
    /// Changes that the server has not confirmed yet: true follows, false unfollows.
    package var changes: [HostID: Bool] = [:]
    /// Hosts that a change is under way for.
    package var inFlight: Set<HostID> = []

    package init() {}

    package func contains(_ id: HostID) -> Bool { changes[id] ?? hosts.contains { $0.id == id } }
}
