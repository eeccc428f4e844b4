import Domain
import ShopAccess

/// Something that the shopper can do next, which the front end in use has a name for.
package enum NextStep: Sendable {
    /// List the orders, which finds out about purchases in doubt.
    case orders
    case pay(OrderID)
    /// Tell a shop who buys.
    case address
    /// Sign out. `evenGuest`: also end a guest's account.
    case logOut(evenGuest: Bool)
    case buy(SKU)
    case reviews(ProductID)
}

extension Session {
    /// Front end that a session's lines are read in.
    package enum Face: Sendable {
        /// A shell, where a hint is a command to paste.
        case command
        /// The dialogue, where a hint is a line to type.
        case dialogue
    }

    /// Words that are typed to do something: `vitrine orders --channel Lamps` in a shell, `orders` in the dialogue.
    package func words(for step: NextStep, at channel: ChannelAccess) -> String {
        switch face {
        case .command: command(for: step, at: channel)
        case .dialogue: line(for: step, at: channel)
        }
    }

    private func command(for step: NextStep, at channel: ChannelAccess) -> String {
        switch step {
        case .orders: command("orders", at: channel)
        case .pay(let id): command("pay", id.rawValue, at: channel)
        case .address: command("address", "--ask", at: channel)
        case .logOut(false): command("logout", at: channel)
        case .logOut(true): command("logout", "--guest", at: channel)
        case .buy(let sku): command("buy", sku.rawValue, at: channel)
        case .reviews(let id): command("product", id.rawValue, at: channel)
        }
    }

    private func line(for step: NextStep, at channel: ChannelAccess) -> String {
        let title = channels.count > 1 ? " " + channel.title : ""
        let prefix = prefix(of: channel)
        return switch step {
        case .orders: LineCommand.orders.rawValue
        case .pay(let id): "\(LineCommand.pay.rawValue) \(prefix)\(id)"
        case .address: LineCommand.address.rawValue + title
        case .logOut(false): LineCommand.logout.rawValue + title
        case .logOut(true): "\(LineCommand.logout.rawValue) --guest\(title)"
        case .buy(let sku): "\(LineCommand.buy.rawValue) \(prefix)\(sku)"
        case .reviews(let id): "\(LineCommand.reviews.rawValue) \(prefix)\(id)"
        }
    }

    /// Way out of a purchase that may be bought already: how another one is bought all the same.
    var wordsForAgain: String {
        switch face {
        case .command: "--again"
        case .dialogue: "‘buy’"
        }
    }
}
