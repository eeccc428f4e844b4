import ArgumentParser
import Domain
import LiveAPI

struct Follow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Follow a host.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The host's id, as ‘vitrine hosts’ prints it.") var host: String
    @Flag(help: "Print the hosts you follow as JSON.") var json = false

    func run() throws { try FollowChange(server: server, host: HostID(host), isFollowed: true, json: json).run() }
}

struct Unfollow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfollow", abstract: "Follow a host no longer.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The host's id.") var host: String
    @Flag(help: "Print the hosts you follow as JSON.") var json = false

    func run() throws { try FollowChange(server: server, host: HostID(host), isFollowed: false, json: json).run() }
}

/// Changes whether a host is followed, at the shop and then in the local store.
private struct FollowChange {
    let server: ServerOptions
    let host: HostID
    let isFollowed: Bool
    let json: Bool

    func run() throws {
        let session = try Session(server)
        defer { session.close() }
        _ = try session.answer(to: isFollowed ? .follow(host) : .unfollow(host), while: "host \(host)")
        let hosts = try session.answer(to: Question.follows, while: "the hosts you follow")
        session.keep(.saveFollows(hosts, at: session.now, account: session.scope))
        guard !json else { return try Output.json(Page(items: hosts)) }
        let name = hosts.first { $0.id == host }?.name.string ?? host.rawValue
        Output.line(isFollowed ? "Following \(name)." : "No longer following \(name).")
    }
}
