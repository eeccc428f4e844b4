import DecoderOracle
import Foundation
import SeededRandom
import Testing

/// Whatever comes as a reply is read or refused; `make fuzz` looks for more of the same with libFuzzer.
@Suite struct DamagedReplyTests {
    @Test func repliesThatAreChangedAnyhow() throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures/vitrine", withExtension: nil))
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
        #expect(files.count > 10)
        var random = Seeded(11)
        let pieces = [
            "-", "0", "9", "1e3", "null", "\"\"", "{}", "[]", "\\u0000", "JPY", ",", "\"", "18446744073709551616",
        ]
        for file in files {
            let whole = Array(try Data(contentsOf: file))
            for _ in 0..<40 {
                var body = whole
                for _ in 0...Int.random(in: 0...2, using: &random) where !body.isEmpty {
                    let place = Int.random(in: body.indices, using: &random)
                    let piece = Array((pieces.randomElement(using: &random) ?? "").utf8)
                    body.replaceSubrange(place..<min(body.count, place + piece.count), with: piece)
                }
                // The question is drawn, the status and the type are usually those of an answer.
                let shape: [UInt8] = [
                    .random(in: 0...255, using: &random),
                    Bool.random(using: &random) ? 0 : .random(in: 0...15, using: &random),
                    Bool.random(using: &random) ? 0 : .random(in: 0...3, using: &random),
                ]
                if let violation = DecoderOracle.violation(by: shape + body) {
                    Issue.record("\(violation): \(file.lastPathComponent), \(String(decoding: body, as: UTF8.self))")
                }
            }
        }
    }
}
