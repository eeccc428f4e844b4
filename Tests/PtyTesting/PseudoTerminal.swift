import Glibc
import TerminalKit

/// A pseudo-terminal whose master side the test holds: what the program writes is read here, what is written here it
/// reads as typed.
package final class PseudoTerminal {
    package let master: Int32
    package let path: String

    package init(_ size: Size = Size(columns: 40, rows: 10)) throws {
        // Glibc's module hides posix_openpt and ptsname behind a feature macro; these are what they do.
        let unlock: UInt = 0x4004_5431
        let number: UInt = 0x8004_5430
        var isLocked: Int32 = 0
        var index: Int32 = 0
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard master >= 0, ioctl(master, unlock, &isLocked) == 0, ioctl(master, number, &index) == 0 else {
            throw Failure(code: errno)
        }
        path = "/dev/pts/\(index)"
        resize(size)
    }

    deinit { hangUp() }

    package struct Failure: Error { package let code: Int32 }

    private var isOpen = true

    package func hangUp() {
        if isOpen { close(master) }
        isOpen = false
    }

    package func resize(_ size: Size) {
        var window = winsize(
            ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    }

    /// Everything written so far; what one side wrote the other can read at once.
    package func output() -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    package func type(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(master, $0.baseAddress, $0.count) }
    }

    /// The modes of the program's side.
    package var modes: [UInt32] {
        var modes = termios()
        tcgetattr(master, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}
