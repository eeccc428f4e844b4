import AppCore
import Domain
import Testing
import Text

@Suite("The ticker moves while something is hidden, and sleeps otherwise")
struct TickerTests {
    /// In a quiet show whose head is asked for seldom, with so much news that a row of 78 cells does not hold it.
    private func eventful(_ news: Int = 8) -> Rehearsal {
        var chronicle = Chronicle()
        chronicle.pollAfterMilliseconds = 60_000
        for number in 0..<news {
            chronicle.add(
                .price("LAMP-SAND-S", Sample.francs(14_400 - Int64(number)), was: nil), at: Sample.now - .seconds(100))
        }
        let viewer = Rehearsal.watching(chronicle)
        viewer.wait(.milliseconds(1))
        return viewer
    }

    private func ticker(_ viewer: Rehearsal) -> Ticker { viewer.state.watch?.ticker ?? Ticker() }

    /// Wake-ups in a minute, of which one a second is the time on air.
    private func wakeUpsInAMinute(_ viewer: Rehearsal) -> Int {
        let before = viewer.wakeUps
        viewer.wait(.seconds(60))
        return viewer.wakeUps - before
    }

    @Test func itRestsThenTheNextRowTakesItsPlace() {
        let viewer = eventful()
        #expect(ticker(viewer).first == 0)
        let next = ticker(viewer).next(width: 78)
        #expect(next > 0 && next < ticker(viewer).items.count)
        viewer.wait(Ticker.rest - .milliseconds(2))
        #expect(ticker(viewer).first == 0)
        viewer.wait(.milliseconds(2))
        #expect(ticker(viewer).first == next)
    }

    @Test func itComesRoundToTheNewest() {
        let viewer = eventful()
        var seen: Set<Int> = []
        var shown: Set<Ticker.Item> = []
        for _ in 0..<240 {
            viewer.wait(.milliseconds(500))
            let ticker = ticker(viewer)
            seen.insert(ticker.first)
            shown.formUnion(ticker.row(from: ticker.first, width: 78))
        }
        #expect(seen.count > 1 && shown.count == ticker(viewer).items.count)
    }

    @Test func itWakesOnceARowWhileSomethingIsHidden() {
        let count = wakeUpsInAMinute(eventful())
        #expect((60...64 + 12).contains(count), "\(count)")
    }

    @Test("What stands still does not wake")
    func standingStill() {
        let quiet = wakeUpsInAMinute(eventful(1))
        #expect(quiet <= 64, "one a second is the time on air")

        let calm = eventful()
        calm.act(.settingsRead(themes: [], theme: "", reduceMotion: true, mutes: [], problem: nil))
        #expect(wakeUpsInAMinute(calm) == quiet)

        let unfocused = eventful()
        unfocused.act(.focusChanged(false))
        #expect(wakeUpsInAMinute(unfocused) == quiet)

        let slow = eventful()
        slow.act(.outputBackedUp(true))
        #expect(wakeUpsInAMinute(slow) == quiet)

        let reading = eventful()
        reading.press(.help)
        #expect(wakeUpsInAMinute(reading) == quiet)

        let elsewhere = eventful()
        elsewhere.press(.hostPage)
        #expect(wakeUpsInAMinute(elsewhere) <= quiet)
    }

    @Test func itGoesOnWithTheFocus() {
        let viewer = eventful()
        let next = ticker(viewer).next(width: 78)
        viewer.act(.focusChanged(false))
        viewer.wait(Ticker.rest + Ticker.rest)
        #expect(ticker(viewer).first == 0)
        viewer.act(.focusChanged(true))
        viewer.wait(Ticker.rest)
        #expect(ticker(viewer).first == next)
    }

    @Test func newsIsShownAtOnce() {
        var chronicle = Chronicle()
        for number in 0..<8 {
            chronicle.add(
                .price("LAMP-SAND-S", Sample.francs(14_400 - Int64(number)), was: nil), at: Sample.now - .seconds(100))
        }
        chronicle.add(.stock("HOOK", 0), at: Sample.now + .seconds(6))
        let viewer = Rehearsal.watching(chronicle)
        viewer.wait(Ticker.rest + .milliseconds(500))
        #expect(ticker(viewer).first > 0)
        viewer.wait(.seconds(2))
        viewer.answer(.head("lamps"), .head(chronicle.head(at: viewer.state.now)))
        #expect(ticker(viewer).items.first?.text == "Brass hook sold out")
        #expect(ticker(viewer).first == 0)
    }

    @Test func aRowHoldsWholeItemsAndOneAtLeast() {
        var ticker = Ticker()
        ticker.add(.onAir, SafeText(String(repeating: "長", count: 60)))
        ticker.add(.offer, "short")
        ticker.add(.offer, "also short")
        #expect(ticker.row(from: 0, width: 20).map(\.text) == ["also short", "short"])
        #expect(ticker.row(from: 2, width: 20).count == 1)
        #expect(ticker.next(width: 20) == 2)
        #expect(ticker.row(from: 0, width: 1).count == 1)
        #expect(Ticker().row(from: 0, width: 10).isEmpty && Ticker().next(width: 10) == 0)
    }
}
