import Glibc

/// A folder of the test's own, which is gone afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
    struct NoFolder: Error {}
    var template = Array("/tmp/vitrine-settings-XXXXXX".utf8CString)
    guard let path = mkdtemp(&template).map({ String(cString: $0) }) else { throw NoFolder() }
    defer { removeAll(path) }
    try body(path)
}

private func removeAll(_ path: String) {
    if mode(path).map({ $0 & S_IFMT == S_IFDIR }) == true {
        for name in names(in: path) { removeAll("\(path)/\(name)") }
    }
    remove(path)
}

/// Permission bits and kind.
func mode(_ path: String) -> mode_t? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode : nil
}

func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
}
