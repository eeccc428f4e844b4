import Domain
import Text

/// Something that a line or a command asks for by name, where a key would ask for it of what is in focus.
package enum Request: Hashable, Sendable {
    /// Ask what something costs, in a pane of its own.
    case price(PriceRequest)
    /// Take other deliveries, or another way to pay, for what the pane is about.
    case deliveries(DeliveryChoice)
    case payment(PaymentMethodID)
    /// Buy what the pane is about, for exactly this total. `again`: also where it may be bought already.
    case buy(total: Money, again: Bool)
    /// Close the pane; a purchase under way goes on.
    case closePane
    /// Find out now what became of a purchase whose answer was lost, by its key.
    case findOut(String)
    /// Ask about an order until it is paid.
    case awaitPayment(OrderID)
    /// Ask for it no longer.
    case stopAwaitingPayment
    /// Set a reminder of a show, or take it back.
    case toggleReminder(Show)
    /// Put a product on the wish list, or take it off.
    case toggleWish(Product)
    /// Take something off the wish list that the shop may have no more.
    case forgetWish(ProductID)
    /// Keep what a shop is told of who buys.
    case keepContact(ContactDetails, at: Channel)
    /// Sign in to one's own account.
    case signIn(SignInMeans, at: Channel)
    /// Go on with the token that has been handed to the channel's `SignInConversation`.
    case useToken(at: Channel)
    /// Wait for nobody to sign in any longer.
    case stopSigningIn(at: Channel)
    /// Sign out. `evenGuest`: also end a guest's account, whose orders nobody finds again.
    case signOut(at: Channel, evenGuest: Bool)
}

/// A wish to know what something costs, named by its SKU.
package struct PriceRequest: Hashable, Sendable {
    package let sku: SKU
    package let quantity: Int
    package let show: ShowID?

    package init(_ sku: SKU, quantity: Int, show: ShowID?) {
        self.sku = sku
        self.quantity = quantity
        self.show = show
    }
}

extension AppState {
    mutating func carryOut(_ request: Request, _ circumstances: Circumstances) -> [Effect] {
        storeProblem = nil
        switch request {
        case .price(let price): return openPane(for: price)
        case .deliveries(let choice): return choose(choice)
        case .payment(let id):
            if buy?.methods.contains(where: { $0.id == id }) == true { buy?.method = id }
            return []
        case .buy(let total, let again):
            if again, let sku = buy?.sku { buy?.repeated = sku }
            return confirm(total, circumstances)
        case .closePane:
            buy = nil
            payment = nil
            return []
        case .findOut(let key): return findOut(key)
        case .awaitPayment(let id):
            guard let order = orders.orders.first(where: { $0.id == id }) else { return [] }
            openPayment(of: order)
            return []
        case .toggleReminder(let show): return carryOut(reminding.handle(.toggle(show), surroundings))
        case .toggleWish(let product): return carryOut(wishes.handle(.toggle(product), surroundings))
        case .forgetWish(let id): return carryOut(wishes.handle(.forget(id), surroundings))
        case .keepContact(let details, let channel):
            keptContact = nil
            return [.keepContact(details, of: channel)]
        case .signIn(let means, let channel): return carryOut(signIns.handle(.begin(means), at: channel, surroundings))
        case .useToken(let channel): return carryOut(signIns.handle(.useToken, at: channel, surroundings))
        case .stopSigningIn(let channel): return carryOut(signIns.handle(.stop, at: channel, surroundings))
        case .signOut(let channel, let evenGuest):
            return carryOut(signIns.handle(.signOut(evenGuest: evenGuest), at: channel, surroundings))
        case .stopAwaitingPayment:
            payment = nil
            payments.poller.stop()
            return []
        }
    }
}
