import Domain
import Testing
import Text
import ViewerUI

@Suite struct SparklineTests {
    private let start = Timestamp(seconds: 1_000_000)

    private func points(_ prices: [(at: Int64, amount: Int64)]) -> [PricePoint] {
        prices.compactMap { price in
            Money(amount: price.amount, exponent: 2, currency: "CHF").map {
                PricePoint(at: start + .seconds(price.at), price: $0)
            }
        }
    }

    @Test func eachBarIsThePriceAtTheEndOfItsStretch() {
        let course = points([(0, 100), (50, 170), (90, 135)])
        #expect(Sparkline.text(course, until: start + .seconds(100), width: 10) == "▁▁▁▁████▅▅")
        #expect(Sparkline.text(course, until: start + .seconds(100), width: 1) == "▅")
    }

    @Test func aPriceThatNeverChangedIsFlat() {
        #expect(Sparkline.text(points([(0, 100)]), until: start + .seconds(100), width: 4) == "▁▁▁▁")
    }

    @Test func nothingSeenIsNothingDrawn() {
        #expect(Sparkline.text([], until: start, width: 10).isEmpty)
        #expect(Sparkline.text(points([(0, 1), (1, 2)]), until: start, width: 0).isEmpty)
    }

    @Test func noNumberIsTooLarge() {
        let course = points([(0, .min), (10, .max), (20, 0)])
        #expect(Sparkline.text(course, until: .distantFuture, width: 3).string.count == 3)
        #expect(Sparkline.text(course, until: start + .seconds(20), width: 2) == "█▅")
        // A clock that was set back: the end is before the beginning.
        #expect(Sparkline.text(course, until: .distantPast, width: 3).string.count == 3)
    }
}
