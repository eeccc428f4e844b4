import NIOCore

/// One timer for a connection. A deadline that moves on leaves the timer as it is, which then looks again: a client
/// that polls costs one timer in many requests. Time is the event loop's, which a test moves by hand.
struct ConnectionAlarm {
    private var deadline: NIODeadline?
    private var timer: (task: Scheduled<Void>, at: NIODeadline)?

    /// - Parameters:
    ///   - time: from now; nil for never.
    ///   - goesOff: called when the timer ends, to ask `isDue`.
    mutating func set(
        _ time: Duration?, _ context: ChannelHandlerContext, goesOff: @escaping (ChannelHandlerContext) -> Void
    ) {
        deadline = time.map { context.eventLoop.now + TimeAmount($0) }
        guard let deadline else { return }
        if let timer, timer.at <= deadline { return }
        timer?.task.cancel()
        start(deadline, context, goesOff)
    }

    /// Whether the deadline has come; where it has moved on, the timer is set again.
    mutating func isDue(_ context: ChannelHandlerContext, goesOff: @escaping (ChannelHandlerContext) -> Void) -> Bool {
        timer = nil
        guard let deadline else { return false }
        if deadline <= context.eventLoop.now { return true }
        start(deadline, context, goesOff)
        return false
    }

    mutating func cancel() {
        timer?.task.cancel()
        timer = nil
        deadline = nil
    }

    private mutating func start(
        _ deadline: NIODeadline, _ context: ChannelHandlerContext, _ goesOff: @escaping (ChannelHandlerContext) -> Void
    ) {
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { goesOff(context) }
        timer = (task, deadline)
    }
}
