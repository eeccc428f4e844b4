import Glibc
import Synchronization

/// A folder whose name is no UTF-8, which no text can hold: it is held open, and reached by way of that.
package enum UnreadableFolder {
    private struct Held {
        let descriptor: Int32
        /// As bytes.
        let name: [UInt8]

        var path: String { "/proc/self/fd/\(descriptor)" }
        var shown: String { String(decoding: name, as: UTF8.self) }
    }

    private static let held = Mutex<[Held]>([])

    /// The folder that a variable of this process's environment names, where its name is no UTF-8.
    /// - Parameter text: the variable as text, in which what cannot be read is U+FFFD.
    /// - Returns: nil where the name can be read.
    /// - Throws: `SettingsError` where there is no such folder: none is made under another name.
    static func path(of variable: String, as text: String) throws(SettingsError) -> String? {
        guard text.unicodeScalars.contains("\u{FFFD}"), let raw = getenv(variable),
            String(validatingCString: raw) == nil
        else { return nil }
        let name = Array(UnsafeBufferPointer(start: raw, count: strlen(raw))).map { UInt8(bitPattern: $0) }
        if let known = held.withLock({ $0.first { $0.name == name } }) { return known.path }
        let descriptor = open(raw, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: text, code: errno) }
        let folder = Held(descriptor: descriptor, name: name)
        held.withLock { $0.append(folder) }
        return folder.path
    }

    /// For a program that is to reach the same folders.
    package static var descriptors: [Int32] { held.withLock { $0.map(\.descriptor) } }

    /// A text for a person, with the names of such folders as far as they can be read.
    package static func shown(_ text: String) -> String {
        held.withLock { $0 }.reduce(text) { $0.replacing($1.path + "/", with: $1.shown + "/") }
    }
}
