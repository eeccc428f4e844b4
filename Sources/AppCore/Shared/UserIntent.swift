/// Something that a user can ask for by a key, a click or a command.
package enum UserIntent: String, Hashable, Sendable, CaseIterable {
    case quit, leave, back, help
    case scheduleTab = "schedule"
    case liveTab = "live"
    case followingTab = "following"
    case ordersTab = "orders"
    case wishListTab = "wish-list"
    case open
    case hostPage = "host"
    case up, down, left, right
    case pageUp = "page-up"
    case pageDown = "page-down"
    case top, bottom
    case nextPane = "next-pane"
    case search, refresh
    case nextMatch = "next-match"
    case previousMatch = "previous-match"
    case command
    case complete
    case completeBack = "complete-back"
    case copyLink = "copy-link"
    case nextTheme = "next-theme"
    case buy
    case buySelected = "buy-selected"
    case follow, write, wish, remind, moments
    case pause
    case seekBack = "seek-back"
    case seekForward = "seek-forward"
    case confirm, pay, cancelOrder = "cancel-order"
    case returnOrder = "return-order"
    case address
    case deleteBackward = "delete-backward"
    case deleteForward = "delete-forward"
    case deleteWord = "delete-word"
    case deleteLine = "delete-line"
    case deleteToEnd = "delete-to-end"
    case deleteWordForward = "delete-word-forward"
    case yank
    case wordLeft = "word-left"
    case wordRight = "word-right"
}

/// Where keys have a meaning of their own: exactly one context is active at a time.
package enum KeyContext: String, Sendable, CaseIterable {
    case list, watch, product, order, buy, payment, prompt, help

    package var title: String {
        switch self {
        case .list: "Lists"
        case .watch: "Watching"
        case .product: "A product"
        case .order: "An order"
        case .buy: "Buying"
        case .payment: "Paying"
        case .prompt: "Writing"
        case .help: "Help"
        }
    }
}

/// A row of the one table that gives an intent's id, keys, footer hint, help and documentation.
package struct IntentBinding: Sendable {
    package let intent: UserIntent
    package let contexts: Set<KeyContext>
    /// Key names as `config.toml` writes them; the first is the one that screens show.
    package let keys: [String]
    /// One or two words for the footer; nil for keys that need no hint.
    package let hint: String?
    package let help: String
}

