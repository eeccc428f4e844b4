import Domain

/// What can be chosen in a list of shows and of what they sell.
package enum ShowOrProduct: Hashable, Sendable {
    case show(ShowID)
    case product(ProductID)

    var channel: Channel {
        switch self {
        case .show(let id): id.channel
        case .product(let id): id.channel
        }
    }
}
