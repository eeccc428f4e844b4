import Providers
import Testing

@Suite struct ShopOriginTests {
    @Test(arguments: [
        ("https://shop.example", "https://shop.example"),
        ("HTTPS://Shop.Example/", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("https://shop.example:8443/", "https://shop.example:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ])
    func oneShopHasOneName(text: String, name: String) throws {
        #expect(try ShopOrigin(text).description == name)
        #expect(try VitrineAPIProvider(origin: text).origin == name)
    }

    @Test(arguments: [
        ("", InvalidShopOrigin.notAnAddress), ("shop.example", .notAnAddress), ("ftp://shop.example", .notAnAddress),
        ("https://", .notAnAddress), ("https:///v1", .notAnAddress), ("https://shop.example:0", .notAnAddress),
        ("https://shop.example:99999", .notAnAddress), ("https://shop example", .notAnAddress),
        ("https://shop.example\r\nX: y", .notAnAddress), ("file:///etc/passwd", .notAnAddress),
        ("https://lea:pw@shop.example", .hasUserName), ("https://shop.example/api", .hasPath),
        ("https://shop.example//", .hasPath), ("https://shop.example?x=1", .hasPath),
        ("https://shop.example/#top", .hasPath), ("http://shop.example", .insecure),
        ("http://127.0.0.1.shop.example", .insecure), ("http://10.0.0.7", .insecure),
    ])
    func whatIsNoPlaceOfAShop(text: String, reason: InvalidShopOrigin) {
        #expect(throws: reason) { try ShopOrigin(text) }
    }

    @Test func theReasonShowsNoPassword() {
        let reason = #expect(throws: InvalidShopOrigin.self) { try ShopOrigin("https://lea:pw@shop.example") }
        #expect(reason?.description.contains("pw") == false)
    }
}
