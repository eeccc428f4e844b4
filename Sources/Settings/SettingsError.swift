import Glibc

/// Why a file or folder of the user's cannot be used.
package enum SettingsError: Error, Equatable, Sendable {
    /// Neither `HOME` nor the XDG variable is an absolute path.
    case noHome(variable: String)
    case notAFolder(path: String)
    case notAFile(path: String)
    case symbolicLink(path: String)
    /// A link to a file that is not there.
    case brokenLink(path: String)
    /// A file that may not be written.
    case readOnly(path: String)
    case notOurs(path: String)
    /// `mode`: the permission bits that were found.
    case readableByOthers(path: String, mode: UInt32)
    case tooLarge(path: String, limit: Int)
    case notUTF8(path: String)
    case damaged(path: String, line: Int)
    /// A file of the user's own that is left as it is; `reason` is one line for a person.
    case notChanged(path: String, reason: String)
    /// A token that cannot be kept or sent.
    case illegalToken
    /// The desktop's Secret Service; `reason` is one line for a person.
    case secretService(reason: String)
    /// The system's own refusal; `code` is `errno`.
    case system(path: String, code: Int32)
}

extension SettingsError: CustomStringConvertible {
    /// One line for a person, with the path where there is one; never holds what is in the file.
    package var description: String { path.map { "\($0): \(reason)" } ?? reason }

    /// The same without the path, for those who have said it.
    package var reason: String {
        switch self {
        case .noHome(let variable): "neither HOME nor \(variable) is set; expected an absolute path"
        case .notAFolder: "expected a folder"
        case .notAFile: "expected an ordinary file"
        case .symbolicLink: "this is a symbolic link; a file with secrets must not be one"
        case .brokenLink: "this is a symbolic link to a file that is not there"
        case .readOnly(let path): "it is read-only and stays as it is; say chmod u+w \(path) to let it be changed"
        case .notOurs: "it belongs to another user"
        case .readableByOthers(let path, let mode):
            "it can be read by others (mode \(String(mode, radix: 8))); say chmod 600 \(path)"
        case .tooLarge(_, let limit): "it is larger than \(limit) bytes"
        case .notUTF8: "expected UTF-8 text"
        case .damaged(_, let line): "line \(line): expected a server's address, an account and its token"
        case .notChanged(_, let reason): reason
        case .illegalToken: "the token is empty, too long, or has characters that a token cannot have"
        case .secretService(let reason): "the Secret Service: " + reason
        case .system(_, let code):
            switch code {
            case ENOSPC, EDQUOT: "the disk is full: nothing was saved; free some space"
            case EFBIG: "files may not be that large here (ulimit -f): nothing was saved; set a larger limit"
            default: String(cString: strerror(code))
            }
        }
    }

    private var path: String? {
        switch self {
        case .noHome, .illegalToken, .secretService: nil
        case .notAFolder(let path), .notAFile(let path), .symbolicLink(let path), .brokenLink(let path),
            .readOnly(let path), .notOurs(let path), .readableByOthers(let path, _), .tooLarge(let path, _),
            .notUTF8(let path), .damaged(let path, _),
            .notChanged(let path, _), .system(let path, _):
            path
        }
    }
}
