import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing
import Text

/// A host who runs a show by the studio's operations, on a server that knows no demo.
@Suite struct StudioTests {
    private let now = Shop.start

    private func draft(_ francs: Money) -> ProductDraft {
        let before = PricePoint(at: now - .seconds(86_400), price: francs)
        return ProductDraft(
            id: "lamp", host: "ada", title: "Paper lamp", brand: "Moon", shipsFrom: "CH", optionNames: ["Size"],
            variants: [
                .init(sku: "LAMP-S", options: ["S"], price: francs, stock: 3, history: [before]),
                .init(sku: "LAMP-L", options: ["L"], price: francs, stock: 0, usualStock: 5),
            ])
    }

    /// A server with one host, one product and one scheduled show.
    private func open(_ body: (Shop) async throws -> Void) async throws {
        let product = draft(try #require(Money(amount: 14_500, exponent: 2, currency: "CHF")))
        try await Shop.openWithoutDemo { shop in
            try await shop.server.studio { [now] studio in
                try studio.add(HostDraft(id: "ada", name: "Ada", bio: "Lamps", keywords: ["light"]))
                try studio.add(product)
                try studio.schedule(
                    ShowDraft(
                        id: "night", title: "Late-night lamps", hosts: ["ada"], products: ["lamp"], tags: ["light"],
                        startsAt: now, endsAt: now + .seconds(3600)))
            }
            try await body(shop)
        }
    }

    @Test func aHostSellsAndEndsTheShow() async throws {
        try await open { shop in
            let show = try await shop.get(.show("night"), as: ShowDetail.self)
            #expect(show.show.state == .scheduled && show.lineUp.map(\.title) == ["Paper lamp"])
            let deal = Offer(
                id: "d", kind: .flashDeal, product: "lamp", title: "Flash deal", percentOff: 20,
                endsAt: now + .seconds(600), remaining: 5)
            let words = ChatMessage(id: "m", author: "Ada", role: .host, text: "Welcome", at: now)
            try await shop.server.studio { [now] studio in
                try studio.open("night")
                try studio.goLive("night", at: now)
                try studio.lowerPrices(of: "lamp", percent: 10, at: now)
                try studio.restock("lamp")
                try studio.tell("lamp", in: "night", at: now)
                try studio.putOnAir(["lamp"], in: "night", at: now)
                try studio.start(deal, in: "night", at: now)
                try studio.say(words, in: "night")
                try studio.pin(words, in: "night", at: now)
                let sales = try (0..<2).map { _ in try studio.take(2, of: "LAMP-S", at: now) }
                #expect(sales == [true, false])
                try studio.claim(deal, count: 2, in: "night", at: now)
                try studio.countViewers(7, in: "night", at: now)
            }
            let head = try await shop.get(.head("night"), as: ShowHead.self).snapshot
            #expect(head.state == .live && head.highlight == ["lamp"] && head.pinned == words && head.viewers == 7)
            #expect(head.offers.map(\.remaining) == [3])
            #expect(head.onAir.map(\.stock) == [1, 5] && head.onAir.map(\.price.amount) == [13_050, 13_050])
            try await shop.server.studio { [now] studio in
                try studio.pin(nil, in: "night", at: now)
                try studio.remove("m", in: "night", at: now)
                try studio.endOffer("d", in: "night", at: now)
                try studio.takeOffAir(in: "night", at: now)
                try studio.end("night", at: now)
            }
            let end = try await shop.get(.head("night"), as: ShowHead.self)
            #expect(end.snapshot.state == .ended && end.open.isClosed && end.snapshot.pinned == nil)
            #expect(try await shop.get(.moments("night"), as: Page<Moment>.self).items.map(\.title) == ["Paper lamp"])
        }
    }

    @Test func whatIsNotPossibleIsRefused() async throws {
        try await open { shop in
            func expect(_ refusal: StudioRefusal?, _ work: @escaping @Sendable (inout Studio) throws -> Void) async {
                var refused: StudioRefusal?
                do { try await shop.server.studio(work) } catch { refused = error as? StudioRefusal }
                #expect(refused == refusal)
            }
            let now = now
            await expect(.notOnAir("night")) { try $0.goLive("night", at: now) }
            await expect(.noSuchShow("day")) { try $0.open("day") }
            await expect(nil) { try $0.open("night") }
            await expect(.notScheduled("night")) { try $0.open("night") }
            await expect(.noSuchProduct("rug")) { try $0.lowerPrices(of: "rug", percent: 5, at: now) }
            await expect(.noSuchVariant("RUG")) { try $0.setStock(of: "RUG", to: 5, at: now) }
            await expect(.noSuchOrder("o-1")) { try $0.release("o-1", at: now) }
        }
    }

    @Test func anOperationThatFailsUndoesThoseBeforeIt() async throws {
        try await open { shop in
            let now = now
            await #expect(throws: StudioRefusal.notOnAir("day")) {
                try await shop.server.studio { studio in
                    try studio.open("night")
                    try studio.goLive("night", at: now)
                    try studio.putOnAir(["lamp"], in: "day", at: now)
                }
            }
            #expect(try await shop.get(.head("night"), as: ShowHead.self).snapshot.state == .scheduled)
            let onAir = try await shop.server.studio { $0.showsOnAir }
            #expect(onAir.isEmpty)
        }
    }

    /// A shop that brings no way to pay and no address has none.
    @Test func nothingIsSoldWithoutAWayToPay() async throws {
        try await open { shop in
            let guest: GuestAccount = try await shop.send(.post, "/v1/guests").value(201)
            let methods: Page<PaymentMethod> = try await shop.send(
                .get, Route.paymentMethods.path, token: guest.token
            ).value()
            #expect(methods.items.isEmpty)
            let wish = #"{"lines":[{"sku":"LAMP-S","quantity":1}]}"#
            let refused = try await shop.send(.post, "/v1/quotes", body: wish, token: guest.token)
            let problem: Problem = try refused.value(422)
            #expect(problem.detail == "there is no such address")
        }
    }
}
