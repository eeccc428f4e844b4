import Domain
import FoundationEssentials
import GRDB
import Testing
import Text

@testable import Storage

/// A database that version 0.1.0 wrote at several shops, with purchases that stand at every place on their way. It is
/// kept as SQL (`OldFiles`), without the shops' own lists, which can be asked for again.
@Suite struct OldFilesTests {
    private let folder: TemporaryFolder
    private let store: Store

    private static let (lamps, tea) = ("https://lamps.example", "https://tea.example")
    private static let (bowls, oldBowls) = ("https://bowls.example", "https://old-bowls.example")
    private static let moon = "https://moon.example"

    init() throws {
        folder = try TemporaryFolder()
        try Self.write(to: folder)
        store = try Store.open(path: folder.file)
    }

    private static func write(to folder: TemporaryFolder) throws {
        let dump = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "OldFiles/schema-9.sql")
        let sql = String(decoding: try Data(contentsOf: dump), as: UTF8.self)
        try folder.write("", to: folder.file)
        let queue = try DatabaseQueue(path: folder.file)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func purchases(_ account: String) throws -> [SKU: OrderIntent] {
        Dictionary(uniqueKeysWithValues: try store.run(.intents(account: account)).map { ($0.sku, $0) })
    }

    private func orders(_ account: String) throws -> [SKU: Order] {
        let orders = try store.run(.orders(account: account))
        return Dictionary(
            uniqueKeysWithValues: orders.compactMap { order in order.lines.first.map { ($0.sku, order) } })
    }

    private static let places: [(account: String, states: [SKU: OrderIntent.State])] = [
        (
            lamps,
            [
                "MV-106": .placed("o-w0mmczvszmmsv"), "MV-104-RUST": .placed("o-tark8vtc2ffw2"),
                "MV-103-WALNU": .placed("o-dms3y42t71ja3"), "LM-102-50G": .placed("o-31mqq045s7xyj"),
                "MV-103-PEAR": .placed("o-h7dwd3g2nmz2h"), "KH-103": .placed("o-cr677f9wx9e7w"),
                "KH-102": .placed("o-5qefxny7f0vm9"), "LM-105": .committed, "LM-103-CELAD": .sent,
                "LM-104-TEADU": .unknown, "LM-106-60G": .unknown,
                "MV-102-24CM": .refused("the card was declined; nothing was bought and nothing was charged"),
            ]
        ),
        (tea, ["MV-106": .placed("o-ad4vq848e77d1")]),
        (bowls, ["32": .placed("101"), "41": .placed("102"), "61": .placed("page-32yd1vz2mmkp9"), "31": .unknown]),
        (oldBowls, ["32": .placed("101"), "31": .placed("102")]),
        (
            moon,
            [
                "9001": .placed("cart-aqy8wuagrv0y"), "9003": .placed("cart-2tzuhw44thab1"),
                "9010": .placed("cart-qpfkn1uwinl8"),
            ]
        ),
    ]

    @Test func everyPurchaseIsWhereItWas() throws {
        for (account, states) in Self.places {
            let purchases = try purchases(account)
            #expect(purchases.mapValues(\.state) == states, "\(account)")
            let isOurs = account == Self.lamps || account == Self.tea
            #expect(purchases.values.allSatisfy { $0.isKeyed == isOurs }, "\(account)")
        }
        #expect(try purchases(Self.lamps).values.filter(\.isWithdrawn).map(\.sku) == ["LM-106-60G"])
    }

