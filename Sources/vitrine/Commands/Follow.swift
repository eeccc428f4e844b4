import ArgumentParser
import Domain
import LiveAPI

struct Follow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Follow a host.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The host's id, as ‘vitrine hosts’ prints it.") var host: String
    @Flag(help: "Print the hosts you follow as JSON.") var json = false

    func run() throws { try FollowChange.run(server, host, isFollowed: true, json: json) }
}

struct Unfollow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfollow", abstract: "Follow a host no longer.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The host's id.") var host: String
    @Flag(help: "Print the hosts you follow as JSON.") var json = false

    func run() throws { try FollowChange.run(server, host, isFollowed: false, json: json) }
}

extension FollowChange {
    /// As a command of its own.
    fileprivate static func run(_ server: ServerOptions, _ host: String, isFollowed: Bool, json: Bool) throws {
        let session = try Session(server)
        defer { session.close() }
        let change = FollowChange(session: session, host: HostID(try session.choose(host)), isFollowed: isFollowed)
        let hosts = try change.make()
        if json { try Output.json(Page(items: hosts)) } else { Output.line(change.words(hosts)) }
    }
}
