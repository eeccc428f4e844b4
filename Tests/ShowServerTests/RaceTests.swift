import Domain
import GRDB
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

@Suite struct RaceTests {
    /// Leaves exactly `left` of a variant by buying the others.
    private func leave(_ left: Int, of sku: SKU, _ product: ProductID, _ shop: Shop) async throws {
        let token = try await shop.guest()
        let stock = try await shop.stock(product, sku)
        let quote = try await shop.quote(sku, stock - left, token: token)
        #expect(try await shop.order(quote, key: "rest", token: token).status == 201)
    }

    private func variant(_ shop: Shop, moreThan least: Int) async throws -> (ProductID, SKU) {
        let page: Page<Product> = try await shop.get(.products)
        for product in page.items {
            for variant in product.variants where (least + 1...99).contains(variant.stock ?? 0) {
                return (product.id, variant.sku)
            }
        }
        throw HTTPFailure.protocolError
    }

    @Test func manyBuyersGetNoMoreThanThereIs() async throws {
        let (product, sku): (ProductID, SKU) = ("mv-101", "MV-101-SAGE")
        let database = try await Shop.database(.quiet)
        try await DatabaseQueue(path: database).write {
            try $0.execute(sql: "UPDATE variants SET stock = 100 WHERE sku = ?", arguments: [sku.rawValue])
        }
        try await Shop.open(database: database) { shop in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for buyer in 0..<200 {
                    group.addTask {
                        let token = try await shop.guest()
                        let quote = try await shop.quote(sku, token: token)
                        return try await shop.order(quote, key: "k-\(buyer)", token: token).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 201 } == 100)
            #expect(statuses.count { $0 == 409 } == 100)
            #expect(try await shop.stock(product, sku) == 0)
        }
        let (orders, items) = try await DatabaseQueue(path: database).read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM orders"),
                try Int.fetchOne(db, sql: "SELECT sum(quantity) FROM order_lines")
            )
        }
        #expect(orders == 100)
        #expect(items == 100)
    }

    @Test func twoBuyersOneItem() async throws {
        try await Shop.open { shop in
            let (product, sku) = try await variant(shop, moreThan: 1)
            try await leave(1, of: sku, product, shop)
            let first = try await shop.guest()
            let second = try await shop.guest()
            let firstQuote = try await shop.quote(sku, token: first)
            let secondQuote = try await shop.quote(sku, token: second)
            async let one = shop.order(firstQuote, key: "k", token: first)
            async let other = shop.order(secondQuote, key: "k", token: second)
            let answers = try await [one, other]
            #expect(answers.map(\.status).sorted() == [201, 409])
            let refused = try #require(answers.first { $0.status == 409 })
            let problem: Problem = try refused.value(409)
            #expect(problem.code == ProblemCode.soldOut)
            #expect(problem.stock == 0)
        }
    }

    /// The same purchase sent again and again at once: some are told that it is being placed, none buys a second time.
    @Test func oneKeySentManyTimesAtOnceBuysOnce() async throws {
        try await Shop.open { shop in
            let (product, sku) = try await variant(shop, moreThan: 10)
            let before = try await shop.stock(product, sku)
            let token = try await shop.guest()
            let quote = try await shop.quote(sku, token: token)
            let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
                for _ in 0..<12 { group.addTask { try await shop.order(quote, key: "k", token: token) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let bodies = Set(answers.filter { $0.status == 201 }.map(\.body))
            #expect(bodies.count == 1)
            for answer in answers where answer.status != 201 {
                let problem: Problem = try answer.value(409)
                #expect(problem.code == ProblemCode.keyInFlight)
                #expect(answer.headers["Retry-After"] != nil)
            }
            #expect(try await shop.stock(product, sku) == before - 1)
        }
    }
}
