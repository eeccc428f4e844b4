import AppCore
import Domain
import Glibc

/// The core with its effects carried out, and no terminal. The screen, the dialogue and the commands are its front ends: they send
/// actions, wait until the state says what they wait for, and show it.
///
/// It belongs to the thread that made it, which is the only one to touch the state.
package final class Engine {
    package private(set) var state: AppState
    package let clock: LoopClock
    private let runner: EffectRunner
    private let mailbox: Mailbox
    /// Number of the newest mark that `waitForStore` has put into the store's queue.
    private var storeMark = 0
    /// Answers that are still to come, to questions that have been put.
    private var open: [Asked: Int] = [:]
    /// The newest answers to questions that somebody waits for.
    private var awaited: [Asked: Result<ShopAnswer, ShopFailure>?] = [:]

    private struct Asked: Hashable {
        let query: ShopQuery
        let channel: Channel
    }

    /// - Parameter mailbox: the one that `runner` posts to.
    package init(state: AppState, runner: EffectRunner, mailbox: Mailbox, clock: LoopClock) {
        self.state = state
        self.runner = runner
        self.mailbox = mailbox
        self.clock = clock
    }

    /// Readable while something has been posted and not been received.
    package var descriptor: Int32 { mailbox.descriptor }

    /// Duration until something happens by itself; nil where nothing will.
    package var rest: Duration? { state.nextDeadline.map { max(.zero, $0 - clock.now) } }

    // MARK: Actions

    /// Changes the state by an action and carries out what comes of it.
    /// - Returns: the effects that only a front end can carry out, such as the bell.
    @discardableResult
    package func send(_ action: Action) -> [Effect] {
        let effects = reduce(&state, action, clock.circumstances())
        if case .answered(let query, let channel, let result) = action { note(result, to: query, channel) }
        return effects.filter { !carryOut($0) }
    }

    /// Everything posted so far, in order, for a front end that sends it itself.
    package func receivePosted() -> [Action] { mailbox.take() }

    /// Handles what has been posted and what is due. Front ends without a screen have no use for the effects that are left.
    package func work() {
        for action in mailbox.take() { send(action) }
        if let deadline = state.nextDeadline, deadline <= clock.now { send(.timePassed) }
    }

    /// Finds out whose accounts the channels have, without opening any.
    /// - Parameter done: called once for each channel that has an account, on any thread.
    package func learnAccounts(_ done: @escaping @Sendable () -> Void = {}) { runner.learnAccounts(done) }

    /// Forgets the questions under way, which may never be answered: new ones do not wait for them.
    package func forgetWhatIsUnderWay() {
        open = [:]
        runner.forgetWhatIsUnderWay()
    }

    /// Waits for what is being written, and listens to nothing else: the last thing before the program ends.
    package func finish() { runner.finish() }

    /// - Returns: whether it was carried out here.
    private func carryOut(_ effect: Effect) -> Bool {
        switch effect {
        case .ask(let query, let channel):
            let channel = query.channel ?? channel
            if runner.ask(query, of: channel) { open[Asked(query: query, channel: channel), default: 0] += 1 }
        case .record(let intent, let budget): runner.record(intent, within: budget)
        case .takeTurn(let intent): runner.takeTurn(of: intent)
        case .store(let command): runner.keep(command)
        case .readPrices(let skus): runner.readPrices(skus)
        case .readContact(let channel): runner.readContact(of: channel)
        case .keepContact(let details, let channel): runner.keepContact(details, of: channel)
        case .signIn(let step, let attempt, let channel): runner.carryOut(step, attempt, of: channel)
        case .flushInput, .bell, .readSettings, .copyLink, .quit: return false
        }
        return true
    }

    // MARK: Waiting

    /// Pause of a front end until there is something to do. It may return early, and returns false to end the wait.
    /// - Parameters:
    ///   - descriptor: readable when there is something to do.
    ///   - until: when something is due; nil where nothing is.
    package typealias Pause = (_ descriptor: Int32, _ until: ContinuousClock.Instant?) -> Bool

    /// Lets time pass with nothing else to listen to.
    package static func sleep(_ descriptor: Int32, _ until: ContinuousClock.Instant?) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&request, 1, until.map { Int32(clamping: max(.zero, $0 - .now).milliseconds + 1) } ?? -1)
        return true
    }

    /// Works until the state has a value, the deadline has come, or the front end ends the wait.
    package func wait<Value>(
        until deadline: ContinuousClock.Instant? = nil, pausing pause: Pause, for value: (AppState) throws -> Value?
    ) rethrows -> Value? {
        while true {
            work()
            if let value = try value(state) { return value }
            if let deadline, .now >= deadline { return nil }
            let due = rest.map { ContinuousClock.now + $0 }
            guard pause(descriptor, [deadline, due].compactMap { $0 }.min()) else { return nil }
        }
    }

    /// Puts a question and waits for its answer. What the answer changes has been changed when it is returned; an answer that is
    /// on its way already is waited for instead of asking twice.
    /// - Returns: nil where the deadline came first, or where the front end ended the wait.
    package func ask(
        _ query: ShopQuery, of channel: Channel, until deadline: ContinuousClock.Instant? = nil, pausing pause: Pause
    ) -> Result<ShopAnswer, ShopFailure>? {
        let asked = Asked(query: query, channel: query.channel ?? channel)
        // An answer that has come already is of an earlier time.
        work()
        awaited[asked] = .some(nil)
        defer { awaited[asked] = nil }
        if open[asked, default: 0] == 0 { send(.asked(query, of: asked.channel)) }
        return wait(until: deadline, pausing: pause) { [self] _ in awaited[asked] ?? nil }
    }

    /// Waits until all that was to be kept so far is on disk, or is known not to be.
    /// - Returns: false where the front end ended the wait.
    package func waitForStore(pausing pause: Pause) -> Bool {
        storeMark += 1
        let mark = storeMark
        runner.markStore(mark)
        return wait(pausing: pause) { $0.storeMark >= mark ? true : nil } ?? false
    }

    private func note(_ result: Result<ShopAnswer, ShopFailure>, to query: ShopQuery, _ channel: Channel) {
        let asked = Asked(query: query, channel: channel)
        if let count = open[asked] { open[asked] = count > 1 ? count - 1 : nil }
        if awaited.keys.contains(asked) { awaited[asked] = .some(result) }
    }
}
