import FoundationEssentials

/// A folder for the viewers' file, gone with this object; in memory where that is possible, since a run syncs hundreds of times.
final class Folder: Sendable {
    let path: String
    var file: String { path + "/vitrine.sqlite" }

    init() throws {
        let memory = "/dev/shm"
        let parent =
            FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path()
        path = parent + "/vitrine-simulation-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
