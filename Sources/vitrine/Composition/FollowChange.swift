import Domain

/// Changes whether a host is followed, at the shop and then in the local store.
struct FollowChange {
    let session: Session
    let host: HostID
    let isFollowed: Bool

    /// - Returns: the hosts that are followed now.
    func make() throws -> [Host] {
        _ = try session.answer(to: isFollowed ? .follow(host) : .unfollow(host), while: "host \(host)")
        let hosts = try session.answer(to: Question.follows, while: "the hosts you follow")
        session.keep(.saveFollows(hosts, at: session.now, account: session.scope))
        return hosts
    }

    /// The change in words; `hosts` are those that can tell the host's name.
    func words(_ hosts: [Host]) -> String {
        let name = hosts.first { $0.id == host }?.name.string ?? host.rawValue
        return isFollowed ? "Following \(name)." : "No longer following \(name)."
    }
}
