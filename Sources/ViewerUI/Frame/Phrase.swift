import Domain
import Text

/// Numbers, times and amounts as the screens say them.
package enum Phrase {
    package static func time(_ local: LocalTime) -> SafeText { SafeText(two(local.hour) + ":" + two(local.minute)) }

    /// `15:15`; on another day than `now` the day stands before it, `Tue 24 Nov 15:15`, and far away the year, too.
    package static func time(_ time: Timestamp, from now: Timestamp) -> SafeText {
        let (local, today) = (LocalTime(time), LocalTime(now))
        if local.isSameDay(as: today) { return self.time(local) }
        let isFar = local.year != today.year && (time - now).milliseconds.magnitude > 180 * 86_400_000
        return shortDay(local) + (isFar ? SafeText(" \(local.year)") : "") + " " + self.time(local)
    }

    /// `Monday 23 November`.
    package static func day(_ local: LocalTime) -> SafeText {
        SafeText("\(weekdays[local.weekday % 7]) \(local.day) \(months[(local.month + 11) % 12])")
    }

    /// `Mon 23 Nov`.
    package static func shortDay(_ local: LocalTime) -> SafeText {
        SafeText("\(weekdays[local.weekday % 7].prefix(3)) \(local.day) \(months[(local.month + 11) % 12].prefix(3))")
    }

    /// A length of time to the minute: `42 min`, `3 h 05`.
    package static func span(_ duration: Duration) -> SafeText {
        let minutes = max(0, duration.wholeSeconds / 60)
        if minutes < 60 { return SafeText("\(minutes) min") }
        if minutes < 48 * 60 { return SafeText("\(minutes / 60) h " + two(Int(minutes % 60))) }
        return SafeText("\(minutes / 1440) days")
    }

    /// A length of time to the second: `3:41`, `1:02:10`.
    package static func clock(_ duration: Duration) -> SafeText {
        let seconds = max(0, duration.wholeSeconds)
        let tail = two(Int(seconds / 60 % 60)) + ":" + two(Int(seconds % 60))
        return SafeText(seconds >= 3600 ? "\(seconds / 3600):\(tail)" : tail)
    }

    /// How long it is until a time, to the second it has begun: `12 s`, `1:05`.
    package static func countdown(to end: Timestamp, from now: Timestamp) -> SafeText {
        let seconds = max(1, ((end - now).milliseconds + 999) / 1000)
        return seconds < 60 ? SafeText("\(seconds) s") : clock(.seconds(seconds))
    }

    /// A length of time to the second as it is read aloud: `5 minutes`, `1 minute`, `1 minute 20 seconds`.
    package static func spoken(_ duration: Duration) -> SafeText {
        let seconds = max(0, duration.wholeSeconds)
        let parts = [(seconds / 60, "minute"), (seconds % 60, "second")].filter { $0.0 > 0 }
        let words = parts.map { "\($0.0) \($0.1)" + ($0.0 == 1 ? "" : "s") }
        return SafeText(words.isEmpty ? "0 seconds" : words.joined(separator: " "))
    }

    /// For how long at least something stays as it is: whole minutes, under one minute tens of seconds, and the last
    /// seconds each.
    package static func validity(_ duration: Duration) -> SafeText {
        let seconds = max(0, duration.wholeSeconds)
        let step: Int64 = seconds >= 60 ? 60 : seconds >= 10 ? 10 : 1
        return spoken(.seconds(Int64(seconds) / step * step))
    }

    /// How old something is, in few words: `just now`, `2 min ago`.
    package static func age(_ duration: Duration) -> SafeText {
        let seconds = max(0, duration.wholeSeconds)
        return seconds < 60 ? "just now" : span(duration) + " ago"
    }

    /// `1 284`; `—` when nobody says.
    package static func count(_ count: Int?) -> SafeText {
        guard let count else { return "—" }
        var digits = String(count)
        var grouped = ""
        while digits.count > 3 {
            grouped = " " + digits.suffix(3) + grouped
            digits = String(digits.dropLast(3))
        }
        return SafeText(digits + grouped)
    }

    /// `CHF −29.00`, with a minus sign as wide as a digit.
    package static func money(_ money: Money) -> SafeText { SafeText(money.currency) + " " + amount(money) }

    /// In a price's place, of what has none that can be read.
    package static let noPrice: SafeText = "no price"

    /// Name of an amount that a total has beyond its parts: a rounding, where it is less than one of the currency.
    package static func unexplained(_ amount: Money) -> SafeText {
        let one = (0..<amount.exponent).reduce(Int64(1)) { whole, _ in whole * 10 }
        return amount.amount.magnitude < UInt64(max(10, one)) ? "Rounding" : "Not itemised by the shop"
    }

    /// `−29.00`.
    package static func amount(_ money: Money) -> SafeText {
        let digits = money.groupedString
        return SafeText(money.isNegative ? "−" + digits.dropFirst() : digits)
    }

    /// The first of several wordings, fullest first, that takes at most `room` cells; the last where none does.
    package static func fullest(_ wordings: [SafeText], room: Int) -> SafeText {
        wordings.first { $0.width <= room } ?? wordings.last ?? ""
    }

    /// `³`, for counts beside a tab's name.
    package static func superscript(_ count: Int) -> SafeText {
        let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return SafeText(String(String(max(0, count)).compactMap { $0.wholeNumberValue.map { raised[$0] } }))
    }

    package static func status(_ status: OrderStatus) -> SafeText {
        switch status {
        case .unpaid: "unpaid"
        case .onHold: "on hold"
        case .awaitingShipment: "awaiting shipment"
        case .inTransit: "in transit"
        case .delivered: "delivered"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .returned: "returned"
        case .gone: "bought or expired"
        }
    }

    /// The status with what it waits for, where that is the shopper.
    package static func status(of order: Order) -> SafeText {
        if order.status == .unpaid, order.declined != nil { return "not paid" }
        return order.awaitsTransfer ? "awaiting payment" : status(order.status)
    }

    /// What came of a way to buy, as a heading.
    package static func placed(_ order: Order) -> SafeText {
        if order.declined != nil { return "Not paid" }
        if order.isHandedOver { return "Ready on the shop's page" }
        if order.isNotPaid { return "Not paid yet" }
        return order.status == .cancelled ? "Cancelled" : "Order placed"
    }

    /// Deadline of an order that is not paid: `Pay by Tue 24 Nov 15:15, or the shop cancels it.`
    /// - Parameter now: by the shop's clock.
    package static func deadline(of order: Order, now: Timestamp) -> SafeText {
        guard let end = order.checkoutExpiresAt else { return "It is yours once you have paid." }
        return "Pay by " + time(end, from: now) + ", or the shop cancels it."
    }

    /// `Expected Tue 24 Nov`; nil where the shop says no date.
    package static func arrival(of order: Order) -> SafeText? {
        guard !order.isNotPaid, order.status != .cancelled else { return nil }
        return order.course.estimatedDelivery.map { "Expected " + shortDay(LocalTime($0)) }
    }

    /// `−20 % until 15:15 in Late-night lamps`.
    package static func deal(_ offer: Offer, in show: SafeText?, now: Timestamp) -> SafeText {
        SafeText("−\(offer.percentOff) % until ") + time(offer.endsAt, from: now) + (show.map { " in " + $0 } ?? "")
    }

    /// Of what is bought on the shop's own page, as long as it can be.
    package static let handedOver: SafeText =
        "Nothing is bought yet: that is done on the shop's page, with shipping and taxes."
    /// Of the same, once its page is over.
    package static let gone: SafeText =
        "It was bought, or it has expired: the shop does not say which. If you bought it, its e-mail says so."

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
