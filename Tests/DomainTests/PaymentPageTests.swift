import Domain
import Testing

@Suite struct PaymentPageTests {
    @Test(arguments: [
        "https://pay.example/o/1?x=%20", "https://pay.example", "http://127.0.0.1:8080/checkout/1",
        "http://localhost/checkout", "http://[::1]:80/c", "https://[2001:db8::1]/c",
    ])
    func whatAPaymentMayBeTypedInto(address: String) {
        #expect(PaymentPage(address)?.address.string == address)
    }

    @Test(arguments: [
        "http://pay.example/o/1", "http://127.0.0.1.pay.example/", "http://127.0.0.1@pay.example/",
        "http://localhost.pay.example/", "https://shop.example@pay.example/", "https:///o/1", "https://:443/",
        "https://pay.example\\@evil.example/", "ftp://pay.example/", "javascript:alert(1)", "",
        "https://pay.example/a b",
        "https://päy.example/", "http://127.0.0/", "http://[::1/", "HTTPS://",
        "https://pay.example/" + String(repeating: "x", count: 2048),
    ])
    func whatItMayNot(address: String) { #expect(PaymentPage(address) == nil) }
}
