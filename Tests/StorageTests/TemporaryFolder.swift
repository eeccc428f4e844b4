import FoundationEssentials

/// A folder of its own for one test, gone with its value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "vitrine-" + UUID().uuidString).path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    var file: String { path + "/state/vitrine.sqlite" }

    /// Writes a file below, with the folders it needs.
    func write(_ text: String, to path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func text(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// Makes every byte from `offset` on the same.
    func spoil(_ path: String, from offset: Int) throws {
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in bytes.indices.dropFirst(offset) { bytes[index] = 0xA5 }
        try bytes.write(to: URL(filePath: path))
    }

    deinit {
        // What is left behind in the temporary folder harms no other test.
        try? FileManager.default.removeItem(atPath: path)
    }
}
