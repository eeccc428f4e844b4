import PtyTesting
import TerminalKit
import Testing
import Text

@testable import NcursesTerminal

extension CursesSlowTests {
    /// What links cost on the line while a chat scrolls.
    @Suite struct LinkBytesTests {
        let size = Size(columns: 80, rows: 24)
        let pty: PseudoTerminal
        let terminal: NcursesTerminal

        init() throws {
            pty = try PseudoTerminal(size)
            terminal = try NcursesTerminal(.init(path: pty.path, type: "xterm-256color"))
        }

        private let address: SafeText = "https://shop.example/products/paper-moon-table-lamp"

        /// A chat of which every sixth line has a link, from a line on.
        private func chat(from first: Int, linked: Bool) -> CellGrid {
            var grid = CellGrid(size)
            for row in 0..<size.rows {
                let number = first + row
                let end = grid.put(SafeText("14:31 mika \(number * 7919 % 1000) "), x: 0, y: row, style: .plain)
                guard number % 6 == 0 else {
                    grid.put("what a lamp, number \(number)", x: end, y: row, style: .plain)
                    continue
                }
                let style = linked ? Style.plain.linked(grid.link(to: address)) : .plain
                grid.put(address, x: end, y: row, style: style)
            }
            return grid
        }

        private func bytesOfScrolling(linked: Bool) -> Int {
            terminal.present(chat(from: 0, linked: linked))
            _ = pty.output()
            return (1...60).reduce(0) { bytes, first in
                terminal.present(chat(from: first, linked: linked))
                return bytes + pty.output().count
            }
        }

        /// A link that moves is written anew with its address: that, and no more than that.
        @Test func aLinkThatMovesCostsItsWordsAndItsAddress() {
            let (plain, linked) = (bytesOfScrolling(linked: false), bytesOfScrolling(linked: true))
            let each = (linked - plain) / (60 * 4)
            #expect(each <= 2 * address.width + 64, "\(plain) bytes without links, \(linked) with, \(each) a link")
        }
    }
}
