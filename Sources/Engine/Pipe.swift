import Glibc

/// The two ends of a pipe, closed when the process runs another program.
package struct Pipe: Sendable {
    package let reading: Int32
    package let writing: Int32

    /// - Throws: `SystemFailure` where the process has no descriptors left.
    package init() throws(SystemFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemFailure("pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }
}
