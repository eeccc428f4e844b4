import Domain
import Text

// Actions that can be done now, and words for them: whoever has the keys says so. Keymap and footer only ask.

extension AppState {
    /// A key would do something here.
    package func offers(_ intent: UserIntent) -> Bool {
        switch context {
        case .prompt: prompt?.offers(intent) ?? true
        case .help: true
        case .payment: offersInPayment(intent)
        case .buy: offersInPane(intent)
        case .order: offersOnOrder(intent)
        case .watch: offersOnWatch(intent) ?? offersInFocus(intent)
        case .list, .product: front.offers(intent, surroundings) ?? offersInFocus(intent)
        }
    }

    /// Words for a key where the intent table's do not say what it would do here.
    package func hint(for intent: UserIntent) -> SafeText? {
        switch context {
        case .prompt: prompt?.hint(for: intent)
        case .help, .payment: nil
        case .buy: hintInPane(for: intent)
        case .order: front.hint(for: intent, surroundings)
        case .watch: watch?.hint(for: intent) ?? hintInFocus(for: intent)
        case .list, .product: front.hint(for: intent, surroundings) ?? hintInFocus(for: intent)
        }
    }

    /// The same on every page: it depends on what is in focus.
    private func offersInFocus(_ intent: UserIntent) -> Bool {
        switch intent {
        case .buy: capabilities.contains(.orders) && productInFocus != nil
        case .follow: capabilities.contains(.follows) && hostInFocus != nil
        case .hostPage: hostInFocus != nil && hostPage == nil
        case .wish: productInFocus != nil
        case .remind: showInFocus.map(reminding.offers) ?? false
        case .search: hasWhatToSearch
        case .pay: orderToPay != nil
        case .cancelOrder: false
        default: true
        }
    }

    private func hintInFocus(for intent: UserIntent) -> SafeText? {
        switch intent {
        case .follow: hostInFocus.map { isFollowed($0.id) ? "unfollow" : "follow" }
        case .wish: productInFocus.map { wishes.contains($0.id) ? "unwish" : "wish" }
        case .remind: showInFocus.map { reminding.contains($0.id) ? "no reminder" : "remind" }
        case .leave: page == nil && tab == .schedule && searchInSight == nil ? "quit" : nil
        default: nil
        }
    }
}
