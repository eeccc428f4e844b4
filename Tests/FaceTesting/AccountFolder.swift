import FoundationEssentials

/// A folder for the accounts of one test, gone with its value.
package final class AccountFolder: Sendable {
    private let path: String

    package init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "vitrine-" + UUID().uuidString).path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    package var file: String { path + "/accounts" }

    deinit {
        // What is left behind in the temporary folder harms no other test.
        try? FileManager.default.removeItem(atPath: path)
    }
}
