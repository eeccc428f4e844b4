import FoundationEssentials
import Glibc

/// Reason why a test cannot go on.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// A folder that goes with the value.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        var template = Array("/tmp/vitrine-e2e-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw TestFailure(description: "mkdtemp: \(errno)") }
        path = String(cString: made)
    }

    deinit { remove() }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
