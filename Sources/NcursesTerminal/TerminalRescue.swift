import CRescue
import Glibc

/// Gives a terminal its modes back when the process dies, for those who change them without a screen. One at a time.
package enum TerminalRescue {
    /// To be called before the modes are changed; signals that are handled by then are left to whoever handles them.
    package static func install(_ descriptor: Int32, modes: termios) {
        var modes = modes
        _ = rescue_install(descriptor, &modes, "", 0)
    }

    /// To be called when the modes are as they were.
    package static func remove() { rescue_remove() }
}
