import Synchronization

/// The secrets that this process has seen under a secret name or has sent as credentials: they are secret wherever they
/// stand again, whatever is written beside them. It forgets the oldest, and keeps no text that is too short, or too much like
/// an ordinary word, to be told from others.
final class SecretBook: Sendable {
    /// Of the whole process: a secret of one shop's is none less in the log of another.
    static let shared = SecretBook()

    private static let most = 1024
    private static let shortest = 8
    /// So much of a longer secret is looked for; what follows it up to the end of the word goes with it.
    private static let longest = 64

    private struct State {
        /// The oldest first.
        var values: [[UInt8]] = []
        var known: Set<[UInt8]> = []
        var learned = 0
        var tree = ByteTree()
    }

    private let state = Mutex(State())

    /// Number of secrets that it has learned: it tells when there is a new one.
    var learned: Int { state.withLock { $0.learned } }

    /// - Parameter isCertain: it was sent as a credential, so that it is one whatever it looks like.
    func learn(_ bytes: some Sequence<UInt8>, isCertain: Bool = false) {
        let value = Array(bytes.prefix(Self.longest))
        guard isCertain ? Self.isLong(value) : Self.isTelling(value) else { return }
        state.withLock { state in
            guard state.known.insert(value).inserted else { return }
            state.learned += 1
            state.values.append(value)
            state.tree.insert(value)
            guard state.values.count > Self.most else { return }
            let kept = Array(state.values.suffix(Self.most / 2))
            (state.values, state.known, state.tree) = (kept, Set(kept), ByteTree(kept))
        }
    }

    /// Places of known secrets in the bytes: the longest one at each place. Each byte is looked at a bounded number of times.
    func places(in bytes: [UInt8]) -> [Range<Int>] {
        let tree = state.withLock { $0.tree }
        guard !tree.isEmpty, bytes.count >= Self.shortest else { return [] }
        var found: [Range<Int>] = []
        var place = 0
        while place + Self.shortest <= bytes.count {
            guard let length = tree.match(bytes, at: place) else {
                place += 1
                continue
            }
            var end = place + length
            if length == Self.longest {
                while end < bytes.count, !SecretFinder.endsWord(bytes[end]) { end += 1 }
            }
            found.append(place..<end)
            place = end
        }
        return found
    }

    private static func isLong(_ value: [UInt8]) -> Bool {
        value.count >= shortest && !value.starts(with: Redactor.mark.utf8)
    }

    /// Tells whether it can be told from an ordinary word and from a number of something else.
    private static func isTelling(_ value: [UInt8]) -> Bool {
        guard isLong(value), !value.allSatisfy({ 97...122 ~= $0 || $0 == 0x20 }) else { return false }
        return value.count >= 12 || !value.allSatisfy { 48...57 ~= $0 || "+- .:".utf8.contains($0) }
    }
}

/// Byte strings by their beginnings.
private struct ByteTree {
    /// A node with the next byte leads to a node.
    private var edges: [UInt32: UInt32] = [:]
    private var ends: Set<UInt32> = []
    private var count: UInt32 = 1

    init() {}

    init(_ values: [[UInt8]]) { for value in values { insert(value) } }

    var isEmpty: Bool { ends.isEmpty }

    mutating func insert(_ value: [UInt8]) {
        var node: UInt32 = 0
        for byte in value {
            let edge = node << 8 | UInt32(byte)
            if let next = edges[edge] {
                node = next
            } else {
                edges[edge] = count
                node = count
                count += 1
            }
        }
        ends.insert(node)
    }

    /// The length of the longest string that begins there; nil where none does.
    func match(_ bytes: [UInt8], at start: Int) -> Int? {
        var node: UInt32 = 0
        var longest: Int?
        var place = start
        while place < bytes.count, let next = edges[node << 8 | UInt32(bytes[place])] {
            node = next
            place += 1
            if ends.contains(node) { longest = place - start }
        }
        return longest
    }
}
