import AppCore
import Domain
import Glibc
import Testing
import Text
import ViewerUI

@Suite struct PhraseTests {
    @Test("Never longer than the truth, and no odd second is read aloud")
    func validity() {
        let cases: [(Int, SafeText)] = [
            (301, "5 minutes"), (299, "4 minutes"), (119, "1 minute"), (60, "1 minute"), (59, "50 seconds"),
            (10, "10 seconds"), (9, "9 seconds"), (1, "1 second"), (0, "0 seconds"), (-5, "0 seconds"),
        ]
        for (seconds, words) in cases { #expect(Phrase.validity(.seconds(seconds)) == words, "\(seconds)") }
    }

    /// 2026-11-23T14:32:00Z, a Monday.
    @Test func aTimeOnAnotherDayNamesTheDay() {
        setenv("TZ", "UTC", 1)
        tzset()
        let now = Boutique.now
        let cases: [(Int64, SafeText)] = [
            (0, "14:32"), (34_079, "23:59"), (34_080, "Tue 24 Nov 00:00"), (-52_321, "Sun 22 Nov 23:59"),
            (86_400, "Tue 24 Nov 14:32"), (86_400 * 40, "Sat 2 Jan 14:32"), (86_400 * 365, "Tue 23 Nov 2027 14:32"),
            (-86_400 * 365, "Sun 23 Nov 2025 14:32"),
        ]
        for (seconds, words) in cases {
            #expect(Phrase.time(now + .seconds(seconds), from: now) == words, "\(seconds)")
        }
    }

    @Test func anOrderIsPlacedOnlyWhenItIsPaidOrPaidLater() {
        func words(_ status: OrderStatus, _ kind: PaymentMethod.Kind) -> SafeText {
            var order = Boutique.order(1, "Lamp", Boutique.money(100), status)
            order.payment = PaymentMethod(id: "p", kind: kind, label: "")
            return Phrase.placed(order)
        }
        #expect(words(.awaitingShipment, .card) == "Order placed")
        #expect(words(.unpaid, .hosted) == "Not paid yet" && words(.unpaid, .card) == "Not paid yet")
        #expect(words(.unpaid, .later) == "Order placed" && words(.onHold, .later) == "Order placed")
        #expect(words(.cancelled, .hosted) == "Cancelled")
        #expect(words(.unpaid, .handover) == "Ready on the shop's page")
    }

    @Test func anUnpaidOrderNamesItsDeadlineWithTheDay() {
        var order = Boutique.order(1, "Lamp", Boutique.money(100), .unpaid)
        #expect(Phrase.deadline(of: order, now: Boutique.now) == "It is yours once you have paid.")
        order.checkoutExpiresAt = Boutique.now + .seconds(86_400)
        let words: SafeText = "Pay by Tue 24 Nov 14:32, or the shop cancels it."
        #expect(Phrase.deadline(of: order, now: Boutique.now) == words)
    }

    @Test func aPlacedOrderSaysWhenItComes() {
        var order = Boutique.order(1, "Lamp", Boutique.money(100), .awaitingShipment)
        #expect(Phrase.arrival(of: order) == nil)
        order.course.estimatedDelivery = Boutique.now + .seconds(86_400 * 3)
        #expect(Phrase.arrival(of: order) == "Expected Thu 26 Nov")
        order.status = .unpaid
        #expect(Phrase.arrival(of: order) == nil)
    }
}
