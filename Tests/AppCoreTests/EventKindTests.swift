import Foundation
import Testing

/// A new kind of event in a show touches its value, its wire form, its fold, what it means for whoever watches, its line, and
/// what draws it. The kinds that mean least show what each has to touch.
@Suite struct EventKindTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")

    /// The files that have to do with a kind of event; the demo, which makes them up, is left out.
    private static func files(with kind: String) throws -> [String] {
        let pattern = try Regex("\\.\(kind)\\b *[(,:]|case \(kind)\\(")
        let all = FileManager.default.enumerator(atPath: sources.path)
        return try (all?.compactMap { $0 as? String } ?? []).filter { path in
            guard path.hasSuffix(".swift"), !path.hasPrefix("DemoWorld") else { return false }
            return try String(contentsOf: sources.appending(path: path), encoding: .utf8).contains(pattern)
        }
    }

    @Test(arguments: ["reactions", "offerStarted", "offerEnded"])
    func isKnownToFewFiles(kind: String) throws {
        let files = try Self.files(with: kind)
        #expect(files.contains("Domain/Timeline.swift") && files.contains("Domain/ShowFold.swift"))
        #expect(files.count <= 8, "\(files.sorted())")
    }
}
