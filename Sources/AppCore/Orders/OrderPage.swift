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

    /// Goes a step back in a return, and from the first one out of it.
    package mutating func goBack(_ context: FeatureContext) -> [Outcome]? {
        guard let draft = returning else { return nil }
        if draft.stage == .confirming {
            returning?.stage = .choosing
            returning?.askedAt = context.now
        } else {
            returning = nil
        }
        return []
    }
}

extension OrderPageState: PageFeature {
    package static var keyContext: KeyContext { .order }
    package var name: Page? { .order(id) }
    package var channel: Channel? { id.channel }

    package func hint(for intent: UserIntent, _ context: FeatureContext) -> SafeText? {
        intent == .confirm && returning?.stage == .confirming ? "ask the shop" : nil
    }
}
