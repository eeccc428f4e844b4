import Diagnostics
import FoundationEssentials
import Providers

/// The law of time: what is read of a stranger's text takes time by the byte, whatever it repeats. A piece of any bytes is
/// repeated until it is as long as a page, since work that grows with the square of the length shows itself there.
package enum TimeLaw {
    /// What reads such texts.
    private static let readers: [@Sendable (String) -> Void] = [
        { _ = HTMLText.plain($0) }, { _ = HTMLText.lines($0, limit: 2000) }, { _ = HTMLText.links($0) },
        { _ = HTMLText.decodingEntities($0) }, { _ = Redactor.text($0) }, { _ = Redactor.body(Data($0.utf8)) },
        { _ = Redactor.address($0) },
    ]

    private static let length = 96 << 10
    /// Of a fuzzer's slow build: 60 times what a linear reader takes, and a fifth of what the quadratic ones took.
    package static let longest = Duration.seconds(4)

    /// - Parameter bytes: one that says who reads, one that says where the piece is split, then the piece: its first part is
    ///   repeated, then its second, as tags that open and those that close are.
    /// - Returns: how long it took, if that was too long.
    package static func violation(by bytes: some Collection<UInt8>) -> String? {
        let shape = Array(bytes.prefix(2))
        let piece = Array(bytes.dropFirst(2))
        guard shape.count == 2, !piece.isEmpty else { return nil }
        let split = Int(shape[1]) % piece.count
        let text = repeated(piece[split...]) + repeated(piece[..<split])
        let start = ContinuousClock.now
        readers[Int(shape[0]) % readers.count](text)
        let took = ContinuousClock.now - start
        return took > longest ? "\(text.utf8.count) bytes took \(took)" : nil
    }

    private static func repeated(_ piece: ArraySlice<UInt8>) -> String {
        guard !piece.isEmpty else { return "" }
        return String(repeating: String(decoding: piece, as: UTF8.self), count: length / 2 / piece.count + 1)
    }
}
