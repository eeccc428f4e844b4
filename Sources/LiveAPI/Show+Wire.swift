import Domain

extension ShowState: Codable {}

extension Host: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(
            id: try wire.id("id"), name: try wire.text("name", limit: WireLimits.nameCharacters),
            isVerified: try wire.find("verified") ?? false, bio: try wire.findText("bio") ?? "",
            followers: try wire.findCount("followers"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("id", id)
        try wire.set("name", name)
        try wire.set("verified", isVerified)
        try wire.set("bio", bio)
        try wire.set("followers", followers)
    }
}

extension Show: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        self.init(
            id: try wire.id("id"), title: try wire.text("title", limit: 200),
            summary: try wire.findText("summary") ?? "",
            state: try wire.get("state"), hosts: try wire.list("hosts"), tags: try wire.list("tags"),
            startsAt: try wire.get("startsAt"), endsAt: try wire.find("endsAt"), viewers: try wire.findCount("viewers"),
            delayMilliseconds: try wire.findCount("delayMs") ?? 0, streamURL: try wire.findLink("streamUrl"))
    }

    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try encode(into: &wire)
    }

    fileprivate func encode(into wire: inout WireWriter) throws {
        try wire.set("id", id)
        try wire.set("title", title)
        try wire.set("summary", summary)
        try wire.set("state", state)
        try wire.set("hosts", hosts)
        try wire.set("tags", tags)
        try wire.set("startsAt", startsAt)
        try wire.set("endsAt", endsAt)
        try wire.set("viewers", viewers)
        try wire.set("delayMs", delayMilliseconds)
        try wire.set("streamUrl", streamURL)
    }
}

/// A show's members with `lineUp` beside them.
extension ShowDetail: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        self.init(show: try Show(from: wire), lineUp: try wire.list("lineUp"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try show.encode(into: &wire)
        try wire.set("lineUp", lineUp)
    }
}

extension Moment: Codable {
    package init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        let offset: Int64 = try wire.get("offsetMs")
        self.init(
            products: try wire.list("products"), title: try wire.text("title"), at: try wire.get("at"),
            offset: .milliseconds(offset), segment: try wire.findCount("segment"))
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("products", products)
        try wire.set("title", title)
        try wire.set("at", at)
        try wire.set("offsetMs", offset.milliseconds)
        try wire.set("segment", segment)
    }
}
