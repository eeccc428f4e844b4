import AppCore
import Domain
import ShopAccess

extension Session {
    /// Changes whether a host is followed, at the shop and then in the local store.
    /// - Returns: the hosts of that channel that are followed now, and the host, where it is known.
    package func follow(_ host: HostID, _ isFollowed: Bool) throws -> (followed: [Host], known: Host?) {
        let channel = access(to: host.channel)
        // Who is followed no longer is in no list that follows.
        var known = try engine().state.follows.hosts.first { $0.id == host }
        if known == nil, !isFollowed {
            known = try? ask(Question.follows, at: channel, while: "the hosts you follow").first { $0.id == host }
        }
        _ = try ask(isFollowed ? .follow(host) : .unfollow(host), at: channel, while: "host \(host)")
        let followed = try ask(Question.follows, at: channel, while: "the hosts you follow")
        return (followed, known ?? followed.first { $0.id == host })
    }

    /// Words for the change. `hosts` are those that can tell the host's name.
    package static func words(for host: HostID, _ isFollowed: Bool, _ hosts: [Host]) -> String {
        let name = hosts.first { $0.id == host }?.name.string ?? host.rawValue
        return isFollowed ? "Following \(name)." : "No longer following \(name)."
    }
}
