import Domain

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(wire: decoder.singleValueContainer().decode(String.self))
    }

    init(wire text: String) throws {
        guard IDAlphabet.isID(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: WireLimits.noID))
        }
        self.init(text)
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-11-23T14:31:05.120Z`. Reading takes any offset and any fraction.
extension Timestamp: Codable {
    package init?(rfc3339 text: String) {
        guard let milliseconds = RFC3339.milliseconds(text) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    package var rfc3339: String { RFC3339.text(milliseconds) }

    package init(from decoder: any Decoder) throws {
        try self.init(wire: decoder.singleValueContainer().decode(String.self))
    }

    init(wire text: String) throws {
        guard let time = Timestamp(rfc3339: text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not an RFC 3339 time"))
        }
        self = time
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}

extension Money: WireDecodable, Encodable {
    package init(from wire: WireReader) throws {
        let amount: Int64 = try wire.get("amount")
        guard let money = Money(amount: amount, exponent: try wire.get("exponent"), currency: try wire.get("currency"))
        else {
            throw wire.corrupted("amount", "not an amount of money")
        }
        self = money
    }
    package func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        try wire.set("amount", amount)
        try wire.set("exponent", exponent)
        try wire.set("currency", currency)
    }
}
