import Domain
import Glibc
import Testing
import Text
import ViewerUI

@Suite struct ReceiptTests {
    init() {
        setenv("TZ", "UTC", 1)
        tzset()
    }

    @Test func aReceiptHasEveryFigureAndEveryDate() {
        let lines = Receipt.lines(of: .told(.returned)).map(\.string)
        #expect(
            lines == [
                "Order V-1031  returned",
                "Placed     Thu 19 Nov 2026, 14:22",
                "",
                "2 × Paper Moon table lamp                                         290.00",
                "    LAMP-MOON-SAND-S, CHF 145.00 each",
                "1 × 提灯 Paper lantern                                          1 280.00",
                "    CHOCHIN",
                "------------------------------------------------------------------------",
                "· Subtotal                                                      1 570.00",
                "· Moon deal −20 %                                                 −58.00",
                "· Shipping from CH and JP                                          19.00",
                "· VAT 8.1 %, included                                             113.30",
                "· Duties 5 % on goods from JP                                      36.50",
                "Total                                                       CHF 1 567.50",
                "",
                "Payment    Visa ·· 4242",
                "To         Ana Lopez, Oakland",
                "Parcel     Alpenpost VP3F0C6F3A11",
                "           https://parcels.example/VP3F0C6F3A11",
                "Return     paid back, it does not fit",
                "",
                "Thu 19 Nov 2026, 14:22  on hold",
                "Thu 19 Nov 2026, 15:22  awaiting shipment",
                "Fri 20 Nov 2026, 10:22  in transit",
                "Fri 20 Nov 2026, 10:22  Left the warehouse in CH",
                "Sat 21 Nov 2026, 04:22  At the sorting centre",
                "Sat 21 Nov 2026, 21:22  At the depot near you",
                "Mon 23 Nov 2026, 00:22  Out for delivery",
                "Mon 23 Nov 2026, 08:22  delivered",
                "Mon 23 Nov 2026, 09:22  return asked for",
                "Mon 23 Nov 2026, 11:22  return accepted",
                "Mon 23 Nov 2026, 13:22  returned",
                "Mon 23 Nov 2026, 13:22  return paid back",
            ])
    }

    /// A shop that tells less has a shorter receipt, and its amounts still add up.
    @Test func whatIsNotToldIsNotMadeUp() {
        let lines = Receipt.lines(of: Boutique.orders[0]).map(\.string)
        #expect(lines.first == "Order V-1031  awaiting shipment")
        #expect(lines.last?.hasPrefix("Total") == true && lines.last?.hasSuffix("CHF 124.00") == true)
    }

    @Test func amountsEndInOneColumn() {
        let lines = Receipt.lines(of: .told(.delivered))
        let figures = lines.dropFirst(3).prefix { !$0.isEmpty }.filter { !$0.string.hasPrefix("    ") }
        #expect(figures.count > 5 && figures.allSatisfy { $0.width == 72 })
    }
}
