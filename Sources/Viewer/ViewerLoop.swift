import AppCore
import Domain
import Engine
import Glibc
import Settings
import TerminalKit
import Text
import ViewerUI

/// The one loop, on the main thread, around one `poll`: it owns the terminal and the state.
package final class ViewerLoop {
    /// Frames for what comes from the network are at least so far apart; a key is answered at once.
    private static let frameInterval = Duration.milliseconds(16)

    private let terminal: any Terminal
    private let engine: Engine
    private let signals: (any SignalSource)?
    private let readSettings: () -> ViewerSettings
    private var settings: ViewerSettings
    /// The theme that is drawn with, by its name.
    private var theme: (name: String, look: Theme)
    private let networkChanged: () -> Void

    package var state: AppState { _read { yield engine.state } }
    private var clock: LoopClock { engine.clock }
    package private(set) var frame: Frame?
    /// The newest frame that the terminal has taken to its end: what keys answer.
    private var seenFrame: Frame?
    private var keyPace = KeyPace()
    /// Throws away what was read and not handled yet, too.
    private var isFlushed = false
    /// A script means each of its keys, however fast it is.
    package var isScripted = false
    private var isDirty = true
    /// What is to be drawn answers the user, and waits for no frame's turn.
    private var isKeyWaiting = false
    private var lastFrameAt = ContinuousClock.now - .seconds(1)
    package private(set) var hasEnded = false

    /// - Parameters:
    ///   - readSettings: reads the user's settings, now and whenever they are to be read again.
    ///   - networkChanged: called after sleep or a stop, when connections are dead without knowing it.
    package init(
        engine: Engine, terminal: any Terminal, signals: (any SignalSource)?,
        readSettings: @escaping () -> ViewerSettings, networkChanged: @escaping () -> Void
    ) {
        self.engine = engine
        self.terminal = terminal
        self.signals = signals
        self.readSettings = readSettings
        let settings = readSettings()
        self.settings = settings
        theme = ("", .terminal)
        self.networkChanged = networkChanged
    }

    /// What was wrong with the settings when they were read last.
    package var problems: [ConfigProblem] { settings.problems }

    /// Draws what the local store knew, then asks the network.
    /// - Parameter stored: of each channel.
    package func start(with stored: [StoredState]) {
        engine.learnAccounts()
        tellSettings()
        perform(.started(stored.first ?? StoredState(), others: Array(stored.dropFirst())), isUrgent: true)
    }

    package func run() {
        while !hasEnded { turn() }
        engine.finish()
    }

    /// One wait, and what came of it; no longer than `limit`. A caller with a limit sees every frame before the next wait.
    package func turn(atMost limit: Duration? = nil) {
        if present(), limit != nil { return }
        var descriptors = [pollfd(fd: engine.descriptor, events: Int16(POLLIN), revents: 0)]
        if let signals { descriptors.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)) }
        if let input = terminal.inputDescriptor {
            descriptors.append(pollfd(fd: input, events: Int16(POLLIN), revents: 0))
        }
        if let output = terminal.outputDescriptor {
            descriptors.append(pollfd(fd: output, events: Int16(POLLOUT), revents: 0))
        }
        let before = clock.now
        let timeout = waitTime(limit: limit)
        let ready = poll(&descriptors, nfds_t(descriptors.count), timeout)
        if ready > 0 || terminal.inputDescriptor == nil || terminal.nextInputDeadline != nil { takeInput() }
        if timeout >= 0, clock.now - before > .milliseconds(Int64(timeout)) + .seconds(5) {
            goOn(isUrgent: false)
        }
        if let signals { for signal in signals.take() { handle(signal, signals) } }
        if terminal.outputDescriptor != nil {
            terminal.flushOutput()
            noteSeenFrame()
        }
        let isBackedUp = terminal.outputDescriptor != nil
        if isBackedUp != state.isOutputBackedUp { perform(.outputBackedUp(isBackedUp), isUrgent: false) }
        for action in engine.receivePosted() {
            perform(action, isUrgent: false)
        }
        if let deadline = state.nextDeadline, deadline <= clock.now { perform(.timePassed, isUrgent: false) }
    }

    /// After a time that the program has not lived through: everything may have changed.
    private func goOn(isUrgent: Bool) {
        networkChanged()
        engine.forgetWhatIsUnderWay()
        perform(.resumed, isUrgent: isUrgent)
    }

    private func tellSettings() {
        let problem = settings.problems.summary(width: state.columns - 2).map { SafeText($0) }
        let mutes = settings.mutes.map { SafeText($0) }
        perform(
            .settingsRead(
                themes: settings.themes, theme: settings.theme, reduceMotion: settings.reduceMotion, mutes: mutes,
                budget: settings.budget, problem: problem),
            isUrgent: true)
    }

    private func takeInput() {
        let events = terminal.readEvents()
        // The way out waits behind nothing.
        if events.contains(where: isWayOut) {
            perform(.user(.quit), isUrgent: true)
            return
        }
        let now = ContinuousClock.now
        let focus = events.lastIndex { if case .focus = $0 { true } else { false } }
        var typed = ""
        isFlushed = false
        for (index, event) in events.enumerated() where !hasEnded {
            if isFlushed, event.isTyped { continue }
            if let text = textTyped(by: event) {
                // What is written into a line is one change of it, however much comes at once.
                if typed.utf8.count < Self.mostTyped { typed += text }
                continue
            }
            write(&typed)
            if case .focus = event, index != focus { continue }
            if isMeant(event, at: now) { handle(event) }
        }
        write(&typed)
        present()
    }

    /// More at once than any line takes, in bytes.
    private static let mostTyped = 8192

    private func handle(_ event: InputEvent) {
        if case .key(let key) = event, key == .control("z"), let signals {
            handle(.stop, signals)
        } else if let action = settings.keymap.action(for: event, in: state, frame: seenFrame), !isBlind(action) {
            perform(action, isUrgent: true)
        }
    }

    /// Intents that cannot be taken back, and wait until the terminal has taken the newest frame: nobody sees it before.
    private func isBlind(_ action: Action) -> Bool {
        guard terminal.outputDescriptor != nil, case .user(let intent) = action else { return false }
        return intent == .cancelOrder || (intent == .confirm && state.context == .order)
    }

    /// A key that is no letter, and ends the program wherever it is pressed.
    private func isWayOut(_ event: InputEvent) -> Bool {
        guard case .key(let key) = event, key.modifiers.contains(.control) else { return false }
        return settings.keymap.intent(for: key, in: state.context) == .quit
    }

    private func isMeant(_ event: InputEvent, at now: ContinuousClock.Instant) -> Bool {
        switch event {
        case .key, .paste: isScripted || keyPace.admitsKey(at: now)
        case .mouse: settings.mouse && (isScripted || keyPace.admitsWheelStep(at: now))
        case .resize, .focus, .endOfInput: true
        }
    }

    /// The text that a key adds to the line that is being written; nil for all that is more than text.
    private func textTyped(by event: InputEvent) -> String? {
        guard case .key = event, state.context == .prompt,
            case .typed(let text)? = settings.keymap.action(for: event, in: state, frame: seenFrame)
        else { return nil }
        return text
    }

    private func write(_ typed: inout String) {
        guard !typed.isEmpty else { return }
        perform(.typed(typed), isUrgent: true)
        typed = ""
    }

    private func handle(_ signal: ProcessSignal, _ signals: any SignalSource) {
        switch signal {
        case .windowChanged:
            terminal.noticeResize()
            takeInput()
        case .interrupt, .terminate, .hangUp: hasEnded = true
        case .stop:
            terminal.suspend()
            signals.stop()
            terminal.resume()
            goOn(isUrgent: true)
        case .resume: goOn(isUrgent: true)
        case .reload: reload()
        }
    }

    private func reload() {
        settings = readSettings()
        theme.name = ""
        terminal.useMouse(settings.mouse)
        tellSettings()
    }

    package func perform(_ action: Action, isUrgent: Bool) {
        isDirty = true
        for effect in engine.send(action) { carryOut(effect) }
        if isUrgent { isKeyWaiting = true }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .flushInput:
            terminal.flushInput()
            isFlushed = true
        case .bell: terminal.bell()
        case .readSettings: reload()
        case .copyLink:
            let link = frame?.links.last
            if let link { terminal.copy(link) }
            perform(.linkCopied(link), isUrgent: true)
        case .quit: hasEnded = true
        // The engine's own.
        case .ask, .record, .takeTurn, .store, .readPrices, .readContact, .keepContact, .signIn: break
        }
    }

    /// - Returns: whether a frame was drawn.
    @discardableResult
    private func present() -> Bool {
        guard isDirty, !hasEnded else { return false }
        let now = ContinuousClock.now
        guard isKeyWaiting || now - lastFrameAt >= Self.frameInterval else { return false }
        isDirty = false
        isKeyWaiting = false
        lastFrameAt = now
        if theme.name != state.shownTheme {
            let look = settings.themeNamed(state.shownTheme)
            theme = (state.shownTheme, terminal.hasColors ? look : look.withoutColours)
        }
        let drawn = draw(state, size: terminal.size, theme: theme.look, keymap: settings.keymap)
        terminal.present(drawn.grid)
        frame = drawn
        noteSeenFrame()
        if drawn.buyChoice != state.watch?.shownChoice {
            for effect in engine.send(.choiceShown(drawn.buyChoice)) { carryOut(effect) }
        }
        if let window = drawn.chatWindow, window != state.watch?.chat.window {
            for effect in engine.send(.chatShown(window)) { carryOut(effect) }
        }
        return true
    }

    /// A total is on the screen from when the terminal has taken its frame: the time to read it begins then, and a key
    /// that was pressed before is no answer to it.
    private func noteSeenFrame() {
        guard terminal.outputDescriptor == nil, let frame else { return }
        let before = (seenFrame?.shownQuote, seenFrame?.shownTotal)
        seenFrame = frame
        guard frame.shownTotal != nil, (frame.shownQuote, frame.shownTotal) != before else { return }
        for effect in engine.send(.totalShown) { carryOut(effect) }
    }

    /// How long to sleep, in milliseconds rounded up; -1 for as long as nothing happens.
    private func waitTime(limit: Duration?) -> Int32 {
        var waits: [Duration] = []
        if isDirty { waits.append(Self.frameInterval - (ContinuousClock.now - lastFrameAt)) }
        if let deadline = state.nextDeadline { waits.append(deadline - clock.now) }
        if let deadline = terminal.nextInputDeadline { waits.append(deadline - ContinuousClock.now) }
        if let limit { waits.append(limit) }
        guard let shortest = waits.min() else { return -1 }
        let milliseconds =
            shortest.components.seconds * 1000 + (shortest.components.attoseconds + 999_999_999_999_999)
            / 1_000_000_000_000_000
        return Int32(clamping: max(0, min(milliseconds, 3_600_000)))
    }
}
