import Domain
import ShopAccess
import Testing
import WooStandIn

/// Links to the shop's own checkout fill the browser's basket with exactly what was chosen.
@Suite struct WooLinkTests {
    private static let versions = [StandInShop.Rules(isOld: true), StandInShop.Rules(isOld: false)]

    private func link(_ sku: SKU, _ rules: StandInShop.Rules, _ more: [StandInGoods] = []) throws -> (
        String, WooShopper
    ) {
        var rules = rules
        rules.methods = ["stripe_cc"]
        let shopper = WooShopper(rules)
        shopper.shop.change { _, goods in goods += more }
        let intent = shopper.intent(try shopper.quote(sku, 2), method: "stripe_cc")
        guard case .order(let order) = try shopper.ask(.placeOrder(intent)).get() else { throw ShopFailure.notFound }
        return (try #require(order.checkoutURL), shopper)
    }

    @Test(arguments: versions)
    func namesWhatAVariationLeavesOpen(_ rules: StandInShop.Rules) throws {
        let (address, shopper) = try link("51?Handle=Long", rules)
        #expect(address == "https://shop.example/checkout/?add-to-cart=51&quantity=2&attribute_handle=Long")
        #expect(shopper.shop.isFilled(by: address, with: 51, 2))
    }

    @Test(arguments: versions)
    func namesSharedAttributesAsTheShopDoes(_ rules: StandInShop.Rules) throws {
        var parent = StandInGoods(
            70, "Kettle", price: 5000, kind: .variable,
            attributes: [("Lid & handle", ["oak", "hêtre & or"]), ("Size", ["l"])])
        var variation = StandInGoods(
            71, "Kettle", price: 5000, kind: .variation, parent: 70,
            attributes: [("Lid & handle", [""]), ("Size", [""])])
        parent.taxonomies = ["Size": "pa_size", "Lid & handle": "pa_lid"]
        variation.taxonomies = parent.taxonomies
        let (address, shopper) = try link(
            "71?Lid%20%26%20handle=h%C3%AAtre%20%26%20or&Size=l", rules, [parent, variation])
        #expect(shopper.shop.isFilled(by: address, with: 71, 2), "\(address)")
        #expect(address.hasSuffix("&attribute_pa_lid=h%C3%AAtre%20%26%20or&attribute_pa_size=l"))
    }
}
