import Domain
import Text

/// The shopper as the Store API wants him.
struct WooAddress: Encodable {
    let details: ContactDetails
    /// A parcel's address has no e-mail.
    let withEmail: Bool

    enum CodingKeys: String, CodingKey {
        case firstName = "first_name"
        case lastName = "last_name"
        case company
        case line1 = "address_1"
        case line2 = "address_2"
        case city, state, postcode, country, email, phone
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(details[.firstName], forKey: .firstName)
        try container.encode(details[.lastName], forKey: .lastName)
        try container.encode(details[.company], forKey: .company)
        try container.encode(details[.line1], forKey: .line1)
        try container.encode(details[.line2], forKey: .line2)
        try container.encode(details[.city], forKey: .city)
        try container.encode(details[.state], forKey: .state)
        try container.encode(details[.postcode], forKey: .postcode)
        try container.encode(details[.country], forKey: .country)
        if withEmail { try container.encode(details[.email], forKey: .email) }
        try container.encode(details[.phone], forKey: .phone)
    }
}

/// The body of `/cart/update-customer`.
struct WooCustomer: Encodable {
    let billing_address: WooAddress
    let shipping_address: WooAddress

    init(_ details: ContactDetails) {
        billing_address = WooAddress(details: details, withEmail: true)
        shipping_address = WooAddress(details: details, withEmail: false)
    }
}

extension ContactDetails {
    /// Where orders go, as screens show it.
    var address: Address {
        Address(
            id: AddressID("contact"), label: SafeText(String(summary.prefix(200))), country: SafeText(self[.country]))
    }

    /// What an account's secret says; a refusal where that is not enough for a shop.
    static func needed(of account: Account?) throws(ShopFailure) -> ContactDetails {
        guard let account else { throw .unauthorized }
        guard let details = ContactDetails(token: account.token), details.isComplete else {
            let missing = ContactDetails(token: account.token)?.missing ?? []
            let isBegun = !missing.isEmpty && missing.count < ContactDetails.Field.allCases.count { $0.isRequired }
            let what = isBegun ? ContactDetails.names(of: missing) : "your address"
            throw .refused(
                Refusal(code: Refusal.addressNeeded, message: SafeText("The shop needs \(what) first.")))
        }
        return details
    }
}
