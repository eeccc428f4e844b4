import ArgumentParser
import Commands
import Lines
import Domain
import LiveAPI

struct Follow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Follow a host.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The host's id, as ‘vitrine hosts’ prints it.") var host: String
    @Flag(help: "Print the hosts you follow as JSON.") var json = false

    func run() throws { try server.run { try $0.changeFollow(of: host, to: true, json: json) } }
}

struct Unfollow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfollow", abstract: "Follow a host no longer.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The host's id.") var host: String
    @Flag(help: "Print the hosts you follow as JSON.") var json = false

    func run() throws { try server.run { try $0.changeFollow(of: host, to: false, json: json) } }
}
