import Domain

extension ChatMessage.Role: Codable {}

extension ChatMessage: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        self.init(
            id: try wire.id("id"), author: try wire.text("author", limit: WireLimits.nameCharacters),
            role: ChatMessage.Role(rawValue: try wire.get("role")) ?? .viewer,
            text: try wire.text("text", limit: WireLimits.chatCharacters), at: try wire.get("at"),
            authorID: try wire.find("authorId"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("author", author)
        try wire.set("role", role)
        try wire.set("text", text)
        try wire.set("at", at)
        try wire.set("authorId", authorID)
    }
}

extension VariantFacts: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        self.init(
            sku: try wire.id("sku"), price: try wire.price("price"), was: try wire.findPrice("was"),
            stock: try wire.findCount("stock"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("sku", sku)
        try wire.set("price", price)
        try wire.set("was", was)
        try wire.set("stock", stock)
    }
}

extension TimelineEvent: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        let at: Timestamp = try wire.get("at")
        let kind: Kind =
            switch try wire.get("kind") as String {
            case "chat": .chat(try ChatMessage(from: wire.object("message")))
            case "chat_removed": .chatRemoved(try wire.id("message"))
            case "pinned": .pinned(try wire.find("message"))
            case "highlight": .highlight(Array(try wire.list("products").prefix(3)))
            case "price": .price(try wire.id("sku"), try wire.price("price"), was: try wire.findPrice("was"))
            case "stock": .stock(try wire.id("sku"), try wire.count("stock"))
            case "offer_started": .offerStarted(try wire.get("offer"))
            case "offer_ended": .offerEnded(try wire.id("offer"))
            case "viewers": .viewers(try wire.findCount("viewers"))
            case "reactions": .reactions(try wire.count("total"))
            case "state": ShowState(rawValue: try wire.get("state")).map { .state($0) } ?? .unknown
            default: .unknown
            }
        self.init(sequence: try wire.count("sequence"), at: at, kind: kind)
    }

    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("sequence", sequence)
        try wire.set("at", at)
        switch kind {
        case .chat(let message):
            try wire.set("kind", "chat")
            try wire.set("message", message)
        case .chatRemoved(let id):
            try wire.set("kind", "chat_removed")
            try wire.set("message", id)
        case .pinned(let message):
            try wire.set("kind", "pinned")
            try wire.set("message", message)
        case .highlight(let products):
            try wire.set("kind", "highlight")
            try wire.set("products", products)
        case .price(let sku, let price, let was):
            try wire.set("kind", "price")
            try wire.set("sku", sku)
            try wire.set("price", price)
            try wire.set("was", was)
        case .stock(let sku, let stock):
            try wire.set("kind", "stock")
            try wire.set("sku", sku)
            try wire.set("stock", stock)
        case .offerStarted(let offer):
            try wire.set("kind", "offer_started")
            try wire.set("offer", offer)
        case .offerEnded(let id):
            try wire.set("kind", "offer_ended")
            try wire.set("offer", id)
        case .viewers(let viewers):
            try wire.set("kind", "viewers")
            try wire.set("viewers", viewers)
        case .reactions(let total):
            try wire.set("kind", "reactions")
            try wire.set("total", total)
        case .state(let state):
            try wire.set("kind", "state")
            try wire.set("state", state)
        case .link, .unknown:
            // Our own API names the products; addresses are for those who have no such names.
            try wire.set("kind", "unknown")
        }
    }
}

extension ShowSnapshot: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        self.init(
            sequence: try wire.count("sequence"), at: try wire.get("at"), state: try wire.get("state"),
            highlight: Array(try wire.list("highlight").prefix(3)), offers: try wire.list("offers"),
            onAir: try wire.list("onAir"), viewers: try wire.findCount("viewers"), pinned: try wire.find("pinned"),
            reactions: try wire.findCount("reactions") ?? 0)
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("sequence", sequence)
        try wire.set("at", at)
        try wire.set("state", state)
        try wire.set("highlight", highlight)
        try wire.set("offers", offers)
        try wire.set("onAir", onAir)
        try wire.set("viewers", viewers)
        try wire.set("pinned", pinned)
        try wire.set("reactions", reactions)
    }
}

extension TimelineSegment: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        // An event that cannot be read keeps its place as unknown, so that the sequence stays whole.
        let events = try wire.array("events") { (try? WireReader($0)).flatMap(Self.event) }
        self.init(
            number: try wire.count("segment"), opening: try wire.get("opening"), events: events,
            isClosed: try wire.get("closed"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("segment", number)
        try wire.set("closed", isClosed)
        try wire.set("opening", opening)
        try wire.set("events", events)
    }

    private static func event(_ wire: WireReader) -> TimelineEvent? {
        if let event = try? TimelineEvent(from: wire) { return event }
        guard let sequence = try? wire.count("sequence"), let at: Timestamp = try? wire.get("at") else { return nil }
        return TimelineEvent(sequence: sequence, at: at, kind: .unknown)
    }
}

extension ShowHead: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        self.init(
            show: try wire.id("show"), snapshot: try wire.get("snapshot"), lastSequence: try wire.count("lastSequence"),
            open: try wire.get("open"), pollAfterMilliseconds: try wire.count("pollAfterMs"),
            serverTime: try wire.get("serverTime"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("show", show)
        try wire.set("snapshot", snapshot)
        try wire.set("lastSequence", lastSequence)
        try wire.set("open", open)
        try wire.set("pollAfterMs", pollAfterMilliseconds)
        try wire.set("serverTime", serverTime)
    }
}
