import Glibc

/// A file that the user has named for what a command makes: a screen may show an address, so it is for this user alone.
package enum OutputFile {
    /// One line for a person.
    package struct Failure: Error, CustomStringConvertible { package let description: String }

    /// Puts a text in the place of what is in the file. A link is followed into no other file, but to a device or an open file
    /// of the process, such as /dev/stdout.
    package static func write(_ text: String, to path: String) throws(Failure) {
        let isSystem = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
        let descriptor = open(
            path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | (isSystem ? 0 : O_NOFOLLOW | O_NONBLOCK), 0o600)
        guard descriptor >= 0 else {
            throw Failure(description: errno == ELOOP ? "it is a symbolic link" : reason(errno))
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(description: reason(count < 0 ? errno : EIO)) }
            written += count
        }
    }

    /// Why the system does not write.
    package static func reason(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "the disk is full"
        case EFBIG: "files may not be that large here (ulimit -f)"
        case EBADF: "it is closed"
        default: String(cString: strerror(code))
        }
    }
}
