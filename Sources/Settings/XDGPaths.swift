import Glibc

/// The program's four folders by the XDG Base Directory specification, each ending in `/vitrine`.
package struct XDGPaths: Sendable, Equatable {
    /// What the user writes.
    package let config: String
    /// What must be kept.
    package let data: String
    /// What is kept from one run to the next, but belongs to this machine: tokens, logs, history.
    package let state: String
    /// What can be had again.
    package let cache: String

    package var configFile: String { config + "/config.toml" }
    package var logFile: String { state + "/vitrine.log" }
    package var accountFile: String { state + "/accounts" }

    /// - Parameter environment: a relative path in it is ignored, as the specification says.
    package init(environment: [String: String]) throws(SettingsError) {
        func folder(_ variable: String, _ standard: String) throws(SettingsError) -> String {
            if let path = environment[variable], path.hasPrefix("/") {
                return Self.joined(try UnreadableFolder.path(of: variable, as: path) ?? path, "vitrine")
            }
            guard let home = environment["HOME"], home.hasPrefix("/") else { throw .noHome(variable: variable) }
            return Self.joined(try UnreadableFolder.path(of: "HOME", as: home) ?? home, standard + "/vitrine")
        }
        config = try folder("XDG_CONFIG_HOME", ".config")
        data = try folder("XDG_DATA_HOME", ".local/share")
        state = try folder("XDG_STATE_HOME", ".local/state")
        cache = try folder("XDG_CACHE_HOME", ".cache")
    }

    /// Makes the folder and those above it where they are missing, for this user alone. What is there stays as it is.
    package static func create(_ folder: String) throws(SettingsError) {
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/" + part
            // Asked before made: a folder above may be one that only root may write to, and yet exist.
            if try isFolder(path) { continue }
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system(path: path, code: errno) }
            // Another copy of the program may have been first, with something else.
            guard try isFolder(path) else { throw .notAFolder(path: path) }
        }
    }

    /// Makes all four.
    package func createAll() throws(SettingsError) {
        for folder in [config, data, state, cache] { try Self.create(folder) }
    }

    private static func isFolder(_ path: String) throws(SettingsError) -> Bool {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            if errno == ENOENT { return false }
            throw errno == ENOTDIR ? .notAFolder(path: path) : .system(path: path, code: errno)
        }
        guard facts.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(path: path) }
        return true
    }

    private static func joined(_ folder: String, _ name: String) -> String {
        var folder = folder[...]
        while folder.hasSuffix("/") { folder.removeLast() }
        return "\(folder)/\(name)"
    }
}
