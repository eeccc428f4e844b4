import Text

/// A terminal in memory: scripted input, and a record of what was shown.
package final class RecordingTerminal: Terminal {
    package private(set) var size: Size
    package private(set) var lastGrid: CellGrid?
    /// Frames that differed from the one before.
    package private(set) var presentedFrames = 0
    package private(set) var bells = 0
    package private(set) var title: SafeText?
    package private(set) var clipboard: SafeText?
    package private(set) var usesMouse = true
    package private(set) var isSuspended = false
    package private(set) var isClosed = false
    private var events: [InputEvent] = []

    package init(size: Size) { self.size = size }

    package var hasColors: Bool { true }
    package var inputDescriptor: Int32? { nil }
    /// Set while it is to be a terminal that does not take what it is shown.
    package var outputDescriptor: Int32?
    package var nextInputDeadline: ContinuousClock.Instant? { nil }

    /// Lets events arrive at the next `readEvents`.
    package func send(_ more: InputEvent...) { events += more }

    /// Changes the size and tells so.
    package func resize(to size: Size) {
        guard size != self.size else { return }
        self.size = size
        events.append(.resize(size))
    }

    package func readEvents() -> [InputEvent] {
        defer { events.removeAll() }
        return events
    }

    package func present(_ grid: CellGrid) {
        guard !isClosed, grid != lastGrid else { return }
        lastGrid = grid
        presentedFrames += 1
    }

    package func flushInput() {
        events.removeAll(where: \.isTyped)
    }

    package func flushOutput() {}
    package func noticeResize() {}
    package func suspend() { isSuspended = true }
    package func resume() { isSuspended = false }
    package func bell() { bells += 1 }
    package func setTitle(_ title: SafeText) { self.title = title }
    package func copy(_ text: SafeText) { clipboard = text }
    package func useMouse(_ isUsed: Bool) { usesMouse = isUsed }
    package func close() { isClosed = true }
}
