import Domain
import Text

extension AppState {
    /// A key would do something on an order's page.
    func offersOnOrder(_ intent: UserIntent) -> Bool {
        guard let order = orderOnPage else { return intent == .back || intent == .help }
        if let draft = orderPage?.returning {
            return intent == .back || (intent == .confirm && draft.stage != .asking)
        }
        return switch intent {
        case .confirm: false
        case .buy: capabilities.contains(.orders) && order.lines.contains { $0.product != nil }
        case .pay: orderToPay != nil
        case .cancelOrder: order.canCancel
        case .returnOrder: order.course.canReturn
        case .copyLink: order.course.parcel?.link != nil || orderToPay != nil
        default: true
        }
    }
}
