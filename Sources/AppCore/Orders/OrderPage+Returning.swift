import Domain
import Text

// An order's page by itself: it moves its cursor, and puts a return together.

extension OrderPageState {
    mutating func act(on intent: UserIntent, _ order: Order, _ context: FeatureContext) -> [Outcome] {
        if let draft = returning { return act(on: intent, draft, of: order, context) }
        guard intent == .returnOrder else {
            place = order.places.moved(from: place, by: intent, page: max(1, context.rows / 3))
            return []
        }
        guard order.course.canReturn else {
            let isAsked = order.course.returning != nil
            return [.tell(isAsked ? "A return has been asked for." : "It cannot be sent back now.", .warning)]
        }
        returning = ReturnDraft(askedAt: context.now)
        return [.effect(.flushInput)]
    }

    private mutating func act(
        on intent: UserIntent, _ draft: ReturnDraft, of order: Order, _ context: FeatureContext
    ) -> [Outcome] {
        switch (draft.stage, intent) {
        case (.asking, _): return []
        case (.choosing, .confirm):
            guard context.now - draft.askedAt >= BuyState.deliberation else { return [] }
            returning?.stage = .confirming
            returning?.askedAt = context.now
            return [.effect(.flushInput)]
        case (.choosing, _):
            let reasons = ReturnReason.allCases
            returning?.reason = reasons.moved(from: draft.reason, by: intent, page: reasons.count) ?? draft.reason
            return []
        case (.confirming, .confirm):
            guard context.now - draft.askedAt >= BuyState.deliberation else { return [] }
            returning?.stage = .asking
            return [.ask(.returnOrder(order.id, draft.reason, note: ""))]
        case (.confirming, _): return []
        }
    }

    /// Goes a step back, and from the first one out of it.
    /// - Returns: whether there was a return to leave.
    mutating func leaveReturn(at now: Timestamp) -> Bool {
        guard let draft = returning else { return false }
        if draft.stage == .confirming {
            returning?.stage = .choosing
            returning?.askedAt = now
        } else {
            returning = nil
        }
        return true
    }
}
