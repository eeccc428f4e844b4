import Diagnostics
import Domain
import HTTPTransport
import Lines
import LiveAPI
import Providers
import Settings
import ShopAccess
import Text
import ViewerUI

/// The channels in `config.toml`: listing them, adding one, taking one away.
package struct ChannelCommands {
    private let paths: XDGPaths
    private let hostNames: HostNames
    private let config: Config

    /// Says what is wrong in the file.
    package init(_ paths: XDGPaths, hostNames: HostNames) {
        self.paths = paths
        self.hostNames = hostNames
        let (config, problems) = Config.load(paths, hostNames: hostNames)
        for problem in problems { Output.complain(problem.description) }
        self.config = config
    }

    /// The server and the channels, in their order.
    private var known: [(title: String, source: ChannelConfig)] { config.allChannels }

    // MARK: Listing

    private struct Item: Encodable {
        let name: String
        let kind: String
        let url: String
        /// The shop beside a live source.
        let shop: Place?
    }

    private struct Place: Encodable {
        let kind: String
        let url: String
    }

    package func printList(json: Bool) throws {
        guard !json else {
            let items = known.map { title, channel in
                let seller = channel.live.flatMap { _ in channel.shop }
                return Item(
                    name: title, kind: channel.source.kind.rawValue, url: channel.source.url,
                    shop: seller.map { Place(kind: $0.kind.rawValue, url: $0.url) })
            }
            return try Output.json(Page(items: items))
        }
        for (title, channel) in known { Output.line("\(title)  \(channel.words)") }
        if known.isEmpty { Output.line("No channels; ‘vitrine channel add URL’ adds one.") }
    }

    // MARK: Changing

    /// Finds out what stands at addresses, and writes it into `config.toml` as one channel.
    package func add(_ urls: [String], name: String?, presenters: [String], on http: HTTPClient) throws {
        let addresses = urls.map { TypedAddress.completed($0, hostNames: hostNames) }
        var found = try ChannelProbe(on: http).find(at: addresses, presenters: presenters)
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
        do { try ChannelFile(paths, hostNames: hostNames).add(found.channel) } catch {
            throw Self.failure("not added", error)
        }
        Output.line("\(found.channel.name)  \(found.channel.words)")
        Output.line("  \(found.info.capabilities.words)")
        Output.line("Added to \(paths.configFile).")
    }

    package static func remove(_ name: String, in paths: XDGPaths, hostNames: HostNames) throws {
        let wasThere: Bool
        do { wasThere = try ChannelFile(paths, hostNames: hostNames).remove(name) } catch {
            throw failure("not taken away", error)
        }
        guard wasThere else {
            throw CommandFailure(.refused, "there is no channel “\(SafeText(name))” in \(paths.configFile)")
        }
        Output.line("No channel “\(SafeText(name))” any more. Its orders stay on this machine.")
    }

    /// Words for what the user's file did not take.
    private static func failure(_ what: String, _ error: SettingsError) -> CommandFailure {
        guard case .system(let path, _) = error else { return CommandFailure(.usage, "\(what): \(error)") }
        return CommandFailure(.usage, "\(what): \(path) cannot be changed: \(error.reason)")
    }
}

extension Config {
    /// The server first, then the channels in the order of the file, each with its title.
    package var allChannels: [(title: String, source: ChannelConfig)] {
        (server.map { [(Self.title(ofServer: $0), ChannelConfig(name: "", shop: .init(.vitrine, $0)))] } ?? [])
            + channels.map { ($0.name, $0) }
    }

    /// Title of a server without a name of the user's own: its host.
    package static func title(ofServer address: String) -> String {
        let host = Redactor.address(address).split(separator: "/", omittingEmptySubsequences: true).last ?? ""
        return String(host)
    }
}

extension Session {
    /// Tries each channel: what it answers, and how fast. Nothing is bought, and nobody is made a guest.
    package func testChannels() async throws {
        // Of several, each failure names its channel; one alone is named before it is asked.
        let isAlone = channels.count == 1
        if isAlone { Output.line(channels[0].title) }
        try await forEachReachable(asking: .service, while: "the shop") { channel, first in
            if !isAlone { Output.line(channel.title) }
            guard case .service(let info) = first else {
                throw CommandFailure(.notUnderstood("the reply is about something else"), while: "the shop")
            }
            Output.line("  it is called \(info.name): \(info.capabilities.words)")
            // What a place does not have, nobody is asked for.
            if info.capabilities.contains(.shows) {
                try await count("shows", .shows(ShowFilter(), cursor: nil), at: channel) {
                    if case .shows(let shows, _) = $0 { shows.count } else { nil }
                }
            }
            if info.capabilities.contains(.orders) {
                try await count("products", .products(search: nil, show: nil, cursor: nil), at: channel) {
                    if case .products(let products, _) = $0 { products.count } else { nil }
                }
            }
        }
    }

    private func count(
        _ what: String, _ query: ShopQuery, at channel: ChannelAccess, _ read: (ShopAnswer) -> Int?
    ) async throws {
        let start = ContinuousClock.now
        let answer: ShopAnswer
        do throws(ShopFailure) { answer = try await channel.shop.answer(to: query) } catch {
            throw CommandFailure(error, while: Subject(what))
        }
        // What was kept of an earlier answer is none.
        if case .kept(_, at: _, let failure) = answer { throw CommandFailure(failure, while: Subject(what)) }
        guard let count = read(answer) else {
            throw CommandFailure(.notUnderstood("the reply is about something else"), while: Subject(what))
        }
        let time = (ContinuousClock.now - start).milliseconds
        Output.line("  \(what): \(count) on the first page, in \(time) ms")
    }
}

extension ChannelConfig {
    /// The channel in a line.
    fileprivate var words: String {
        guard live != nil, let shop else { return source.words }
        return "\(source.words), with \(shop.words)"
    }
}

extension ChannelConfig.Source {
    fileprivate var words: String { "\(kind.title) at \(url)" }
}
