import Domain
import FoundationEssentials
import LiveAPI

/// Where a shop has no accounts, the account's secret is what the shopper has said of himself: it is kept where tokens
/// are, and like them sent to no other server.
extension ContactDetails {
    /// As `AccountFile` keeps tokens: base64url of a JSON object.
    package var token: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        // Strings under fixed names are always JSON.
        let data = (try? encoder.encode(ContactLines(details: self))) ?? Data("{}".utf8)
        let text = data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return String(text.prefix { $0 != "=" })
    }

    /// nil for what is no such token. A line that would not be taken today is left out, and asked for again.
    package init?(token: String) {
        var text = token.replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text), let lines = try? WireJSON.decode(ContactLines.self, from: data)
        else { return nil }
        self = lines.details
    }
}

private struct ContactLines: Codable {
    var details: ContactDetails

    init(details: ContactDetails) { self.details = details }

    init(from decoder: any Decoder) throws {
        let wire = try decoder.wire()
        details = ContactDetails()
        for field in ContactDetails.Field.allCases {
            let line: String? = try wire.find(WireKey(stringLiteral: field.rawValue))
            if let line { _ = details.set(field, line) }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var wire = encoder.wire()
        for field in ContactDetails.Field.allCases where !details[field].isEmpty {
            try wire.set(WireKey(stringLiteral: field.rawValue), details[field])
        }
    }
}
