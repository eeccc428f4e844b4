import ProgramTesting
import TestThreads
import Testing
import WooStandIn

/// Products that come in several forms, and what is proposed to pay with, at a shop that is not ours.
@Suite(.ownThread, .timeLimit(.minutes(5))) struct WooFormsTests {
    @Test(.serialized, arguments: WooShopTests.versions)
    func aProductInAFormsPlaceListsItsForms(_ rules: StandInShop.Rules) throws {
        let place = try WooShop(rules)
        let shopper = try place.shopper()
        // Nobody has to say where they live to be told what there is.
        let bowl = try shopper.run("buy", "40")
        // An old shop tells the most for one order, and how many are left only once they are few.
        func left(_ count: Int) -> String { rules.isOld ? "at most \(count) to an order" : "\(count) left" }
        #expect(bowl.status == 2 && bowl.complaint == "vitrine: not bought: Tea bowl comes in 2 forms", "\(bowl)")
        #expect(
            bowl.output == """
                  41  Size S  USD 120.00  \(left(4))
                  42  Size L  USD 180.00  sold out
                To buy one: vitrine buy 41 --max-total AMOUNT

                """, "\(bowl)")
        // A variation that leaves something open is none that goes into a basket.
        _ = try shopper.tellAddress()
        let bag = try shopper.run("buy", "51", "--max-total", "100", "--yes")
        #expect(
            bag.status == 2
                && bag.output.contains("  51?Handle=Short  Colour Blue, Handle Short  USD 25.00  \(left(9))"),
            "\(bag)")
        #expect(bag.output.contains("To buy one: vitrine buy '51?Handle=Long' --max-total AMOUNT"))
        #expect(try shopper.run("buy", "40", "--json").output == "")
        #expect(place.shop.orders.isEmpty && !place.shop.log.contains("POST /checkout"))
        // What has one form, and what the shop sells none of, is refused as before.
        let soldOut = try shopper.run("buy", "62", "--max-total", "200", "--yes")
        #expect(soldOut.status == 1 && soldOut.output.isEmpty, "\(soldOut)")
    }

    @Test func oneProductIsShown() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        let listed = try shopper.run("products").output
        #expect(listed.contains("40  Tea bowl\n  41  USD 120.00  S  4 left\n"), "\(listed)")
        #expect(listed.contains("60  Desk set  no price\n"))
        let bowl = try shopper.run("product", "40")
        #expect(bowl.output.hasPrefix("40  Tea bowl\n│ Thrown by hand.\n  41  Size S  USD 120.00  4 left\n"), "\(bowl)")
        #expect(try shopper.run("product", "42").output == bowl.output)
        #expect(try shopper.run("product", place.origin + "/product/tea-bowl/").output == bowl.output)
        let set = try shopper.run("product", "60")
        #expect(set.status == 0 && set.output.hasPrefix("60  Desk set\n"), "\(set)")
        let json = try shopper.run("product", "40", "--json").decode(ProductShape.self)
        #expect(json.variants.map(\.sku) == ["41", "42"])
        #expect(try shopper.run("product", "999").status == 1)
    }

    @Test func thePriceOfFormsThatAreNotToldOneByOneIsTheLowest() throws {
        let place = try WooShop(StandInShop.Rules())
        let sizes = (1...101).map { 1000 + $0 }
        place.shop.change { _, goods in
            goods.append(
                StandInGoods(1000, "Rug", price: 9000, kind: .variable, attributes: [("Size", sizes.map(String.init))]))
            goods += zip(sizes, [9000] + Array(repeating: 9900, count: 100)).map { size, price in
                StandInGoods(
                    size, "Rug", price: price, kind: .variation, parent: 1000, attributes: [("Size", [String(size)])])
            }
        }
        let shopper = try place.shopper()
        let listed = try shopper.run("products").output
        #expect(listed.contains("  1002  from USD 90.00  1002"), "\(listed)")
        #expect(listed.contains("  31  USD 18.00  5 left"))
        let opened = try shopper.run("product", "1000").output
        #expect(opened.contains("  1001  Size 1001  USD 90.00\n  1002  Size 1002  USD 99.00\n"), "\(opened)")
        let said = try shopper.run(["--plain"], input: "products rug\nbuy 1000\n").output
        #expect(said.contains("2. Rug (1002), from USD 90.00, 1002"), "\(said)")
        #expect(said.contains("Which? Rug comes in 101 forms. ‘buy NUMBER’."))
        #expect(said.contains("2. Rug (1002), USD 99.00, 1002"))
    }

    /// Such shops call what they sell by numbers, as a list does.
    @Test func aNumberThatIsAlsoAnothersSKUIsNotGuessed() throws {
        let place = try WooShop(StandInShop.Rules())
        place.shop.change { _, goods in
            goods = [(1, "Bowl"), (5, "Cup"), (9, "Vase")].map { StandInGoods($0.0, $0.1, price: 900) }
        }
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let said = try shopper.run(["--plain"], input: "products\nbuy 1\nbuy 3\nbuy 9\n").output
        #expect(said.contains("1. Vase, USD 9.00, 9\n2. Cup, USD 9.00, 5\n3. Bowl, USD 9.00, 1\n"), "\(said)")
        #expect(
            said.contains(
                "1 is number 1 of the list, Vase, and the SKU of Bowl: ‘buy 9’ is the one, ‘buy 3’ the other."))
        #expect(said.contains("1 × Bowl, 1: USD 9.00") && said.contains("1 × Vase, 9: USD 9.00"), "\(said)")
        #expect(try shopper.run("buy", "1", "--max-total", "100", "--yes").status == 0)
        // An order says which it was by its SKU.
        let again = try shopper.run(["--plain"], input: "products\norders\nreorder 1\n").output
        #expect(again.contains("1 × Bowl, 1: USD 9.00"), "\(again)")
    }

    @Test func theWayThatWasPaidLastIsProposed() throws {
        let place = try WooShop(StandInShop.Rules())
        let shopper = try place.shopper()
        _ = try shopper.tellAddress()
        let before = try shopper.run("buy", "31", "--max-total", "100")
        #expect(
            before.complaint == "vitrine: not bought: it would cost USD 23.00 (Bank transfer); add --yes to buy",
            "\(before)")
        #expect(try shopper.run("buy", "31", "--max-total", "100", "--payment", "cheque", "--yes").status == 0)
        let after = try shopper.run("buy", "32")
        #expect(
            after.complaint
                == "vitrine: not bought: it would cost USD 9.50 (Cheque); add --max-total 9.50 --yes to buy", "\(after)"
        )
        #expect(try shopper.run(["--plain"], input: "buy 32\n").output.contains("Payment: Cheque"))
        #expect(try shopper.run("buy", "32", "--max-total", "100", "--yes").status == 0)
        #expect(place.shop.orders.map(\.method) == ["cheque", "cheque"])
        // Where the shop no longer takes it, its first is.
        place.shop.change { rules, _ in rules.methods = ["bacs", "cod"] }
        #expect(try shopper.run("buy", "32").complaint.contains("(Bank transfer)"))
    }
}
