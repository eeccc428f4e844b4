import FoundationEssentials
import Glibc

/// The programs under test, built beside the test bundle.
enum Binaries {
    static let vitrine = path(of: "vitrine")
    static let server = path(of: "vitrine-server")
    static let movedClock = path(of: "libMovedClock.so")

    private static func path(of name: String) -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        for start in [own] + CommandLine.arguments {
            var folder = start[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                let candidate = folder + "/" + name
                var facts = stat()
                if stat(String(candidate), &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
                    access(String(candidate), X_OK) == 0
                {
                    return String(candidate)
                }
            }
        }
        return name
    }
}
