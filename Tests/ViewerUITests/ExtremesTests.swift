import AppCore
import Domain
import TerminalKit
import Testing
import Text

@testable import ViewerUI

/// What the wire allows at its utmost: the first and the last year, clocks that are off by a day and by ages, the largest
/// amounts and counts. Nothing of it ends the program, and every screen is drawn.
@Suite struct ExtremesTests {
    /// The first and the last time that RFC 3339 can write.
    private static let ends = [
        Timestamp(milliseconds: -62_167_219_200_000), Timestamp(milliseconds: 253_402_300_799_999),
    ]
    private static let times = [ends[0], Boutique.now - .seconds(86_400), Boutique.now + .seconds(86_400), ends[1]]
    private static let largestCount = 9_007_199_254_740_991

    private static func show(_ index: Int, from start: Timestamp, until end: Timestamp) -> Show {
        let states: [ShowState] = [.live, .scheduled, .ended, .cancelled]
        return Show(
            id: ShowID("lamps\(index)"), title: "Lamps", state: states[index % 4], hosts: [Boutique.ana],
            tags: ["home"],
            startsAt: start, endsAt: end, viewers: largestCount, delayMilliseconds: largestCount)
    }

    private static var product: Product {
        var product = Boutique.tableLamp
        let price = Boutique.money(.max)
        product.variants = [
            Variant(
                sku: "MAX", price: price, was: price, lowest30Days: price, stock: largestCount, stockTotal: largestCount
            ),
            Variant(sku: "FREE", price: Boutique.money(0), was: price, stock: 0),
        ]
        product.rating = Rating(tenths: 50, count: largestCount, verified: largestCount)
        return product
    }

    private func draw(_ stage: Stage) {
        for size in GoldenScreen.sizes + [smallestScreen] {
            #expect(GoldenScreen.frame(of: stage.state, size, theme: .terminal).grid.size == size)
        }
        #expect(stage.state.nextDeadline != nil)
    }

    @Test func aScheduleOfAllAges() {
        var shows: [Show] = []
        for start in Self.times {
            for end in Self.times { shows.append(Self.show(shows.count, from: start, until: end)) }
        }
        var stage = Stage.open(shows: shows, follows: [Boutique.ana])
        for tab in [UserIntent.scheduleTab, .liveTab, .followingTab] {
            stage.press(tab, .down, .down, .remind, .bottom)
            draw(stage)
        }
        stage.wait(.seconds(60))
        draw(stage)
    }

    @Test(arguments: times, times) func aShowWithAnyClock(serverTime: Timestamp, other: Timestamp) throws {
        var broadcast = Broadcast()
        broadcast.viewers = Self.largestCount
        let money = Boutique.money(.max)
        broadcast.offers = [
            Offer(
                id: "o", kind: .flashDeal, product: "table", title: "Deal", percentOff: 99, endsAt: other,
                remaining: Self.largestCount)
        ]
        broadcast.add(.price("MAX", money, was: money), at: other)
        broadcast.add(.stock("MAX", Self.largestCount), at: serverTime)
        broadcast.add(.viewers(Self.largestCount), at: other)
        broadcast.add(.reactions(Self.largestCount), at: serverTime)
        var head = broadcast.head
        head.serverTime = serverTime
        var show = Boutique.lamps
        (show.startsAt, show.endsAt, show.delayMilliseconds) = (other, serverTime, Self.largestCount)
        var stage = Stage.open(shows: [show])
        stage.act(.serverTime(serverTime))
        stage.set { $0.schedule.selected = "lamps" }
        stage.press(.open)
        stage.answer(.show("lamps"), .show(ShowDetail(show: show, lineUp: [Self.product])))
        stage.answer(.head("lamps"), .head(head))
        draw(stage)
        for intent in [UserIntent.nextPane, .moments, .buy, .back, .wish] {
            stage.press(intent)
            stage.wait(.seconds(1))
            draw(stage)
        }
        // The clock is set right, and wrong again.
        for time in Self.times {
            stage.act(.serverTime(time))
            stage.wait(.seconds(1))
            draw(stage)
        }
    }

    @Test func theLargestAmountsAndTimesInWords() {
        #expect(Phrase.money(Boutique.money(.max)).width < 40)
        #expect(Phrase.money(Boutique.money(.min)).width < 40)
        for end in Self.ends {
            #expect(Phrase.age(Boutique.now - end).width < 20)
            #expect(Phrase.countdown(to: end, from: Boutique.now).width < 20)
            #expect(Phrase.clock(end - Boutique.now).width < 20)
        }
    }
}
