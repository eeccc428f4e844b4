import AppCore
import Domain
import Engine
import HTTPTransport
import Logging
import Providers
import Settings
import ShopAccess
import Storage
import Text
import ViewerUI

/// Everything that lines and commands work with. Listing asks a channel's shop; whatever changes something, or waits for
/// something to happen, goes through the engine.
package final class Session {
    package let channels: [ChannelAccess]
    package let store: Store
    package let config: Config
    package let log: Logger
    package let clock: LoopClock
    /// File that accounts are kept in, for a person to look at.
    package let accountFile: String
    /// Host names as the network reads them.
    package let hostNames: HostNames
    /// Way of waiting for the engine; the dialogue listens meanwhile.
    package var pause: Engine.Pause = Engine.sleep
    /// Way of letting a pause pass; false where somebody wants something else. A test lets no time pass.
    package var sleeps: ((Duration) -> Bool)?
    /// Front end that asks; what it is told to do next is said in its words.
    package var face = Face.command
    private let pointing: Pointing
    private var madeEngine: Engine?

    /// Option that makes another command be about the same channel.
    package enum Pointing: Sendable {
        /// What is configured is meant anyway.
        case none
        case server(String)
        /// The channel by its name.
        case channel
    }

    /// - Parameter channels: at least one.
    package init(
        channels: [ChannelAccess], store: Store, config: Config, log: Logger, clock: LoopClock, accountFile: String,
        hostNames: HostNames, pointing: Pointing
    ) {
        precondition(!channels.isEmpty)
        self.channels = channels
        self.store = store
        self.config = config
        self.log = log
        self.clock = clock
        self.accountFile = accountFile
        self.hostNames = hostNames
        self.pointing = pointing
    }

    /// The engine, which knows what the local store knew and asks for nothing by itself. Made when it is needed first.
    package func engine() throws -> Engine {
        if let madeEngine { return madeEngine }
        do {
            let engine = try Engine(channels: channels, store: store, log: log, clock: clock)
            let stored = try store.storedStates(of: channels.map(\.scope), now: now)
            engine.send(.loaded(stored, budget: config.budget, mutes: config.mute.map { SafeText($0) }))
            madeEngine = engine
            return engine
        } catch { throw CommandFailure(.network, "\(error)") }
    }

    package var now: Timestamp { clock.now }
    /// Time on the clock on the wall, read anew: days and months go by it.
    package var wall: Timestamp { clock.wall }

    /// Lets time pass with nothing to do.
    /// - Returns: false where somebody wants something else.
    package func letPass(_ duration: Duration) -> Bool {
        if let sleeps { return sleeps(duration) }
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end { guard pause(-1, end) else { return false } }
        return true
    }

    /// Writes out what is still to be written.
    package func close() { store.drain() }

    // MARK: Channels

    /// Place of a channel in the list, which the names of what it has carry.
    package func place(of channel: ChannelAccess) -> Channel {
        channels.firstIndex { $0 === channel }.map { Channel($0) } ?? .first
    }

    package func access(to channel: Channel) -> ChannelAccess {
        channels.indices.contains(channel.index) ? channels[channel.index] : channels[0]
    }

    /// Words before an id where there are several channels: `Lamps/`.
    package func prefix(of channel: ChannelAccess) -> String { channels.count > 1 ? channel.title + "/" : "" }

    /// The channel that an id names, as lists print them, and the id as the channel's shop knows it.
    package func choose(_ id: String) throws -> (channel: ChannelAccess, id: String) {
        guard channels.count > 1 else { return (channels[0], id) }
        guard let named = channelNamed(at: id) else {
            let names = channels.map { "\($0.title)/" }.joined(separator: ", ")
            let option = face == .command ? " or add --channel" : ""
            throw CommandFailure(
                .usage, of: SafeText(id).string, "of which channel? Begin with one of \(names)\(option)")
        }
        return (named, String(id.dropFirst(named.title.count + 1)))
    }

    /// The channel that the beginning of an id names; the longest of several names that stand there.
    private func channelNamed(at id: String) -> ChannelAccess? {
        channels.filter { id.hasPrefix($0.title + "/") }.max { $0.title.count < $1.title.count }
    }

    /// Words of a line with those in one that together name something of a channel: `Ana’s lamps/MV-101` is two words, and one
    /// name.
    package func joiningName(in words: [String]) -> [String] {
        guard channels.count > 1, !words.isEmpty else { return words }
        let found = channels.compactMap { channel -> (name: String, count: Int)? in
            let title = channel.title.split(whereSeparator: \.isWhitespace).map { String($0) }
            guard let last = title.last, words.count >= title.count, words.starts(with: title.dropLast()),
                words[title.count - 1].hasPrefix(last + "/")
            else { return nil }
            return (channel.title + words[title.count - 1].dropFirst(last.count), title.count)
        }
        guard let longest = found.max(by: { $0.count < $1.count }) else { return words }
        return [longest.name] + words.dropFirst(longest.count)
    }

    /// The channel of some that has a name; white space is as much as somebody typed.
    package static func channel(named name: String, in channels: [ChannelAccess]) -> ChannelAccess? {
        let words = name.split(whereSeparator: \.isWhitespace)
        return channels.first { $0.title.split(whereSeparator: \.isWhitespace) == words }
    }

    /// The only channel, for output that has no place for a channel's name.
    @discardableResult
    package func onlyChannel(for option: String) throws -> ChannelAccess {
        guard channels.count == 1 else {
            let names = channels.map { Self.shellWord($0.title) }.joined(separator: ", ")
            throw CommandFailure(.usage, "\(option) is of one channel: add --channel NAME, one of \(names)")
        }
        return channels[0]
    }

    /// An address as a person types it, in full.
    package func completeAddress(_ typed: String) -> String { TypedAddress.completed(typed, hostNames: hostNames) }

    // MARK: Hints

    /// Such as `vitrine address --ask --channel 'Ana’s lamps'`: a command that a person can paste into a shell.
    package func command(_ words: String..., at channel: ChannelAccess) -> String {
        (["vitrine"] + words.map { Self.shellWord($0) }).joined(separator: " ") + pointing(at: channel)
    }

    private func pointing(at channel: ChannelAccess) -> String {
        switch pointing {
        case .none: ""
        case .server(let address): " --server " + Self.shellWord(address)
        case .channel: " --channel " + Self.shellWord(channel.title)
        }
    }

    /// Says how a variant is bought, one of several or the only one.
    package func hintToBuy(_ sku: SKU, of product: Product, at channel: ChannelAccess) -> String {
        "To buy \(product.variants.count > 1 ? "one" : "it"): "
            + words(for: .buy(sku), at: channel) + " --max-total AMOUNT"
    }

    /// A text as a shell reads it as one word, with nothing in it that means something to the shell.
    package static func shellWord(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_./:@%+=,".unicodeScalars.contains(scalar)
            }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
