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
