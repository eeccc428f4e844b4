import AppCore
import Domain
import QRCode
import Settings
import TerminalKit
import Text

extension Canvas {
    /// The shop's page that takes a payment, to be scanned or opened, and what has become of it. On a screen of 24 rows a
    /// code for a usual address takes all but the one with the keys.
    mutating func drawPayment(
        _ payment: PaymentState, of order: Order, _ state: AppState, in area: Rect, hasNotice: Bool
    ) {
        let layout = PaymentLayout(payment.code, in: area)
        var words = PaymentWords(width: layout.words.width)
        words.add(order.isHandedOver ? "ON THE SHOP'S PAGE" : "PAYMENT", .accent)
        if let todo = order.todo, order.paymentPage != nil { words.add(todo, .warning) }
        words.add(about: order)
        if state.isPaymentOpen, let page = order.paymentPage {
            if let place = layout.code, let code = payment.code {
                put(code, margin: place.margin, x: 0, row: 0, in: place.area)
            }
            words.add(toPay: order, at: page, hasCode: layout.code != nil, state)
        } else {
            let outcome = PaymentOutcome(of: order, payment, state)
            // The words stay where they are; the code has gone.
            words.add(outcome.headline, outcome.role)
            words.add(outcome.words, .text)
        }
        if hasNotice, let notice = state.notice { words.add(notice.text, role(of: notice.tone), maxLines: 2) }
        draw(words, in: layout.words)
    }

    private mutating func draw(_ words: PaymentWords, in area: Rect) {
        let isRoomy = words.paragraphs.joined().count + words.paragraphs.count - 1 <= area.height
        var row = 0
        for (index, paragraph) in words.paragraphs.enumerated() {
            if isRoomy, index > 0 { row += 1 }
            for line in paragraph {
                put(line.text, line.role, x: 0, row: row, in: area, leadingTo: line.address)
                if let address = line.address, row < area.height, links.last != address { links.append(address) }
                row += 1
            }
        }
    }

    /// The link of an unpaid order in the list's detail.
    mutating func drawPaymentLink(_ page: PaymentPage, of order: Order, _ keymap: Keymap, row: Int, in area: Rect) {
        let lines = page.address.wrapped(width: area.width)
        var row = row
        let keys =
            keymap.name(of: .pay, in: .list)
            + (order.awaitsTransfer
                ? " shows where to send the money, by a code or this link:"
                : " pays it on the shop's page, by a code or this link:")
        if area.height - row > lines.count {
            put(keys, .warning, x: 0, row: row, in: area)
            row += 1
        }
        for line in lines {
            put(line, .link, x: 0, row: row, in: area, leadingTo: page.address)
            row += 1
        }
        links.append(page.address)
    }
}

/// Paragraphs beside the code, each line with its look.
private struct PaymentWords {
    struct Line {
        let text: SafeText
        let role: Role
        let address: SafeText?
    }

    let width: Int
    private(set) var paragraphs: [[Line]] = []

    init(width: Int) { self.width = width }

    mutating func add(_ text: SafeText, _ role: Role, maxLines: Int = .max) {
        let lines = text.wrapped(width: width, maxLines: maxLines)
        paragraphs.append(lines.map { Line(text: $0, role: role, address: nil) })
    }

    private mutating func add(_ parts: [(text: SafeText, role: Role, address: SafeText?)]) {
        paragraphs.append(
            parts.flatMap { part in
                part.text.wrapped(width: width).map { Line(text: $0, role: part.role, address: part.address) }
            })
    }

    mutating func add(about order: Order) {
        var lines = order.lines.map { (SafeText("\($0.quantity) × ") + $0.title, Role.cardTitle, nil as SafeText?) }
        lines.append((Phrase.money(order.total), .price, nil))
        lines.append((order.name, .dim, nil))
        add(lines)
    }

    mutating func add(toPay order: Order, at page: PaymentPage, hasCode: Bool, _ state: AppState) {
        add([
            (
                hasCode
                    ? "Scan the code, or open the shop's page:"
                    : order.isHandedOver || order.awaitsTransfer
                        ? "Open the shop's page:" : "Pay on the shop's page:", .text, nil
            ),
            (page.address, .link, page.address),
        ])
        if state.connection.isAway {
            add("The shop cannot be reached. It is asked again by itself.", .error)
        } else if !order.awaitsTransfer {
            add(order.isHandedOver ? Phrase.handedOver : "Waiting for your payment…", .warning)
        }
        var facts: [(SafeText, Role, SafeText?)] = []
        if let end = page.expiresAt {
            let time = Phrase.time(end + (state.now - state.serverNow), from: state.now)
            facts.append(("It takes the payment until " + time + ".", .text, nil))
        }
        if !hasCode { facts.append(("A larger screen has a code to scan, too.", .dim, nil)) }
        if !facts.isEmpty { add(facts) }
    }
}

/// How a payment ended, or why it cannot be made.
private struct PaymentOutcome {
    let headline: SafeText
    let role: Role
    let words: SafeText

    init(of order: Order, _ payment: PaymentState, _ state: AppState) {
        let hasEnded = payment.expiresAt.map { $0 <= state.serverNow } ?? false
        let end =
            payment.expiresAt.map { " by " + Phrase.time($0 + (state.now - state.serverNow), from: state.now) } ?? ""
        (headline, role, words) =
            switch order.status {
            case .unpaid where hasEnded:
                ("The time to pay is over", .warning, "The shop is asked whether it was paid" + end + ".")
            case .unpaid: ("No page", .warning, "The shop names no page that this program would open.")
            case .gone: ("No longer on the shop's page", .warning, Phrase.gone)
            case .cancelled where order.isHandedOver: ("Let go", .warning, "You have let it go.")
            case .cancelled where hasEnded:
                ("Expired", .warning, "It was not paid" + end + ". The order is cancelled, and nothing was charged.")
            case .cancelled: ("Cancelled", .warning, "The order is cancelled.")
            default: ("Paid ✓", .ok, "Thank you. The order is " + Phrase.status(of: order) + ".")
            }
    }
}
