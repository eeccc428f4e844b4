import Domain
import Testing

@testable import Providers

/// Names and addresses as WooCommerce shops give them.
@Suite struct WooWordsTests {
    @Test(arguments: [
        ("stripe", "Card (Stripe)"), ("ppcp-gateway", "PayPal"), ("mollie_wc_gateway_ideal", "iDEAL (Mollie)"),
        ("mollie_wc_gateway_eps", "EPS (Mollie)"), ("fakepay", "Fakepay"), ("acme_pay_gateway", "Acme pay"),
        ("stripe_", "Stripe"), ("gateway", "Gateway"),
    ])
    func gatewaysHaveNames(_ id: String, _ name: String) {
        #expect(WooPayment.method(id)?.label.string == name + ", on the shop's page")
        #expect(WooPayment.method(id)?.kind == .handover)
    }

    @Test(arguments: [
        ("ana@48x17.example", "ana@48&#215;17.example"), ("ana@48x17.example", "ana@48\u{D7}17.example"),
        ("o'neil@example.org", "O\u{2019}Neil@example.org"), ("a--b@example.org", "a\u{2013}b@example.org"),
        ("a&b@example.org", "a&#038;b@example.org"), ("Ana@Example.org", "ana@example.org"),
    ])
    func anAddressThatWasSetAsTextIsTheSame(_ sent: String, _ back: String) {
        #expect(EmailAddress.isSame(sent, back) && EmailAddress.isSame(back, sent))
    }

    @Test(arguments: [("ana@example.org", "bob@example.org"), ("ana@48x17.example", ""), ("a-b@x.org", "a--b@x.org")])
    func othersAreNot(_ a: String, _ b: String) { #expect(!EmailAddress.isSame(a, b)) }
}
