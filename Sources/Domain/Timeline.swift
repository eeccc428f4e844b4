import Text

/// A message in a show's chat.
package struct ChatMessage: Hashable, Sendable, Identifiable {
    package enum Role: String, Sendable { case viewer, moderator, host }

    package var id: MessageID
    /// Of nothing that marks a role: see `SafeText.asName`.
    package var author: SafeText { didSet { author = author.asName } }
    package var role: Role
    package var text: SafeText
    package var at: Timestamp
    /// The account that wrote it, as the public timeline names accounts; nil where the shop does not say.
    package var authorID: String?

    package init(
        id: MessageID, author: SafeText, role: Role = .viewer, text: SafeText, at: Timestamp, authorID: String? = nil
    ) {
        self.id = id
        self.author = author.asName
        self.role = role
        self.text = text
        self.at = at
        self.authorID = authorID
    }
}

/// The newest price and stock of one variant.
package struct VariantFacts: Hashable, Sendable {
    package var sku: SKU
    package var price: Money
    package var was: Money?
    package var stock: Int?

    package init(sku: SKU, price: Money, was: Money? = nil, stock: Int? = nil) {
        self.sku = sku
        self.price = price
        self.was = was
        self.stock = stock
    }
}

/// One thing that happened in a show. The sequence has no gaps; the timeline is append-only.
package struct TimelineEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case chat(ChatMessage)
        /// A message was unpublished.
        case chatRemoved(MessageID)
        case pinned(ChatMessage?)
        /// The products on air now, at most three; none between two highlights.
        case highlight([ProductID])
        /// Whoever presents has linked to an address of the shop: what it sells is on air from now on. The event knows
        /// nothing of the product; the shop is asked what stands there (`ShopQuery.productAt`). It stands as long as its
        /// message does.
        case link(String, in: MessageID)
        case price(SKU, Money, was: Money?)
        case stock(SKU, Int)
        case offerStarted(Offer)
        case offerEnded(OfferID)
        case viewers(Int?)
        /// How many reactions of all kinds there were so far.
        case reactions(Int)
        case state(ShowState)
        /// A kind that this version does not know; it keeps its place in the sequence.
        case unknown

        /// Tells whether it is about what the show's own shop sells.
        package var isAboutGoods: Bool {
            switch self {
            case .highlight, .price, .stock, .offerStarted, .offerEnded: true
            default: false
            }
        }
    }

    package var sequence: Int
    package var at: Timestamp
    package var kind: Kind

    package init(sequence: Int, at: Timestamp, kind: Kind) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
    }
}

/// The fold of a show's events up to and including `sequence`.
package struct ShowSnapshot: Hashable, Sendable {
    /// The last event folded in; 0 before the first.
    package var sequence: Int
    package var at: Timestamp
    package var state: ShowState
    package var highlight: [ProductID]
    package var offers: [Offer]
    /// Price and stock of the variants on air.
    package var onAir: [VariantFacts]
    package var viewers: Int?
    package var pinned: ChatMessage?
    package var reactions: Int

    package init(
        sequence: Int, at: Timestamp, state: ShowState, highlight: [ProductID] = [], offers: [Offer] = [],
        onAir: [VariantFacts] = [], viewers: Int? = nil, pinned: ChatMessage? = nil, reactions: Int = 0
    ) {
        self.sequence = sequence
        self.at = at
        self.state = state
        self.highlight = highlight
        self.offers = offers
        self.onAir = onAir
        self.viewers = viewers
        self.pinned = pinned
        self.reactions = reactions
    }
}

/// A piece of a show's timeline. `opening` is the fold of everything before it, so that playing can begin at any segment.
package struct TimelineSegment: Hashable, Sendable {
    /// Counted from 0.
    package var number: Int
    package var opening: ShowSnapshot
    package var events: [TimelineEvent]
    /// A closed segment never changes.
    package var isClosed: Bool

    package init(number: Int, opening: ShowSnapshot, events: [TimelineEvent], isClosed: Bool) {
        self.number = number
        self.opening = opening
        self.events = events
        self.isClosed = isClosed
    }
}

/// What a poll of a live show answers: the state now, and the segment that is still growing.
package struct ShowHead: Hashable, Sendable {
    package var show: ShowID
    package var snapshot: ShowSnapshot
    package var lastSequence: Int
    package var open: TimelineSegment
    /// How long to wait before the next poll, in milliseconds, as the server asks.
    package var pollAfterMilliseconds: Int
    package var serverTime: Timestamp
    /// Where the open segment is no growing list but the newest part of the chat, told anew with each answer: since when it
    /// is whole, so that a newer message that it no longer has was unpublished. `distantFuture` where it could not be read.
    package var retoldSince: Timestamp?

    package init(
        show: ShowID, snapshot: ShowSnapshot, lastSequence: Int, open: TimelineSegment, pollAfterMilliseconds: Int,
        serverTime: Timestamp, retoldSince: Timestamp? = nil
    ) {
        self.show = show
        self.snapshot = snapshot
        self.lastSequence = lastSequence
        self.open = open
        self.pollAfterMilliseconds = pollAfterMilliseconds
        self.serverTime = serverTime
        self.retoldSince = retoldSince
    }

    package var retells: Bool { retoldSince != nil }
}
