import Glibc

/// Why a file or folder of the user's cannot be used.
package enum SettingsError: Error, Equatable, Sendable {
    /// Neither `HOME` nor the XDG variable is an absolute path.
    case noHome(variable: String)
    case notAFolder(path: String)
    case notAFile(path: String)
    case symbolicLink(path: String)
    case notOurs(path: String)
    /// `mode`: the permission bits that were found.
    case readableByOthers(path: String, mode: UInt32)
    case tooLarge(path: String, limit: Int)
    case notUTF8(path: String)
    case damaged(path: String, line: Int)
    /// A token that cannot be kept or sent.
    case illegalToken
    /// The system's own refusal; `code` is `errno`.
    case system(path: String, code: Int32)
}

extension SettingsError: CustomStringConvertible {
    /// One line for a person; never holds what is in the file.
    package var description: String {
        switch self {
        case .noHome(let variable): "neither HOME nor \(variable) is set to an absolute path"
        case .notAFolder(let path): "\(path) is not a folder"
        case .notAFile(let path): "\(path) is not an ordinary file"
        case .symbolicLink(let path): "\(path) is a symbolic link; a file with secrets must not be one"
        case .notOurs(let path): "\(path) belongs to another user"
        case .readableByOthers(let path, let mode):
            "\(path) can be read by others (mode \(String(mode, radix: 8))); say chmod 600 \(path)"
        case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
        case .notUTF8(let path): "\(path) is not UTF-8 text"
        case .damaged(let path, let line): "\(path):\(line): expected a server's address, a space and its token"
        case .illegalToken: "the token is empty, too long, or has characters that a token cannot have"
        case .system(let path, let code): "\(path): \(String(cString: strerror(code)))"
        }
    }
}
