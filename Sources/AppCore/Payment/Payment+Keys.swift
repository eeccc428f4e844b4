extension AppState {
    /// The page in view still takes the payment.
    package var isPaymentOpen: Bool { orderBeingPaid?.paymentPage?.hasExpired(serverNow: serverNow) == false }

    /// A key would do something in the view of a payment.
    func offersInPayment(_ intent: UserIntent) -> Bool {
        intent == .copyLink || intent == .refresh ? isPaymentOpen : true
    }
}
