import Domain
import Text

/// Stage of the pane, with what it shows of its purchase.
package enum BuyStage: Hashable, Sendable {
    case choosing
    /// Being written down, then sent; the outcome is not known yet.
    case buying(key: String)
    case placed(Order)
    /// Perhaps bought; it is being found out.
    case unknown(key: String)

    /// Nothing more is to be decided in the pane.
    package var isFinished: Bool {
        switch self {
        case .placed, .unknown: true
        case .choosing, .buying: false
        }
    }

    /// The row of the orders that is about it.
    var row: String? {
        switch self {
        case .placed(let order): order.id.row
        case .buying(let key), .unknown(let key): key
        case .choosing: nil
        }
    }
}

extension AppState {
    /// Stage of the open pane; nil while none is open.
    package var buyStage: BuyStage? {
        guard let buy else { return nil }
        guard let key = buy.stage.key else { return .choosing }
        guard let purchase = orders.purchases[key] else { return .unknown(key: key) }
        if let order = purchase.order { return .placed(order) }
        return purchase.isInDoubt ? .unknown(key: key) : .buying(key: key)
    }

    /// Something stands in the pane that a key would agree to.
    var isPaneSettled: Bool {
        switch (buyStage, buy?.quote) {
        case (.choosing, .ready), (.placed, _), (.unknown, _): true
        case (.choosing, _), (.buying, _), (nil, _): false
        }
    }
}
