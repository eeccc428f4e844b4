import Commands
import Diagnostics
import Lines
import Providers
import Settings
import Text

/// A channel that a command is about, and where it is.
struct ChannelTarget {
    var title: String
    var source: ChannelConfig
    /// Key that local data are kept under; nil takes the shop's origin.
    var scope: String?

    /// - Returns: none where nothing is configured, or where there is no such channel.
    static func targets(of choice: ChannelChoice, _ config: Config) -> [ChannelTarget] {
        switch choice {
        case .server(let address): [server(address)]
        case .demo(let address, let scope): [server(address, scope: scope)]
        case .channel(let name): configured(config).filter { $0.title == name }
        case .configured: configured(config)
        }
    }

    private static func configured(_ config: Config) -> [ChannelTarget] {
        config.allChannels.map { ChannelTarget(title: $0.title, source: $0.source) }
    }

    private static func server(_ address: String, scope: String? = nil) -> ChannelTarget {
        ChannelTarget(
            title: Config.title(ofServer: address), source: ChannelConfig(name: "", shop: .init(.vitrine, address)),
            scope: scope)
    }

    /// Why there is nobody to ask.
    static func none(for choice: ChannelChoice, _ config: Config, _ paths: XDGPaths) -> CommandFailure {
        if case .channel(let name) = choice {
            let names = configured(config).map(\.title).joined(separator: ", ")
            let known = names.isEmpty ? "there is none; ‘vitrine channel add URL’ adds one" : "there are: " + names
            return CommandFailure(.usage, "--channel \(SafeText(name)): \(known)")
        }
        return CommandFailure(
            .usage,
            "no server: name one with --server or in \(paths.configFile), add one with ‘vitrine channel add URL’, or try ‘vitrine demo’"
        )
    }

    /// The kind of shop that stands there.
    func provider() throws -> any ShopProvider {
        do throws(InvalidShopOrigin) { return try ShopKinds.provider(of: source) } catch {
            throw CommandFailure(.usage, "\(SafeText(Redactor.address(source.source.url))): \(error)")
        }
    }
}

/// The channels that a command is about.
enum ChannelChoice {
    /// All that is in `config.toml`.
    case configured
    /// A channel of `config.toml`, by its name.
    case channel(String)
    /// A server of our own API, by its address.
    case server(String)
    /// The demo's own: local data are kept under its scope, and none of the user's tokens is for it.
    case demo(address: String, scope: String)
}