package enum IntentTable {
    private static let everywhereButPrompt: Set<KeyContext> = [.list, .watch, .product, .order, .buy, .payment, .help]
    private static let shop: Set<KeyContext> = [.list, .watch, .product]
    private static let pages: Set<KeyContext> = [.list, .watch, .product, .order]

    private static func row(
        _ intent: UserIntent, _ contexts: Set<KeyContext>, _ keys: [String], _ hint: String?, _ help: String
    ) -> IntentBinding {
        IntentBinding(intent: intent, contexts: contexts, keys: keys, hint: hint, help: help)
    }

    /// In the order in which the footer and the help show them: what is needed most comes first.
    package static let bindings: [IntentBinding] = [
        row(.confirm, [.buy], ["enter"], "buy", "Buy for the total shown"),
        row(.left, [.buy], ["left", "h"], nil, "The choice before; one less"),
        row(.right, [.buy], ["right", "l"], "change", "The next choice; one more"),
        row(.up, [.buy], ["up", "k"], nil, "The field above"),
        row(.down, [.buy], ["down", "j"], "field", "The field below"),
        row(.confirm, [.order], ["enter"], "go on", "Sending back: on with the reason, then ask the shop"),
        row(.confirm, [.prompt], ["enter"], "send", "Send what is written"),
        row(
            .pay, [.list, .order, .buy], ["p"], "pay", "The shop's page that takes the payment, as a link and a QR code"
        ),
        row(.address, [.buy], ["a"], "address", "Where it is sent to, for shops that do not keep it: line by line"),
        row(.open, [.list], ["enter"], "open", "Open what is selected"),
        row(.buy, [.watch], ["b"], "buy", "Buy the product on air: the one on the card"),
        row(.buySelected, [.watch], ["B"], "buy", "Buy the product selected in the line-up or among the moments"),
        row(.buy, [.product], ["b"], "buy", "Buy it"),
        row(.buy, [.order], ["b"], "buy again", "Buy it again: opens the pane, with the price of now"),
        row(.nextPane, [.watch], ["tab"], "pane", "Chat or line-up"),
        row(.write, [.watch], ["i"], "write", "Write in the chat"),
        row(.open, [.watch], ["enter"], "product", "Open the product; in a replay's moments, go there"),
        row(.nextMatch, [.watch], ["n"], "next match", "The next match, further back in the chat"),
        row(.search, [.watch], ["/"], "find", "Find in the chat or the line-up"),
        row(.moments, [.watch], ["m"], "moments", "What was on air, and when"),
        row(.follow, shop, ["f"], "follow", "Follow or unfollow the host"),
        row(.remind, [.list, .watch], ["r"], "remind", "Be told when the show begins, or no longer"),
        row(.wish, shop, ["w"], "wish", "Put the product on the wish list, or take it off"),
        row(.hostPage, shop, ["o"], "host", "Open the host's page"),
        row(.cancelOrder, [.list], ["x"], "cancel", "Cancel the selected order: press twice"),
        row(.cancelOrder, [.order], ["x"], "cancel", "Cancel the order: press twice"),
        row(.returnOrder, [.order], ["r"], "send back", "Send it back: choose why, then confirm"),
        row(.previousMatch, [.watch], ["N"], nil, "The newer match again"),
        row(.search, [.list], ["/"], "find", "Find in the list"),
        row(.copyLink, [.payment], ["u"], "copy link", "Copy the link"),
        row(.copyLink, [.list, .watch, .buy], ["u"], nil, "Copy the newest link in sight"),
        row(.copyLink, [.order], ["u"], "copy link", "Copy the link to the parcel, or to the shop's page"),
        row(.pause, [.watch], ["space"], "stop", "Replay: stop, or go on"),
        row(.seekBack, [.watch], ["["], "−30 s", "Replay: 30 s back"),
        row(.seekForward, [.watch], ["]"], "+30 s", "Replay: 30 s forward"),
        row(.command, pages, [":"], nil, "Write a command"),
        row(.complete, [.prompt], ["tab"], "complete", "Command: complete the word; again for the next one"),
        row(.completeBack, [.prompt], ["shift-tab"], nil, "Command: the completion before"),
        row(.up, [.prompt], ["up", "ctrl-p"], nil, "The line written before; of an address, the one before"),
        row(.down, [.prompt], ["down", "ctrl-n"], nil, "The line written after it; of an address, the one after"),
        row(.refresh, [.payment], ["R"], "ask now", "Ask the shop now whether it is paid"),
        row(.refresh, pages, ["R"], nil, "Ask the server now"),
        row(.nextTheme, pages, ["t"], nil, "The next theme"),
        row(.scheduleTab, pages, ["1"], nil, "Schedule"),
        row(.liveTab, pages, ["2"], nil, "Live now"),
        row(.followingTab, pages, ["3"], nil, "Hosts you follow"),
        row(.ordersTab, [.list, .watch, .product, .order, .buy, .payment], ["4"], nil, "Your orders"),
        row(.wishListTab, pages, ["5"], nil, "Your wish list"),
        row(.up, [.list], ["up", "k"], nil, "Up"),
        row(.down, [.list], ["down", "j"], nil, "Down"),
        row(.up, [.watch], ["up", "k"], nil, "Up; in the chat, back in time"),
        row(.down, [.watch], ["down", "j"], nil, "Down"),
        row(.up, [.product], ["up", "k"], nil, "Up: an option, a part of the description, a review"),
        row(.down, [.product], ["down", "j"], nil, "Down"),
        row(.up, [.order], ["up", "k"], nil, "Up: an item, the total, what happened"),
        row(.down, [.order], ["down", "j"], nil, "Down"),
        row(.up, [.help], ["up", "k"], nil, "The page before"),
        row(.down, [.help], ["down", "j"], nil, "The next page"),
        row(.left, [.watch], ["left", "h"], nil, "The other product on air, before"),
        row(.right, [.watch], ["right", "l"], nil, "The other product on air, next"),
        row(.pageUp, pages, ["pgup", "ctrl-b"], nil, "A page up"),
        row(.pageDown, pages, ["pgdn", "ctrl-f"], nil, "A page down"),
        row(.pageUp, [.help], ["pgup", "ctrl-b"], nil, "The page before"),
        row(.pageDown, [.help], ["pgdn", "ctrl-f"], nil, "The next page"),
        row(.top, [.list, .product, .order], ["g", "home"], nil, "To the top"),
        row(.bottom, [.list, .product, .order], ["G", "end"], nil, "To the end"),
        row(.top, [.watch], ["g", "home"], nil, "To the oldest message"),
        row(.bottom, [.watch], ["G", "end"], nil, "To the newest message"),
        row(.top, [.help], ["g", "home"], nil, "The first page"),
        row(.left, [.prompt], ["left", "ctrl-b"], nil, "A character left"),
        row(.right, [.prompt], ["right", "ctrl-f"], nil, "A character right"),
        row(.wordLeft, [.prompt], ["alt-b", "ctrl-left", "alt-left"], nil, "A word left"),
        row(.wordRight, [.prompt], ["alt-f", "ctrl-right", "alt-right"], nil, "A word right"),
        row(.top, [.prompt], ["home", "ctrl-a"], nil, "To the start of the line"),
        row(.bottom, [.prompt], ["end", "ctrl-e"], nil, "To the end of the line"),
        row(.deleteBackward, [.prompt], ["backspace"], nil, "Delete the character before the cursor"),
        row(.deleteForward, [.prompt], ["delete", "ctrl-d"], nil, "Delete the character under the cursor"),
        row(.deleteWord, [.prompt], ["ctrl-w", "alt-backspace"], nil, "Delete the word before the cursor"),
        row(.deleteLine, [.prompt], ["ctrl-u"], nil, "Delete the line"),
        row(.deleteToEnd, [.prompt], ["ctrl-k"], nil, "Delete from the cursor to the end of the line"),
        row(.deleteWordForward, [.prompt], ["alt-d", "ctrl-delete"], nil, "Delete the word after the cursor"),
        row(.yank, [.prompt], ["ctrl-y"], nil, "Put back what was deleted last, but for single characters"),
        row(.help, [.list, .watch, .product, .order, .payment, .help], ["?", "f1"], "help", "These keys"),
        row(.back, [.buy], ["esc", "q"], "not now", "Close the pane; nothing is bought"),
        row(.back, [.payment], ["esc", "q"], "back", "Back; it can be paid later"),
        row(.leave, [.list], ["q"], "back", "Back; from the schedule, quit"),
        row(.back, [.list], ["esc"], nil, "Back, up to the schedule"),
        row(.back, [.watch], ["q", "esc"], "back", "Leave the show"),
        row(.back, [.product], ["q", "esc"], "back", "Back to where it was opened"),
        row(.back, [.order], ["q", "esc"], "back", "Back to your orders; sending back: a step back"),
        row(.back, [.help], ["q", "esc"], "back", "Back to the page below"),
        row(.back, [.prompt], ["esc"], "cancel", "Leave the line; a message waits for the next time"),
        row(.quit, everywhereButPrompt, ["Q", "ctrl-c"], nil, "Quit"),
        row(.quit, [.prompt], ["ctrl-c"], nil, "Quit"),
    ]
}
