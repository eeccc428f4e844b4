import AppCore
import Domain
import Testing
import Text

/// A shop's catalogue on its host's page: page by page, searched by the shop, and as it was when the shop is away.
@Suite struct CatalogueTests {
    private let viewer = Rehearsal.withSchedule()

    private func goods(_ numbers: Range<Int>) -> [Product] {
        numbers.map {
            Product(
                id: ProductID("p\($0)"), title: SafeText("Print \($0)"),
                variants: [Variant(sku: SKU("s\($0)"), price: Sample.francs(100))])
        }
    }

    private func page(_ search: String? = nil, _ cursor: String? = nil) -> ShopQuery {
        .productsOfHost("ana", search: search, cursor: cursor)
    }

    private func pages(_ effects: [Effect]) -> [ShopQuery] {
        effects.questions.filter { if case .productsOfHost = $0 { true } else { false } }
    }

    private var listed: [ProductID] { viewer.state.hostPageLists.products.map(\.id) }

    init() {
        viewer.state.rows = 24
        viewer.press(.hostPage)
    }

    /// 10 000 products are looked through without any that nobody comes near.
    @Test func aPageIsAskedForWhenTheReaderComesNearIt() {
        #expect(pages(viewer.answer(page(), .products(goods(0..<50), nextCursor: "2"))).isEmpty)
        #expect(listed.count == 50)
        var asked: [ShopQuery] = []
        for _ in 0..<40 { asked += pages(viewer.press(.down)) }
        #expect(asked == [page(nil, "2")])
        viewer.answer(page(nil, "2"), .products(goods(50..<100), nextCursor: "3"))
        #expect(listed.count == 100)
        #expect(pages(viewer.press(.bottom)) == [page(nil, "3")])
        // The same page again is no more of it.
        viewer.answer(page(nil, "3"), .products(goods(50..<100), nextCursor: "3"))
        #expect(listed.count == 100 && pages(viewer.press(.top, .bottom)).isEmpty)
    }

    @Test func whatIsNotListedTheShopFinds() {
        viewer.answer(page(), .products(goods(0..<50), nextCursor: "2"))
        viewer.press(.search)
        var asked: [ShopQuery] = []
        for letter in ["p", "r", "i", "n", "t", " ", "7"] {
            asked += pages(viewer.act(.typed(letter)))
            asked += pages(viewer.wait(.milliseconds(100)))
        }
        #expect(listed == ["p7"], "what is listed is found at once")
        // Not at each letter.
        #expect(asked.isEmpty)
        #expect(pages(viewer.wait(.milliseconds(500))) == [page("print 7")])
        viewer.answer(page("print 7"), .products(goods(700..<702) + goods(7..<8), nextCursor: nil))
        #expect(listed == ["p7", "p700", "p701"])
        #expect(pages(viewer.wait(.seconds(5))).isEmpty)
        // A late answer to what is no longer searched for is nothing.
        viewer.act(.typed("1"))
        viewer.answer(page("print 7"), .products(goods(800..<801), nextCursor: nil))
        #expect(listed.isEmpty)
    }

    @Test func whatIsAllThereNeedsNoShopToSearch() {
        viewer.answer(page(), .products(goods(0..<50), nextCursor: nil))
        viewer.press(.search)
        viewer.act(.typed("print 7"))
        #expect(pages(viewer.wait(.seconds(5))).isEmpty && listed == ["p7"])
    }

    @Test func whatWasKeptHasItsAgeAndIsAskedForAgain() {
        let hour = Sample.now - .seconds(3600)
        viewer.answer(page(), .kept(.products(goods(0..<3), nextCursor: nil), at: hour, .unsent))
        #expect(listed.count == 3)
        #expect(viewer.state.hostPage?.goods.keptAt == hour)
        #expect(viewer.state.connection.isAway)
        // Back again: it is listed anew, and stays until that has come.
        let back = viewer.answer(.host("ana"), .host(Sample.ana))
        #expect(pages(back + viewer.wait(.seconds(1))) == [page()])
        #expect(listed.count == 3)
        viewer.answer(page(), .products(goods(0..<2), nextCursor: nil))
        #expect(listed.count == 2 && viewer.state.hostPage?.goods.keptAt == nil)
    }

    @Test func aKeptProductIsNoNews() {
        viewer.answer(page(), .products([Sample.hook], nextCursor: nil))
        viewer.press(.bottom, .open)
        var old = Sample.hook
        old.variants[0].price = Sample.francs(1)
        let kept = viewer.answer(.product("hook"), .kept(.product(old), at: Sample.now - .seconds(60), .unsent))
        #expect(viewer.state.productPage?.keptAt == Sample.now - .seconds(60))
        #expect(viewer.state.productPage?.product == old)
        // Its price is not noted as one of today.
        #expect(!kept.contains { if case .store(.prices) = $0 { true } else { false } })
        viewer.answer(.product("hook"), .product(Sample.hook))
        #expect(viewer.state.productPage?.keptAt == nil)
    }
}
