import Domain

/// Accounts at a shop that knows nobody: who buys, and where it is sent, is kept here, and told with each purchase.
struct ContactAccounts: ShopAccounts {
    var accountCapabilities: ShopCapabilities { [.guests, .contact] }

    /// Whoever buys is known by what he says of himself.
    static let guest = Account(id: "guest", name: "Guest", token: ContactDetails().token)

    func openGuestAccount(_ io: ShopIO) async throws(ShopFailure) -> Account { Self.guest }

    func addresses(_ io: ShopIO) async throws(ShopFailure) -> [Address] {
        let details = io.account.flatMap { ContactDetails(token: $0.token) }
        return details.flatMap { $0.isComplete ? [$0.address] : nil } ?? []
    }
}
