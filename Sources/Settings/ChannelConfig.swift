import HTTPTransport

/// A `[[channel]]` of `config.toml`: a server of our own API, or a shop of another kind.
package struct ChannelConfig: Sendable, Equatable {
    /// What stands at an address.
    package enum Kind: String, Sendable, CaseIterable {
        case vitrine, woocommerce
    }

    package struct Source: Sendable, Equatable {
        package var kind: Kind
        /// Scheme, host and port: https, or http for this machine.
        package var url: String

        package init(_ kind: Kind, _ url: String) {
            self.kind = kind
            self.url = url
        }
    }

    /// How the user calls it: on screens, and where a command is told which one is meant.
    package var name: String
    package var shop: Source

    package init(name: String, shop: Source) {
        self.name = name
        self.shop = shop
    }

    /// The server of our own API, where it is one.
    package var server: String? { shop.kind == .vitrine ? shop.url : nil }

    /// As it stands in `config.toml`.
    package var toml: String {
        let place =
            server.map { "server = \(TOMLText.quoted($0))" }
            ?? "shop = { kind = \(TOMLText.quoted(shop.kind.rawValue)), url = \(TOMLText.quoted(shop.url)) }"
        return "[[channel]]\nname = \(TOMLText.quoted(name))\n\(place)\n"
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
        var (name, shop): (String?, ChannelConfig.Source?)
        for (key, value) in table.entries {
            let path = ["channel", key]
            switch key {
            case "name": name = self.name(value, at: path, &reader)
            case "server": shop = origin(value, at: path, &reader).map { .init(.vitrine, $0) } ?? shop
            case "shop": shop = source(value, at: path, kinds: [.woocommerce], &reader) ?? shop
            default: reader.unknown(key, value, known: ["name", "server", "shop"])
            }
        }
        guard let name else {
            reader.complain(node, "a channel needs a name, such as name = \"Lamps\"")
            return nil
        }
        guard let shop else {
            reader.complain(node, "the channel \(quoted(name)) has no server and no shop that can be used")
            return nil
        }
        return ChannelConfig(name: name, shop: shop)
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
        for (key, value) in table.entries {
            switch key {
            case "kind":
                kind = reader.string(value, at: path + [key], oneOf: kinds.map(\.rawValue)).flatMap {
                    .init(rawValue: $0)
                }
            case "url": url = origin(value, at: path + [key], &reader)
            default: reader.unknown(key, value, known: ["kind", "url"])
            }
        }
        guard let kind, let url else { return nil }
        return .init(kind, url)
    }

    static func origin(_ node: TOMLNode, at path: [String], _ reader: inout TOMLReader) -> String? {
        if case .string(let url) = node.value, let origin = HTTPOrigin(url) {
            if origin.scheme == "https" || origin.isLoopback { return url }
        }
        reader.mismatch(
            node, at: path, expected: "an address such as \"https://shop.example\" (http for this machine only)")
        return nil
    }
}

extension ChannelConfig {
    package static func isName(_ text: String) -> Bool {
        (1...40).contains(text.count) && text.contains { !$0.isWhitespace } && !text.contains("/")
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
