import Text

/// Names of payment gateways for people. The Store API tells their ids alone.
enum WooGateway {
    private static let known: [String: SafeText] = [
        "stripe": "Card (Stripe)", "stripe_cc": "Card (Stripe)", "stripe_sepa": "SEPA direct debit (Stripe)",
        "stripe_sepa_debit": "SEPA direct debit (Stripe)", "stripe_klarna": "Klarna (Stripe)",
        "stripe_googlepay": "Google Pay (Stripe)", "stripe_applepay": "Apple Pay (Stripe)",
        "woocommerce_payments": "Card (WooPayments)", "ppcp-gateway": "PayPal", "ppec_paypal": "PayPal",
        "paypal": "PayPal", "ppcp-credit-card-gateway": "Card (PayPal)", "ppcp-card-button-gateway": "Card (PayPal)",
        "ppcp-oxxo-gateway": "OXXO (PayPal)", "ppcp-pay-upon-invoice-gateway": "Invoice (PayPal)",
        "klarna_payments": "Klarna", "kco": "Klarna", "afterpay": "Afterpay", "clearpay": "Clearpay",
        "affirm": "Affirm", "amazon_payments_advanced": "Amazon Pay", "square_credit_card": "Card (Square)",
        "square_cash_app_pay": "Cash App Pay (Square)", "braintree_credit_card": "Card (Braintree)",
        "braintree_paypal": "PayPal (Braintree)", "payfast": "PayFast", "paystack": "Paystack",
        "razorpay": "Razorpay", "mercadopago": "Mercado Pago", "woo-mercado-pago-basic": "Mercado Pago",
        "payu": "PayU", "sumup": "Card (SumUp)", "twint": "TWINT", "payrexx": "Payrexx", "viva_wallet": "Viva Wallet",
        "authorize_net_cim_credit_card": "Card (Authorize.net)", "eway_payments": "Card (Eway)",
    ]

    /// Gateways that offer several ways, each with an id of its own behind this.
    private static let families: [(prefix: String, name: SafeText)] = [
        ("mollie_wc_gateway_", "Mollie"), ("woocommerce_payments_", "WooPayments"), ("stripe_", "Stripe"),
        ("ppcp-", "PayPal"), ("payrexx_", "Payrexx"), ("multisafepay_", "MultiSafepay"), ("adyen_", "Adyen"),
        ("buckaroo_", "Buckaroo"), ("pay_gateway_", "Pay."), ("wallee_", "wallee"), ("datatrans_", "Datatrans"),
    ]

    private static let ways: [String: SafeText] = [
        "ideal": "iDEAL", "bancontact": "Bancontact", "creditcard": "Card", "cc": "Card", "credit card": "Card",
        "card": "Card", "klarna": "Klarna", "paypal": "PayPal", "applepay": "Apple Pay", "googlepay": "Google Pay",
        "sofort": "Sofort", "eps": "EPS", "giropay": "Giropay", "przelewy24": "Przelewy24", "p24": "Przelewy24",
        "twint": "TWINT", "banktransfer": "Bank transfer", "directdebit": "Direct debit", "sepa": "SEPA direct debit",
        "blik": "BLIK", "multibanco": "Multibanco", "alipay": "Alipay", "wechat pay": "WeChat Pay",
    ]

    /// - Parameter id: as the shop calls it. One that is not known is made words.
    static func label(_ id: String) -> SafeText {
        if let name = known[id] { return name }
        for (prefix, name) in families where id.hasPrefix(prefix) && id.count > prefix.count {
            let way = words(String(id.dropFirst(prefix.count)))
            return (ways[way] ?? SafeText(capitalized(way))) + " (" + name + ")"
        }
        let way = words(id)
        return ways[way] ?? SafeText(capitalized(way))
    }

    /// Without what every gateway calls itself.
    private static func words(_ id: String) -> String {
        let parts = id.lowercased().split { "_- ".contains($0) }.map(String.init)
        let telling = parts.filter { !["gateway", "wc", "woocommerce", "payment", "payments"].contains($0) }
        return (telling.isEmpty ? parts : telling).joined(separator: " ")
    }

    private static func capitalized(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
}