    @Test func aPurchaseIsReadWhole() throws {
        let total = try #require(Money(amount: 9396, exponent: 2, currency: "USD"))
        #expect(
            try purchases(Self.lamps)["LM-105"]
                == OrderIntent(
                    key: "8b8f6afe-8038-42ff-9d95-c6268f22b24f", account: Self.lamps, buyer: "a-55tkqng91z3h4et",
                    sku: "LM-105", title: "Bamboo tea tray 竹茶盤", quantity: 1, quote: "q-0re6rth1pgatz83xwt7h",
                    quoteExpiresAt: Timestamp(milliseconds: 1_796_067_364_335), paymentMethod: "pm-card",
                    maximumTotal: total, show: nil, createdAt: Timestamp(milliseconds: 1_796_067_064_624)))
    }

    @Test func everyOrderIsWhereItWas() throws {
        let lamps = try orders(Self.lamps)
        #expect(
            lamps.mapValues(\.status) == [
                "MV-106": .awaitingShipment, "MV-104-RUST": .unpaid, "MV-103-WALNU": .awaitingShipment,
                "LM-102-50G": .cancelled, "MV-103-PEAR": .delivered, "KH-103": .inTransit, "KH-102": .awaitingShipment,
            ])
        #expect(try orders(Self.tea).mapValues(\.status) == ["MV-106": .awaitingShipment])
        let bowls = try orders(Self.bowls)
        #expect(bowls.mapValues(\.status) == ["32": .awaitingShipment, "41": .unpaid, "61": .unpaid])
        #expect(bowls["41"]?.declined == "Not at this address." && bowls["61"]?.payment?.kind == .handover)
        #expect(try orders(Self.oldBowls).mapValues(\.status) == ["32": .onHold, "31": .awaitingShipment])
        #expect(try orders(Self.moon).mapValues(\.status) == ["9001": .unpaid, "9003": .unpaid, "9010": .gone])
    }

    @Test func whatBelongsToAnOrderIsRead() throws {
        let lamps = try orders(Self.lamps)
        let unpaid = try #require(lamps["MV-104-RUST"])
        #expect(unpaid.checkoutURL == "https://lamps.example/checkout/page1")
        #expect(unpaid.checkoutExpiresAt == Timestamp(milliseconds: 1_796_068_811_391))
        let delivered = try #require(lamps["MV-103-PEAR"])
        #expect(delivered.course.history.map(\.status) == [.awaitingShipment, .inTransit, .delivered])
        #expect(delivered.course.returning?.reason == .doesNotFit && delivered.course.returning?.note == "too sharp")
        #expect(delivered.bill?.shipping.amount == francs(700) && delivered.address?.country == "CH")
        // More than was agreed was said then, and still is.
        let dearer = try #require(lamps["KH-102"])
        #expect(dearer.differences == [.moreThanAgreed] && dearer.agreement?.total.amount == 4187)
    }

    @Test func whatTheShopperKeptIsRead() throws {
        let start = try store.run(.startState(account: Self.lamps, besides: [Self.tea]))
        #expect(start.follows.map(\.id) == ["mina-vogel"])
        #expect(start.wishes.map(\.product) == ["tk-103"] && start.wishes.first?.price?.currency == "JPY")
        #expect(start.reminders.map(\.show) == ["s-20789-1"])
        #expect(start.shows.map(\.id) == ["p-1", "s-20789-1"] && start.shows.first?.hosts.count == 2)
        #expect(try store.run(.follows(account: Self.tea)).map(\.id) == ["sato-yui"])
        let seen = try store.run(.priceHistories(["TK-103-GREY"], account: Self.lamps))
        #expect(seen["TK-103-GREY"]?.map(\.price.amount) == [19_800])
    }

    /// A purchase at a shop without keys is found by its note.
    @Test func everyPurchaseOfAStrangersShopHasItsNote() throws {
        for account in [Self.bowls, Self.oldBowls, Self.moon] {
            let notes = try store.run(.shopNotes("", account: account))
            let names = Set(notes.keys.map { String($0.split(separator: "/").last ?? "") })
            #expect(names == Set(try purchases(account).values.map(\.key)), "\(account)")
            #expect(notes.values.allSatisfy { $0.contains("\"askedAt\":") }, "\(account)")
        }
    }

    @Test func everythingSpentCounts() throws {
        let spent = try store.run(.spendings()).filter { $0.amount.currency == "CHF" }.map(\.amount.amount)
        // What was handed over may have been bought, what was refused was not.
        #expect(spent.sorted() == [799, 3600, 3600, 4900, 14_500, 14_500, 25_200, 25_200])
    }

    @Test func resolutionGoesOn() throws {
        let open = try store.run(.unresolved(account: Self.lamps))
        #expect(open.map(\.sku) == ["LM-106-60G", "LM-104-TEADU", "LM-103-CELAD", "LM-105"])
        for intent in open {
            #expect(try store.run(.takeTurn(intent.key)) == .taken(intent, claimed: []))
        }
        let (withdrawn, unknown, sent, committed) = (open[0], open[1], open[2], open[3])
        #expect(throws: StorageError.withdrawn) { try store.run(.record(withdrawn.moved(to: .sent))) }
        try store.run(.record(committed.moved(to: .sent)))
        try store.run(.resolve(withdrawn.key, .refused("withdrawn")))
        try store.run(.resolve(unknown.key, .refused("sold out")))
        try store.run(.resolve(committed.key, .unknown))
        var order = sampleOrder("o-found", key: sent.key)
        order.total = sent.maximumTotal
        try store.run(.resolve(sent.key, placedAs: order, account: Self.lamps))
        store.close()

        let again = try Store.open(path: folder.file)
        #expect(try again.run(.unresolved(account: Self.lamps)).map(\.key) == [committed.key])
        #expect(try again.run(.orders(account: Self.lamps)).contains { $0.id == "o-found" })
        again.close()
    }

    /// Another purchase's order is none of the one that is looked for.
    @Test func ordersThatAreClaimedStayClaimed() throws {
        let open = try store.run(.unresolved(account: Self.bowls))
        #expect(open.map(\.sku) == ["31"])
        let turn = try store.run(.takeTurn(try #require(open.first).key))
        #expect(turn == .taken(open[0], claimed: ["101", "102", "page-32yd1vz2mmkp9"]))
    }
}
