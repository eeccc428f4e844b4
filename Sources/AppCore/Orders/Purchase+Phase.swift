import Domain
import Text

extension Purchase {
    /// Stage of a purchase, as the disk has it and as it is told.
    package enum Phase: Hashable, Sendable {
        /// Being written down; nothing goes out before the disk has it.
        case recording
        /// Could not be written down, for this reason: nothing was sent. Another program may have spent what the budget left.
        case notRecorded(SafeText, isBeyondBudget: Bool)
        /// Written down; certainly not sent.
        case recorded
        /// It goes out, or has gone out when the program ended.
        case sent
        /// Sent, and the shop has said neither yes nor no.
        case unknown
        /// Came to nothing, for this reason, while that is being written down.
        case refusing(SafeText, Refusal?)
        /// Came to nothing, and the disk has that.
        case refused(SafeText, Refusal?)
        /// Bought: the order as the shop last told of it.
        case placed(Order)
        /// Another process has found out what became of it; the shop's list tells.
        case settledElsewhere
    }

    /// Not known to be bought or to have come to nothing, as far as the disk has it.
    package var isUnresolved: Bool {
        if case .refusing = phase { true } else { phase.isOpen }
    }

    /// Something is under way for it here: a write, a question, or the writing down of a no.
    package var isSettling: Bool {
        switch phase {
        case .recording, .refusing: true
        case .recorded, .sent, .unknown, .refused, .placed, .notRecorded, .settledElsewhere: isBusy
        }
    }

    package var isRefused: Bool { if case .refused = phase { true } else { false } }
    package var isPlaced: Bool { if case .placed = phase { true } else { false } }

    /// Bought or not, and in no list of purchases.
    var isOver: Bool {
        switch phase {
        case .placed, .notRecorded, .settledElsewhere: true
        case .recording, .recorded, .sent, .unknown, .refusing, .refused: false
        }
    }
}

extension Purchase.Phase {
    /// - Returns: nil for what the disk has as bought, which is an order.
    init?(onDisk state: OrderIntent.State) {
        switch state {
        case .committed: self = .recorded
        case .sent: self = .sent
        case .unknown: self = .unknown
        case .refused(let reason): self = .refused(reason, nil)
        case .placed: return nil
        }
    }

    /// State that the disk has it in; nil where the phase says nothing new about that.
    var stateOnDisk: OrderIntent.State? {
        switch self {
        case .recording, .notRecorded, .refusing, .settledElsewhere: nil
        case .recorded: .committed
        case .sent: .sent
        case .unknown: .unknown
        case .refused(let reason, _): .refused(reason)
        case .placed(let order): .placed(order.id)
        }
    }

    /// On disk, with more to find out.
    var isOpen: Bool {
        switch self {
        case .recorded, .sent, .unknown: true
        case .recording, .notRecorded, .refusing, .refused, .placed, .settledElsewhere: false
        }
    }

    /// The table of what may follow what. The shop's order is the last word, also after a no; what is being given up is
    /// neither sent nor asked about any more.
    func mayBecome(_ next: Self) -> Bool {
        switch (self, next) {
        case (.recording, .recorded), (.recording, .notRecorded): true
        case (.recorded, .sent), (.recorded, .unknown), (.sent, .unknown): true
        case (.recorded, .recorded), (.sent, .sent), (.unknown, .unknown): true
        case (.recorded, .refusing), (.sent, .refusing), (.unknown, .refusing): true
        case (.recorded, .settledElsewhere), (.sent, .settledElsewhere), (.unknown, .settledElsewhere): true
        case (.refusing, .refused), (.refusing, .recorded), (.refusing, .sent), (.refusing, .unknown): true
        case (.recorded, .placed), (.sent, .placed), (.unknown, .placed): true
        case (.refusing, .placed), (.refused, .placed), (.settledElsewhere, .placed): true
        case (.placed(let before), .placed(let after)): before.id == after.id
        default: false
        }
    }
}
