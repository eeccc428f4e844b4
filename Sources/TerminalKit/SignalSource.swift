/// What the system or another program tells this one.
package enum ProcessSignal: Hashable, Sendable, CaseIterable {
    /// The window has another size (WINCH): `Terminal.noticeResize`.
    case windowChanged
    /// End now, in good order (INT, TERM).
    case interrupt, terminate
    /// The terminal is gone (HUP): end within a second.
    case hangUp
    /// Give the screen back, then `SignalSource.stop` (TSTP); and go on (CONT).
    case stop, resume
    /// Read the configuration again (USR2).
    case reload
}

/// Signals as something a loop can poll for.
package protocol SignalSource: AnyObject {
    /// Readable when a signal has arrived.
    var descriptor: Int32 { get }

    /// Those that arrived since the last call; several of one kind are one.
    func take() -> [ProcessSignal]

    /// Stops the job, as Ctrl-Z would; returns when it goes on. The screen must have been given back.
    func stop()
}
