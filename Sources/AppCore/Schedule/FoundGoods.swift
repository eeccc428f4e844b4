import Domain
import Text

/// What all shops have of that which is searched for on the schedule: the first page of each, as the shop finds it.
package struct FoundGoods: Sendable {
    let text: String
    /// When the shops are asked: not at each letter.
    var dueAt: Timestamp?
    private var awaited: Set<Channel> = []
    private var lists = PerChannel([Product]())
    /// Why shops could not be asked.
    package private(set) var failures: [Channel: ShopFailure] = [:]

    init(text: String, dueAt: Timestamp) { (self.text, self.dueAt) = (text, dueAt) }

    /// Whether something may still come.
    package var isLooking: Bool { dueAt != nil || !awaited.isEmpty }

    func products(of channels: [Channel]) -> [Product] { channels.flatMap { lists[$0] } }

    mutating func ask(_ channels: [Channel]) {
        dueAt = nil
        awaited = Set(channels)
        failures = [:]
    }

    /// All of them once more; what they have found so far stays until they answer.
    mutating func askAgain(at now: Timestamp) { dueAt = now }

    mutating func take(_ result: Result<ShopAnswer, ShopFailure>, of channel: Channel) {
        guard awaited.remove(channel) != nil else { return }
        switch result {
        case .success(.products(let products, _)): lists[channel] = products
        case .success: break
        case .failure(let failure): failures[channel] = failure
        }
    }
}

extension AppState {
    /// The products that a search on the schedule has found, of all channels.
    package var foundProducts: [Product] { schedule.found?.products(of: channels) ?? [] }

    /// The rows of the schedule in their order: shows, then products where something is searched for.
    package var scheduleTargets: [ShowOrProduct] {
        scheduleRows().map { .show($0.id) } + foundProducts.map { .product($0.id) }
    }

    /// What is selected must be a row that can be seen: Enter opens it.
    mutating func keepScheduleSelection() {
        let rows = scheduleTargets
        if schedule.chosen.map(rows.contains) != true { schedule.chosen = rows.first }
    }

    /// Every shop is asked when the typing pauses.
    mutating func searchEverywhere(_ text: SafeText) {
        let words = text.string.split(separator: " ").joined(separator: " ")
        guard schedule.found?.text != words else { return }
        schedule.found = words.isEmpty ? nil : FoundGoods(text: words, dueAt: now + Self.searchPause)
    }

    mutating func askEverywhere() -> [Effect] {
        guard let found = schedule.found, let due = found.dueAt, due <= now else { return [] }
        let shops = channels.filter { self.shops[$0].capabilities.contains(.orders) }
        schedule.found?.ask(shops)
        return shops.map { .ask(.products(search: found.text, show: nil, cursor: nil), of: $0) }
    }

    mutating func takeFound(_ text: String, of channel: Channel, _ result: Result<ShopAnswer, ShopFailure>) {
        guard schedule.found?.text == text else { return }
        schedule.found?.take(result, of: channel)
        if case .success(.products(let products, _)) = result { notePrices(of: products) }
        keepScheduleSelection()
    }
}
