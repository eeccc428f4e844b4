import FieldOracle
import Foundation
import Testing

/// What strangers write stays in its field; `make fuzz` looks for more of the same with libFuzzer.
@Suite struct FieldTests {
    /// Pieces of what breaks screens, put together anyhow, and single bytes changed.
    @Test func anyBytesStayInTheirField() {
        let pieces = [
            "\u{1B}[2J", "\u{1B}]0;owned\u{7}", "\u{9B}6n", "\r", "\n", "\t", "\u{8}", "\u{202E}", "\u{2066}",
            "\u{200B}",
            "\u{200D}", "\u{FE0F}", "\u{20E3}", "\u{1F3FD}", "\u{E0041}", "李", "。", "「", "🔥", "👩🏽\u{200D}🚀", "🇨", "🇭",
            "नमस्ते", "ﷺ", "ליל", "e\u{301}\u{302}\u{303}\u{304}\u{305}", "한", "\u{1100}", "\u{1161}", "\u{11A8}", " ",
            "-", "1",
            "word ", "\u{3164}", "\u{3000}", "\u{600}", "\u{E33}", "\u{FFFF}", "\u{0}",
        ].map { Array($0.utf8) }
        var random = SplitMix(state: 3)
        for _ in 0..<8000 {
            var bytes = (0..<4).map { _ in UInt8(random.next(256)) }
            for _ in 0..<random.next(24) { bytes += pieces[random.next(pieces.count)] }
            if random.next(4) == 0 { bytes[random.next(bytes.count)] = UInt8(random.next(256)) }
            if let violation = FieldOracle.violation(by: bytes) { Issue.record("\(violation) by \(bytes)") }
        }
    }

    /// What the fuzzer has found interesting, and all that it ever found wrong.
    @Test func theFuzzersSeeds() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../FieldOracle/Seeds")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let violation = FieldOracle.violation(by: try Data(contentsOf: file))
            #expect(violation == nil, "\(file.lastPathComponent)")
        }
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
