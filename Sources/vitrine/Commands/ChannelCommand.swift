import ArgumentParser
import CurlTransport
import Domain
import FoundationEssentials
import HTTPTransport
import LiveAPI
import Providers
import Settings
import Text
import ViewerUI

/// The channels in `config.toml`.
struct ChannelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "List the channels, add one, take one away, or try one without buying.",
        subcommands: [List.self, Add.self, Remove.self, Test.self], defaultSubcommand: List.self)

    /// What the user's file did not take.
    private static func failure(_ what: String, _ error: SettingsError) -> CommandFailure {
        guard case .system(let path, _) = error else { return CommandFailure(.usage, "\(what): \(error)") }
        return CommandFailure(.usage, "\(what): \(path) cannot be changed: \(error.reason)")
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the channels.")

        @Flag(help: "Print JSON.") var json = false

        private struct Item: Encodable {
            let name: String
            let kind: String
            let url: String
            /// Who sells beside a live source.
            let shop: Place?
        }

        private struct Place: Encodable {
            let kind: String
            let url: String
        }

        func run() throws {
            let (config, problems) = Config.load(try SettingsFolder.paths(), hostNames: .curl)
            for problem in problems { Output.complain(problem.description) }
            let targets = ChannelTarget.configured(config)
            guard !json else {
                return try Output.json(
                    Page(
                        items: targets.map { target in
                            let (source, seller) = (
                                target.source.source, target.source.live.flatMap { _ in target.source.shop }
                            )
                            return Item(
                                name: target.title, kind: source.kind.rawValue, url: source.url,
                                shop: seller.map { Place(kind: $0.kind.rawValue, url: $0.url) })
                        }))
            }
            for target in targets { Output.line("\(target.title)  \(target.source.words)") }
            if targets.isEmpty { Output.line("No channels; ‘vitrine channel add URL’ adds one.") }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Find out what stands at an address, and write it into config.toml.",
            discussion: "A live source and a shop, given together, become one channel.")

        @Argument(
            help: "Where it is, such as shop.example; a live source, any page of its shop, its schedule (.ics)."
        )
        var urls: [String]
        @Option(help: "How to call it; otherwise as it calls itself.") var name: String?
        @Option(help: "An account of the live source that speaks for the host, beside its moderators; may be repeated.")
        var host: [String] = []

        func run() throws {
            let paths = try SettingsFolder.paths()
            let (config, problems) = Config.load(paths, hostNames: .curl)
            for problem in problems { Output.complain(problem.description) }
            let probe = ChannelProbe(on: Network(config, ProcessInfo.processInfo.environment))
            defer { probe.close() }
            let addresses = urls.map { TypedAddress.completed($0, hostNames: .curl) }
            var found = try probe.find(at: addresses, presenters: host)
            let known = ChannelTarget.configured(config)
            if let same = known.first(where: { $0.source.isSamePlace(as: found.channel) }) {
                throw CommandFailure(.refused, "not added: it is the channel “\(SafeText(same.title))” already")
            }
            if let shop = found.channel.shop, let same = known.first(where: { shop.isSamePlace(as: $0.source.shop) }) {
                throw CommandFailure(
                    .refused,
                    "not added: the channel “\(SafeText(same.title))” has this shop already, and its orders would be listed twice; remove that one first"
                )
            }
            if let name {
                guard ChannelConfig.isName(name) else {
                    throw CommandFailure(.usage, "--name: expected at most 40 characters, without a slash")
                }
                found.channel.name = name
            }
            func isTaken(_ name: String) -> Bool { known.contains { $0.title == name } }
            if name == nil, isTaken(found.channel.name) {
                found.channel.name = ChannelName.proposed(
                    insteadOf: found.channel.name, at: found.channel.source.url)
            }
            guard !isTaken(found.channel.name) else {
                throw CommandFailure(
                    .refused, "not added: there is a channel “\(SafeText(found.channel.name))”; choose another --name")
            }
            do { try ChannelFile(paths, hostNames: .curl).add(found.channel) } catch {
                throw ChannelCommand.failure("not added", error)
            }
            Output.line("\(found.channel.name)  \(found.channel.words)")
            Output.line("  \(found.info.capabilities.words)")
            Output.line("Added to \(paths.configFile).")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take a channel out of config.toml. Its orders stay on this machine.")

        @Argument(help: "The channel's name, as ‘vitrine channel list’ prints it.") var name: String

        func run() throws {
            let paths = try SettingsFolder.paths()
            let wasThere: Bool
            do { wasThere = try ChannelFile(paths, hostNames: .curl).remove(name) } catch {
                throw ChannelCommand.failure("not taken away", error)
            }
            guard wasThere else {
                throw CommandFailure(.refused, "there is no channel “\(SafeText(name))” in \(paths.configFile)")
            }
            Output.line("No channel “\(SafeText(name))” any more. Its orders stay on this machine.")
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Try a channel: what it answers, and how fast. Nothing is bought, and nobody is made a guest.")

        @OptionGroup var server: ServerOptions
        @Argument(help: "The channel's name; otherwise all of them.") var name: String?

        func run() throws {
            var options = server
            if let name { options.channel = name }
            let session = try Session(options)
            defer { session.close() }
            try session.forEachReachable(first: .service) { try test(session) }
        }

        private func test(_ session: Session) throws {
            Output.line(session.channel.title)
            guard case .service(let info) = try answer(to: .service, while: "the shop", session) else {
                throw CommandFailure(.notUnderstood("the reply is about something else"), while: "the shop")
            }
            Output.line("  it is called \(info.name): \(info.capabilities.words)")
            // What a place does not have, nobody is asked for.
            if info.capabilities.contains(.shows) {
                try count("shows", .shows(ShowFilter(), cursor: nil), session) {
                    if case .shows(let shows, _) = $0 { shows.count } else { nil }
                }
            }
            if info.capabilities.contains(.orders) {
                try count("products", .products(search: nil, show: nil, cursor: nil), session) {
                    if case .products(let products, _) = $0 { products.count } else { nil }
                }
            }
        }

        private func count(
            _ what: String, _ query: ShopQuery, _ session: Session, _ read: (ShopAnswer) -> Int?
        ) throws {
            let start = ContinuousClock.now
            guard let count = read(try answer(to: query, while: what, session)) else {
                throw CommandFailure(.notUnderstood("the reply is about something else"), while: what)
            }
            let time = (ContinuousClock.now - start).milliseconds
            Output.line("  \(what): \(count) on the first page, in \(time) ms")
        }

        /// What was kept of an earlier answer is none.
        private func answer(to query: ShopQuery, while doing: String, _ session: Session) throws -> ShopAnswer {
            switch session.channel.takeAhead(query)?.wait(until: nil) ?? session.patience.answer(query, nil) {
            case .success(.kept(_, at: _, let failure)), .failure(let failure):
                throw CommandFailure(failure, while: doing)
            case .success(let answer): return answer
            }
        }
    }
}

extension ChannelConfig {
    /// What it is, in a line.
    fileprivate var words: String {
        guard live != nil, let shop else { return source.words }
        return "\(source.words), with \(shop.words)"
    }
}

extension ChannelConfig.Source {
    fileprivate var words: String { "\(kind.title) at \(url)" }
}
