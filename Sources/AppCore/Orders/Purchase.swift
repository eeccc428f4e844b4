import Domain
import Text

/// A purchase from the key press to its end: one value with one phase. The pane, the orders and the command line read it.
package struct Purchase: Hashable, Sendable, Identifiable {
    /// The wish to buy, in the state that the disk has it in, as far as is known.
    package private(set) var intent: OrderIntent
    package private(set) var phase: Phase
    /// A question, or the write before one, is under way for it, so nothing else is begun.
    package private(set) var isBusy = false
    /// Last reason why it has not come to an end.
    package private(set) var doubt: Doubt?
    /// It could not be sent or was not answered at least once: nobody waits for it as for something quick any more.
    package private(set) var isInDoubt = false
    /// Place among the others: in the order in which they began, or came to nothing.
    private(set) var ordinal: Int

    /// It can be gone on with.
    var isWaiting: Bool { phase.isOpen && !isBusy }

    package var id: String { intent.key }
    package var key: String { intent.key }
    package var channel: Channel { intent.channel }

    /// A wish that the shopper has just confirmed.
    init(confirmed intent: OrderIntent, ordinal: Int) {
        self.intent = intent
        self.ordinal = ordinal
        phase = .recording
    }

    /// A wish that the disk had when the program began.
    /// - Returns: nil for one that was bought: the order tells of that.
    init?(resumed intent: OrderIntent, ordinal: Int) {
        guard let phase = Phase(onDisk: intent.state) else { return nil }
        self.intent = intent
        self.ordinal = ordinal
        self.phase = phase
    }

    /// The shop's no, with its truth of now; nil for none, or one of an earlier run.
    package var refusal: Refusal? {
        switch phase {
        case .refusing(_, let refusal), .refused(_, let refusal): refusal
        default: nil
        }
    }

    /// The order that it has become.
    package var order: Order? { if case .placed(let order) = phase { order } else { nil } }

    // MARK: Steps

    /// The disk has it, as committed or as sent.
    /// - Returns: whether the next step may follow: not where it is being given up, or is over.
    mutating func record(as state: OrderIntent.State) -> Bool {
        if case .refusing = phase { return false }
        guard let next = Phase(onDisk: state), move(to: next) else { return false }
        isBusy = true
        // What kept it from going out does so no longer.
        doubt = nil
        return true
    }

    /// The disk or the budget did not take it, so nothing was sent and nothing will be.
    mutating func leaveUnrecorded(_ reason: SafeText, isBeyondBudget: Bool) {
        move(to: .notRecorded(reason, isBeyondBudget: isBeyondBudget))
    }

    /// A question or a write begins.
    mutating func begin() { isBusy = true }

    /// It has been answered.
    mutating func end() { isBusy = false }

    /// Another process may have taken it further, or been told that it is no longer wanted: the disk knows.
    mutating func refresh(from intent: OrderIntent) {
        guard phase.isOpen, let known = Phase(onDisk: intent.state) else { return }
        self.intent = intent
        phase = known
    }

    /// It could not be marked as sent, so it has not gone out.
    mutating func holdBack(_ reason: SafeText) {
        isBusy = false
        guard isUnresolved else { return }
        doubt = Doubt("it is not sent yet: " + reason, .notSent(reason), isUnsent: true)
        isInDoubt = true
    }

    /// The shop has said neither yes nor no.
    /// - Returns: whether that is news for the disk: not where it is being given up, or is over.
    mutating func leaveUnknown(_ reason: SafeText, _ failure: ShopFailure?) -> Bool {
        guard phase.isOpen, move(to: .unknown) else { return false }
        doubt = Doubt(reason, failure)
        isInDoubt = true
        return true
    }

    /// Another process asks the shop about it.
    mutating func leaveToAnother() {
        isBusy = false
        if phase.isOpen { doubt = Doubt("another vitrine is finding out", nil) }
    }

    /// It came to nothing, which has to be on disk before it is said.
    /// - Returns: whether that may follow.
    mutating func refuse(_ reason: SafeText, _ refusal: Refusal?) -> Bool {
        move(to: .refusing(reason, refusal))
    }

    /// The disk has it that it came to nothing.
    /// - Parameter ordinal: its place from now on.
    mutating func keepRefusal(at ordinal: Int) -> Bool {
        guard case .refusing(let reason, let refusal) = phase else { return false }
        self.ordinal = ordinal
        return move(to: .refused(reason, refusal))
    }

    /// The disk does not take it, so it stands where it stood.
    mutating func takeBackRefusal(_ problem: SafeText) -> Bool {
        guard case .refusing(let reason, _) = phase, let before = Phase(onDisk: intent.state) else { return false }
        isBusy = false
        doubt = Doubt(reason + ", and that could not be kept: " + problem, .notSent(problem), isUnsent: true)
        return move(to: before)
    }

    /// The shop has an order of it, or tells something new of that.
    mutating func place(as order: Order) { if move(to: .placed(order)) { doubt = nil } }

    /// Another process has settled it.
    mutating func leaveSettled() {
        isBusy = false
        move(to: .settledElsewhere)
    }

    /// The shopper no longer wants it: should the shop not have it, it is not sent again.
    mutating func withdraw() { intent.isWithdrawn = true }

    @discardableResult
    private mutating func move(to next: Phase) -> Bool {
        guard phase.mayBecome(next) else { return false }
        phase = next
        if let state = next.stateOnDisk { intent.state = state }
        return true
    }
}

extension Purchase {
    /// Reason why a purchase has not come to an end.
    package struct Doubt: Hashable, Sendable {
        package let reason: SafeText
        package let failure: ShopFailure?
        /// Nothing has been bought so far: it has not gone out, or the no to it is not on disk.
        package let isUnsent: Bool

        init(_ reason: SafeText, _ failure: ShopFailure?, isUnsent: Bool = false) {
            self.reason = reason
            self.failure = failure
            self.isUnsent = isUnsent
        }
    }

    /// Reason of its doubt.
    package var reason: SafeText? { doubt?.reason }

    /// Failure that its doubt comes from.
    package var failure: ShopFailure? { doubt?.failure }

    /// Words for a purchase that has no end yet: `perhaps bought: Lamp: no answer`; nil where nothing hinders it.
    package var doubtWords: SafeText? {
        guard isUnresolved, let doubt else { return nil }
        let start: SafeText = doubt.isUnsent ? "not bought yet: " : "perhaps bought: "
        return start + intent.title + ": " + doubt.reason
    }
}
