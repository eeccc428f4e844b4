import Text

/// The seam between the viewer and whatever shows it. Used from the main thread alone; no call blocks.
package protocol Terminal: AnyObject {
    /// The size to draw for; `.resize` tells when it has changed.
    var size: Size { get }

    /// False where a theme has to do with weight, underline and reverse.
    var hasColors: Bool { get }

    /// What to poll for reading before `readEvents`; nil where input is scripted or has ended.
    var inputDescriptor: Int32? { get }

    /// What to poll for writing, and then call `flushOutput`; nil while everything shown has been written.
    var outputDescriptor: Int32? { get }

    /// When `readEvents` must be called even if nothing arrives: an Esc that may yet begin a sequence.
    var nextInputDeadline: ContinuousClock.Instant? { get }

    /// Everything that has arrived, without waiting.
    func readEvents() -> [InputEvent]

    /// Shows a grid. Only what differs from the last one is sent, and nothing at all for an equal one. While an earlier
    /// frame is still being written the newest grid waits, and older ones are never shown.
    func present(_ grid: CellGrid)

    /// Goes on writing a frame that the terminal did not take at once.
    func flushOutput()

    /// Throws away what was typed and not yet read, so that an old key cannot answer a new question.
    func flushInput()

    /// Looks at the size again, after SIGWINCH; the next `readEvents` tells a change.
    func noticeResize()

    /// Gives the screen back before another program or the shell has it, and takes it again with a full repaint.
    func suspend()
    func resume()

    func bell()
    func setTitle(_ title: SafeText)

    /// Puts a text into the clipboard, where the terminal takes one (OSC 52); what is too long for that is left.
    func copy(_ text: SafeText)

    /// Lets the mouse mean something, or leaves it to the terminal.
    func useMouse(_ isUsed: Bool)

    /// Restores the terminal; nothing can be shown after it. May be called again.
    func close()
}
