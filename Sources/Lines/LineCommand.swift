/// What can be typed in the dialogue: the one table that its help, its complaints and its actions are made from.
enum LineCommand: String, CaseIterable {
    case shows, watch, back, quiet, aloud, moments, remind, products, product, reviews, wish, wishes, buy, say, hosts,
        follow
    case unfollow, following
    case address, orders, order, pay, cancel, sendBack = "return", reorder, login, logout, more, help, quit

    /// - Parameter word: in any case, also by the other name that some have.
    init?(_ word: String) {
        let others: [String: LineCommand] = ["schedule": .shows, "stop": .back, "exit": .quit]
        guard let word = LineCommand(rawValue: word.lowercased()) ?? others[word.lowercased()] else { return nil }
        self = word
    }

    /// How it is typed, and what it does.
    var help: String {
        switch self {
        case .shows: "shows or schedule [scheduled, live, ended, or words to find]: list shows, live ones first"
        case .watch: "watch NUMBER or ID: follow a show"
        case .back: "back or stop: leave the show"
        case .quiet: "quiet: in a show, what happens waits until you press Enter"
        case .aloud: "aloud: it is said as it happens again"
        case .remind: "remind NUMBER or ID: say when a show is about to start; again: no longer"
        case .moments: "moments: in a show, what was on air, and when"
        case .products: "products [words to find]: list what the show, or without one the shop, sells"
        case .product: "product [NUMBER or ID]: all about it, and the forms it comes in; alone: what is on air"
        case .reviews: "reviews [NUMBER or ID]: what buyers say of it; alone: of what is on air"
        case .wish: "wish [NUMBER or ID]: put it on your wish list, or take it off; alone: what is on air"
        case .wishes: "wishes: your wish list, with the prices of now"
        case .buy:
            "buy [NUMBER or SKU] [QUANTITY] [by DELIVERY] [with WAY]: the full price, then a question; alone: what is on air"
        case .say: "say TEXT: write in the chat"
        case .hosts: "hosts [words to find]: list the hosts"
        case .follow: "follow [NUMBER or ID]: follow a host; alone: the show's"
        case .unfollow: "unfollow [NUMBER or ID]: follow a host no longer"
        case .following: "following: list the hosts you follow"
        case .address:
            "address: who buys and where it is sent to, a line after the other, at shops that keep no accounts"
        case .orders: "orders: list your orders"
        case .pay: "pay NUMBER or ID: where an order is paid, and whether it has been"
        case .cancel: "cancel NUMBER or ID: the order, then a question whether to cancel it"
        case .order: "order NUMBER or ID: its receipt, where it is and what happened"
        case .sendBack: "return NUMBER or ID REASON: the order, then a question whether to send it back"
        case .reorder: "reorder NUMBER or ID: buy it again; the full price, then a question"
        case .login: "login: sign in to your own account, with a code for the shop's page"
        case .logout: "logout: sign out; ‘logout --guest’ ends a guest's account, whose orders nobody finds again"
        case .more: "more: the next of a long list"
        case .help: "help: these lines"
        case .quit: "quit: end"
        }
    }
}
