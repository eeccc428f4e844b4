import CNcurses
import CRescue
import Glibc
import TerminalKit
import Text

/// A real terminal, drawn by ncurses. One at a time, used from the main thread alone.
package final class NcursesTerminal: Terminal {
    package struct Options: Sendable {
        /// The tty to use; the controlling terminal when nil.
        package var path: String?
        /// The terminal's type; TERM when nil.
        package var type: String?
        package var mouse: Bool
        /// The file that takes what is written to standard error while the screen is up, where that is a terminal. A
        /// crash ends with a line on the terminal that names it.
        package var errorLog: String?

        package init(path: String? = nil, type: String? = nil, mouse: Bool = true, errorLog: String? = nil) {
            self.path = path
            self.type = type
            self.mouse = mouse
            self.errorLog = errorLog
        }
    }

    /// How long giving the screen back may wait for a terminal that has stopped reading.
    private static let closingPatience = Duration.milliseconds(250)

    private enum State { case open, suspended, closed }

    private let device: TerminalDevice
    private let output: OutputQueue
    private let screen: OpaquePointer
    private let modes: ScreenModes
    private let errorLog: String?
    private var diversion: ErrorDiversion?
    private var writer: ScreenWriter
    private var decoder: KeyDecoder
    private var state = State.open
    private var hasEnded = false
    /// Told at the next `readEvents`.
    private var events: [InputEvent] = []
    /// What curses was last given.
    private var shown: CellGrid
    /// The newest grid that came while the one before was being written.
    private var waiting: CellGrid?
    private var waitingTitle: SafeText?
    private var usesMouse: Bool
    private var inputBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8192, alignment: 16)

    package private(set) var size: Size
    package let hasColors: Bool

    package init(_ options: Options = Options()) throws(TerminalError) {
        ScreenLocale.choose()
        device = try TerminalDevice(path: options.path)
        output = try OutputQueue(device: device)
        screen = try CursesScreen.start(on: output.file, type: options.type)
        size = device.size ?? Size(columns: 80, rows: 24)
        CursesScreen.configure(size)
        hasColors = ColorQuantizer(colors: Int(curses_colors())).colors > 0
        modes = ScreenModes()
        usesMouse = options.mouse
        errorLog = options.errorLog
        writer = ScreenWriter()
        decoder = KeyDecoder(table: KeyTable.ofTerminal())
        shown = CellGrid(size)
        takeScreen()
        output.append(CursesScreen.margins(size))
    }

    deinit {
        close()
        inputBuffer.deallocate()
    }

    // MARK: Output

    package var outputDescriptor: Int32? { state == .open && output.isWriting ? device.descriptor : nil }

    package func present(_ grid: CellGrid) {
        guard state == .open, !hasEnded else { return }
        if output.isWriting {
            waiting = grid
        } else {
            draw(grid)
        }
    }

    package func flushOutput() {
        output.pump()
        guard !output.isWriting, state == .open else { return }
        if let title = waitingTitle { setTitle(title) }
        if let grid = waiting {
            waiting = nil
            draw(grid)
        }
    }

    private func draw(_ grid: CellGrid) {
        let (stale, fresh) = modes.hasLinks ? grid.changedLinks(since: shown) : ([], [])
        // A terminal keeps a link with the character it came with, and curses writes only characters that change: where a
        // link goes or comes, the cells are blank for curses in between. All of it is one write to the terminal.
        if !stale.isEmpty {
            var bare = shown
            for span in stale { bare.fill(span.area, .plain) }
            if put(bare) { CursesScreen.update(cursor: shown.cursor) }
        }
        var growing = grid
        for span in fresh { growing.fill(span.area, .plain) }
        let hasChanged = put(growing)
        if hasChanged || grid.cursor != shown.cursor || !fresh.isEmpty { CursesScreen.update(cursor: grid.cursor) }
        for span in fresh { draw(span, of: grid, into: &growing) }
        if !fresh.isEmpty { CursesScreen.update(cursor: grid.cursor) }
        shown.cursor = grid.cursor
        shown.adoptLinks(of: grid)
        output.pump()
    }

    /// Curses may move the cursor by writing again what it passes: within the link it stays where the link's cells are.
    private func draw(_ span: LinkSpan, of grid: CellGrid, into growing: inout CellGrid) {
        let link = modes.link(span.address)
        CursesScreen.settle(at: Point(x: span.columns.lowerBound, y: span.row))
        output.append(link.begin)
        growing.copy(span.columns, row: span.row, from: grid)
        _ = put(growing)
        CursesScreen.settle(at: Point(x: min(span.columns.upperBound, size.columns - 1), y: span.row))
        output.append(link.end)
    }

    /// Hands curses what differs from what is shown; returns whether anything does.
    private func put(_ grid: CellGrid) -> Bool {
        var hasChanged = false
        for y in 0..<min(grid.size.rows, size.rows) {
            guard let columns = grid.changedColumns(row: y, since: shown) else { continue }
            writer.write(columns, row: y, of: grid)
            shown.copy(columns, row: y, from: grid)
            hasChanged = true
        }
        return hasChanged
    }

    package func bell() {
        guard state == .open, !output.isWriting else { return }
        output.append("\u{07}")
        output.pump()
    }

    package func setTitle(_ title: SafeText) {
        guard state == .open else { return }
        guard !output.isWriting else {
            waitingTitle = title
            return
        }
        waitingTitle = nil
        output.append(modes.title(title))
        output.pump()
    }

    package func copy(_ text: SafeText) {
        guard state == .open else { return }
        output.append(modes.clip(text))
        output.pump()
    }

    package func useMouse(_ isUsed: Bool) {
        guard isUsed != usesMouse else { return }
        usesMouse = isUsed
        guard state == .open else { return }
        output.append(modes.mouse(isUsed))
        output.pump()
    }

    // MARK: Input

    package var inputDescriptor: Int32? { state == .open && !hasEnded ? device.descriptor : nil }

    package var nextInputDeadline: ContinuousClock.Instant? { decoder.deadline }

    package func readEvents() -> [InputEvent] {
        guard state == .open else { return [] }
        receive(into: &events)
        defer { events.removeAll() }
        return events
    }

    private func receive(into events: inout [InputEvent]) {
        let now = ContinuousClock.now
        // A bound, so that a flood of input leaves the loop time to draw.
        for _ in 0..<8 where !hasEnded {
            switch device.read(into: inputBuffer) {
            case .bytes(let count):
                decoder.feed(inputBuffer[..<count], now: now)
                decoder.decode(now: now, into: &events)
            case .nothing:
                decoder.decode(now: now, into: &events)
                return
            case .ended:
                hasEnded = true
                events.append(.endOfInput)
            }
        }
    }

    package func flushInput() {
        guard state == .open else { return }
        var discarded: [InputEvent] = []
        // Read and decoded rather than thrown away unseen: half a paste must not come out as keys later.
        receive(into: &discarded)
        decoder.discardUnfinished()
        events += discarded
        events.removeAll(where: \.isTyped)
    }

    package func noticeResize() {
        guard state == .open, let size = device.size, size != self.size else { return }
        self.size = size
        shown = CellGrid(size)
        waiting = nil
        CursesScreen.resize(size)
        output.append(CursesScreen.margins(size))
        events.append(.resize(size))
    }

    // MARK: Coming and going

    package func suspend() {
        guard state == .open else { return }
        giveScreenBack()
        state = .suspended
    }

    package func resume() {
        guard state == .suspended else { return }
        state = .open
        takeScreen()
        if shown.links.isEmpty {
            CursesScreen.repaint()
            output.pump()
        } else {
            // Curses knows nothing of links: they are drawn anew like everything else.
            let last = shown
            shown = CellGrid(size)
            CursesScreen.resize(size)
            draw(last)
        }
        noticeResize()
    }

    package func close() {
        guard state != .closed else { return }
        if state == .open { giveScreenBack() }
        state = .closed
        delscreen(screen)
    }

    private func takeScreen() {
        // First: a death between the two would leave the terminal raw.
        var modesBefore = device.original
        var restore = modes.restore
        restore.withUTF8 { _ = rescue_install(device.descriptor, &modesBefore, $0.baseAddress, $0.count) }
        device.makeRaw()
        if let errorLog {
            var words = "vitrine: it crashed; \(errorLog) has what is known\n"
            words.withUTF8 { rescue_say($0.baseAddress, $0.count) }
            diversion = ErrorDiversion(into: errorLog)
        }
        output.append(modes.enter + (usesMouse ? modes.mouse(true) : ""))
    }

    private func giveScreenBack() {
        waiting = nil
        output.append(modes.leave)
        endwin()
        output.append(modes.lastRow)
        output.drain(patience: Self.closingPatience)
        device.discardInput()
        device.restore()
        diversion?.end()
        diversion = nil
        rescue_remove()
    }
}
