import HTTPTransport

/// A `[[channel]]` of `config.toml`: a server of our own API, a shop of another kind, or a live source with or without a
/// shop beside it.
package struct ChannelConfig: Sendable, Equatable {
    /// What stands at an address.
    package enum Kind: String, Sendable, CaseIterable {
        case vitrine, woocommerce, shopify, owncast

        /// Whether it has shows and sells nothing.
        package var isLive: Bool { self == .owncast }

        static let shops = allCases.filter { $0 != .vitrine && !$0.isLive }
        static let live = allCases.filter(\.isLive)
    }

    package struct Source: Sendable, Equatable {
        package var kind: Kind
        /// Scheme, host and port, and the folder of a shop that has one: https, or http for this machine.
        package var url: String
        /// Where a WordPress answers programs that is not set up as most are.
        package var api: String?

        package init(_ kind: Kind, _ url: String, api: String? = nil) {
            self.kind = kind
            self.url = url
            self.api = api
        }

        /// Whether it is the same shop or server, by whichever way it is asked.
        package func isSamePlace(as other: Source?) -> Bool { kind == other?.kind && url == other?.url }
    }

    /// How the user calls it: on screens, and where a command is told which one is meant.
    package var name: String
    /// Where its shows come from: a server or a shop, which sell as well, or a live source.
    package private(set) var source: Source
    /// Who sells beside a live source.
    private var seller: Source?
    /// Where the live source's schedule is, as an iCalendar file, if it keeps none itself.
    package private(set) var schedule: String?
    /// Accounts of the live source that speak for the host, beside its moderators.
    package private(set) var hosts: [String] = []

    package init(name: String, shop: Source) {
        self.name = name
        source = shop
    }

    package init(name: String, live: Source, shop: Source? = nil, schedule: String? = nil, hosts: [String] = []) {
        self.name = name
        source = live
        seller = shop
        self.schedule = schedule
        self.hosts = hosts
    }

    /// Where its shows come from, where that is somebody who sells nothing.
    package var live: Source? { source.kind.isLive ? source : nil }
    /// Who sells.
    package var shop: Source? { source.kind.isLive ? seller : source }

    /// Whether it has the same shows and the same shop.
    package func isSamePlace(as other: ChannelConfig) -> Bool {
        source.isSamePlace(as: other.source) && (shop.map { $0.isSamePlace(as: other.shop) } ?? (other.shop == nil))
    }

    /// As it stands in `config.toml`.
    package var toml: String {
        var lines = ["[[channel]]", "name = \(TOMLText.quoted(name))"]
        if source.kind == .vitrine { lines.append("server = \(TOMLText.quoted(source.url))") }
        if let live { lines.append("live = \(live.toml)") }
        if let shop, shop.kind != .vitrine { lines.append("shop = \(shop.toml)") }
        if let schedule { lines.append("schedule = \(TOMLText.quoted(schedule))") }
        if !hosts.isEmpty { lines.append("hosts = [\(hosts.map(TOMLText.quoted).joined(separator: ", "))]") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ChannelConfig.Source {
    fileprivate var toml: String {
        let api = api.map { ", api = \(TOMLText.quoted($0))" } ?? ""
        return "{ kind = \(TOMLText.quoted(kind.rawValue)), url = \(TOMLText.quoted(url))\(api) }"
    }
}

/// A text as TOML writes it.
enum TOMLText {
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Config {
    /// The channels that are right, each complaint told; two of one name are one too many.
    static func channels(_ node: TOMLNode, _ reader: inout TOMLReader) -> [ChannelConfig] {
        guard case .array(let nodes, _) = node.value else {
            reader.mismatch(node, at: ["channel"], expected: "[[channel]], once for each channel")
            return []
        }
        var channels: [ChannelConfig] = []
        for node in nodes {
            guard let channel = channel(node, &reader) else { continue }
            if channels.contains(where: { $0.name == channel.name }) {
                reader.complain(node, "there are two channels \(quoted(channel.name)); the first one counts")
            } else {
                channels.append(channel)
            }
        }
        return channels
    }

    private static func channel(_ node: TOMLNode, _ reader: inout TOMLReader) -> ChannelConfig? {
        guard let table = reader.table(node, at: ["channel"]) else { return nil }
        var name: String?
        var (server, live, shop): (ChannelConfig.Source?, ChannelConfig.Source?, ChannelConfig.Source?)
        var schedule: String?
        var hosts: [String] = []
        for (key, value) in table.entries {
            let path = ["channel", key]
            switch key {
            case "name": name = self.name(value, at: path, &reader)
            case "server": server = origin(value, at: path, &reader).map { .init(.vitrine, $0) }
            case "live": live = source(value, at: path, kinds: ChannelConfig.Kind.live, &reader)
            case "shop": shop = source(value, at: path, kinds: ChannelConfig.Kind.shops, &reader)
            case "schedule": schedule = address(value, at: path, such: "https://live.example/shows.ics", &reader)
            case "hosts": hosts = reader.strings(value, at: path, expected: "names of accounts")
            default: reader.unknown(key, value, known: ["name", "server", "live", "shop", "schedule", "hosts"])
            }
        }
        guard let name else {
            reader.complain(node, "a channel needs a name, such as name = \"Lamps\"")
            return nil
        }
        if server != nil, live != nil || shop != nil {
            reader.complain(node, "the channel \(quoted(name)) has a server, which is its shows and its shop already")
        }
        if live == nil, schedule != nil || !hosts.isEmpty {
            reader.complain(node, "the channel \(quoted(name)): schedule and hosts are for a live source")
        }
        if server == nil, let live {
            return ChannelConfig(name: name, live: live, shop: shop, schedule: schedule, hosts: hosts)
        }
        guard let shop = server ?? shop else {
            reader.complain(node, "the channel \(quoted(name)) has no server, live source or shop that can be used")
            return nil
        }
        return ChannelConfig(name: name, shop: shop)
    }

    /// Something on a server, such as a schedule.
    private static func address(
        _ node: TOMLNode, at path: [String], such example: String, _ reader: inout TOMLReader
    ) -> String? {
        if case .string(let typed) = node.value {
            let url = TypedAddress.completed(typed, hostNames: reader.hostNames)
            if ChannelConfig.isFileAddress(url) { return url }
        }
        reader.mismatch(node, at: path, expected: "an address such as \"\(example)\"")
        return nil
    }

    /// What a command can be told: one line, and no slash, which stands between a channel and a thing of its.
    private static func name(_ node: TOMLNode, at path: [String], _ reader: inout TOMLReader) -> String? {
        if case .string(let text) = node.value, ChannelConfig.isName(text) { return text }
        reader.mismatch(node, at: path, expected: "a name of at most 40 characters, without a slash")
        return nil
    }

    private static func source(
        _ node: TOMLNode, at path: [String], kinds: [ChannelConfig.Kind], _ reader: inout TOMLReader
    ) -> ChannelConfig.Source? {
        guard let table = reader.table(node, at: path) else { return nil }
        var kind: ChannelConfig.Kind?
        var url: String?
        var api: String?
        for (key, value) in table.entries {
            switch key {
            case "kind":
                kind = reader.string(value, at: path + [key], oneOf: kinds.map(\.rawValue)).flatMap {
                    .init(rawValue: $0)
                }
            case "url": url = origin(value, at: path + [key], &reader)
            case "api": api = address(value, at: path + [key], such: "https://shop.example/wp-json/", &reader)
            default: reader.unknown(key, value, known: ["kind", "url", "api"])
            }
        }
        guard let kind, let url else { return nil }
        if api != nil, kind != .woocommerce {
            reader.complain(node, "api is for kind = \"woocommerce\"")
            api = nil
        }
        return .init(kind, url, api: api)
    }

    static func origin(_ node: TOMLNode, at path: [String], _ reader: inout TOMLReader) -> String? {
        if case .string(let typed) = node.value {
            let url = TypedAddress.completed(typed, hostNames: reader.hostNames)
            if let origin = HTTPOrigin(url), origin.scheme == "https" || origin.isLoopback { return url }
        }
        reader.mismatch(
            node, at: path, expected: "an address such as \"https://shop.example\" (http for this machine only)")
        return nil
    }
}

extension ChannelConfig {
    /// https, or http for this machine, and nothing that is no address.
    package static func isFileAddress(_ text: String) -> Bool {
        guard let origin = HTTPOrigin(text), origin.scheme == "https" || origin.isLoopback else { return false }
        return text.utf8.count <= 2048 && text.utf8.allSatisfy { 0x21...0x7E ~= $0 } && !text.contains("#")
    }

    package static func isName(_ text: String) -> Bool {
        (1...40).contains(text.count) && text.contains { !$0.isWhitespace } && !text.contains("/")
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
