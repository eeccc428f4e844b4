/// Who buys and where it is sent, as shops without accounts ask for it. It is personal: never drawn without being asked
/// for, never logged, and sent to the shop it was given for alone.
package struct ContactDetails: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// One line of it, in the order in which a person is asked.
    package enum Field: String, CaseIterable, Sendable {
        case firstName, lastName, company, line1, line2, city, state, postcode, country, email, phone

        /// As a shopper is asked for it.
        package var label: String {
            switch self {
            case .firstName: "First name"
            case .lastName: "Last name"
            case .company: "Company"
            case .line1: "Street and number"
            case .line2: "Flat, floor"
            case .city: "Town"
            case .state: "State or region code"
            case .postcode: "Postcode"
            case .country: "Country code"
            case .email: "E-mail"
            case .phone: "Phone"
            }
        }

        /// No shop sends anything without it.
        package var isRequired: Bool {
            switch self {
            case .firstName, .lastName, .line1, .city, .country, .email: true
            case .company, .line2, .state, .postcode, .phone: false
            }
        }
    }

    /// Of one line.
    package static let mostCharacters = 100
    /// Of all lines together, so that they fit where they are kept.
    private static let mostBytes = 2000

    private var lines: [Field: String] = [:]

    package init() {}

    /// What has been said of a line; empty where nothing has.
    package subscript(_ field: Field) -> String { lines[field] ?? "" }

    /// Takes a line.
    /// - Returns: a sentence that names the line and says what is wrong with it; nil when it was taken.
    package mutating func set(_ field: Field, _ text: String) -> String? {
        var line = String(text.drop { $0.isWhitespace })
        while line.last?.isWhitespace == true { line.removeLast() }
        if field == .country { line = line.uppercased() }
        if let problem = Self.problem(with: line, for: field) { return problem }
        let used = Field.allCases.reduce(line.utf8.count) { $0 + ($1 == field ? 0 : self[$1].utf8.count) }
        guard used <= Self.mostBytes else { return field.label + " is too long." }
        lines[field] = line.isEmpty ? nil : line
        return nil
    }

    /// The lines that a shop needs and that are not there.
    package var missing: [Field] { Field.allCases.filter { $0.isRequired && self[$0].isEmpty } }
    package var isComplete: Bool { missing.isEmpty }

    /// Fields as a sentence names them: `your first name, town and e-mail`.
    package static func names(of fields: [Field]) -> String {
        let names = fields.map { $0.label.lowercased() }
        guard let last = names.last else { return "your address" }
        return "your " + (names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last)
    }

    /// Where it is sent to, on one line.
    package var summary: String {
        let town = [self[.postcode], self[.city], self[.state]].filter { !$0.isEmpty }.joined(separator: " ")
        return [self[.line1], self[.line2], town].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    package var description: String { "ContactDetails" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func problem(with line: String, for field: Field) -> String? {
        guard line.count <= mostCharacters else { return "\(field.label) has at most \(mostCharacters) characters." }
        guard line.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            return field.label + " has a control character."
        }
        if line.isEmpty { return field.isRequired ? field.label + " is needed." : nil }
        switch field {
        case .country:
            let isCode = line.utf8.count == 2 && line.utf8.allSatisfy { (0x41...0x5A).contains($0) }
            return isCode ? nil : field.label + " is two letters, as CH."
        case .email: return isEmail(line) ? nil : "E-mail is not a whole address."
        default: return nil
        }
    }

    private static func isEmail(_ line: String) -> Bool {
        let parts = line.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !line.contains { $0.isWhitespace || "<>,;\"".contains($0) }
            && parts[1].contains(".") && parts[1].first != "." && parts[1].last != "."
    }
}

extension Refusal {
    /// The shop has to know who buys, and where it is sent, or does not take what it was told.
    package static let addressNeeded = "address_needed"
}
