import AppCore
import Domain
import ShopAccess

extension Session {
    /// Changes whether a host is followed, at the shop and then in the local store.
    /// - Returns: the hosts of that channel that are followed now.
    package func follow(_ host: HostID, _ isFollowed: Bool) throws -> [Host] {
        let channel = access(to: host.channel)
        _ = try ask(isFollowed ? .follow(host) : .unfollow(host), at: channel, while: "host \(host)")
        return try ask(Question.follows, at: channel, while: "the hosts you follow")
    }

    /// Words for the change. `hosts` are those that can tell the host's name.
    package static func words(for host: HostID, _ isFollowed: Bool, _ hosts: [Host]) -> String {
        let name = hosts.first { $0.id == host }?.name.string ?? host.rawValue
        return isFollowed ? "Following \(name)." : "No longer following \(name)."
    }
}
