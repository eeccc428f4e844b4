import Domain

extension Rating: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            tenths: try min(wire.count("tenths"), 50), count: try wire.count("count"),
            verified: try wire.findCount("verified") ?? 0)
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("tenths", tenths)
        try wire.set("count", count)
        try wire.set("verified", verified)
    }
}

extension Variant: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            sku: try wire.id("sku"), options: try Array(wire.list("options").prefix(WireLimits.options)),
            price: try wire.price("price"),
            was: try wire.findPrice("was"), lowest30Days: try wire.findPrice("lowest30Days"),
            stock: try wire.findCount("stock"),
            stockTotal: try wire.findCount("stockTotal"), quantities: try wire.find("quantities") ?? .any,
            isOnBackorder: try wire.find("backorder") ?? false)
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("sku", sku)
        try wire.set("options", options)
        try wire.set("price", price)
        try wire.set("was", was)
        try wire.set("lowest30Days", lowest30Days)
        try wire.set("stock", stock)
        try wire.set("stockTotal", stockTotal)
        if quantities != .any { try wire.set("quantities", quantities) }
        if isOnBackorder { try wire.set("backorder", true) }
    }
}

extension SoldElsewhere.Kind: Codable {}

extension SoldElsewhere: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            kind: try wire.get("kind"), price: try wire.findPrice("price"),
            isPricedFrom: try wire.find("isPricedFrom") ?? false, page: try wire.findLink("page"),
            parts: try wire.list("parts"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("kind", kind)
        try wire.set("price", price)
        if isPricedFrom { try wire.set("isPricedFrom", true) }
        try wire.set("page", page)
        if !parts.isEmpty { try wire.set("parts", parts) }
    }
}

extension QuantityRule: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            minimum: try wire.findCount("minimum") ?? 1, step: try wire.findCount("step") ?? 1,
            maximum: try wire.findCount("maximum"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("minimum", minimum)
        try wire.set("step", step)
        try wire.set("maximum", maximum)
    }
}

extension Product: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), title: try wire.text("title", limit: 200),
            brand: try wire.findText("brand", limit: 80) ?? "", summary: try wire.findLines("summary") ?? "",
            shipsFrom: try wire.findText("shipsFrom", limit: 2), rating: try wire.find("rating"),
            optionNames: try Array(wire.list("optionNames").prefix(WireLimits.options)),
            variants: try wire.list("variants"),
            hasDearerForms: try wire.find("hasDearerForms") ?? false, elsewhere: try? wire.find("elsewhere"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("title", title)
        try wire.set("brand", brand)
        try wire.set("summary", summary)
        try wire.set("shipsFrom", shipsFrom)
        try wire.set("rating", rating)
        try wire.set("optionNames", optionNames)
        try wire.set("variants", variants)
        if hasDearerForms { try wire.set("hasDearerForms", true) }
        try wire.set("elsewhere", elsewhere)
    }
}

extension Review: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), author: try wire.text("author", limit: WireLimits.nameCharacters),
            stars: try max(1, min(wire.count("stars"), 5)), text: try wire.text("text"), at: try wire.get("at"),
            isVerified: try wire.find("verified") ?? false)
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("author", author)
        try wire.set("stars", stars)
        try wire.set("text", text)
        try wire.set("at", at)
        try wire.set("verified", isVerified)
    }
}

extension Offer.Kind: Codable {}

extension Offer: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), kind: try wire.get("kind"), product: try wire.id("product"),
            title: try wire.text("title", limit: 80), percentOff: try min(wire.count("percentOff"), 100),
            endsAt: try wire.get("endsAt"), remaining: try wire.findCount("remaining"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("kind", kind)
        try wire.set("product", product)
        try wire.set("title", title)
        try wire.set("percentOff", percentOff)
        try wire.set("endsAt", endsAt)
        try wire.set("remaining", remaining)
    }
}
