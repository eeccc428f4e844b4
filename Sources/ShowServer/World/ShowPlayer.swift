import Domain
import GRDB
import Text

/// Plays one show of the demo world from where it was left to a point in time.
struct ShowPlayer: Sendable {
    let seed: UInt64
    let show: ShowID
    let cast: Cast
    private let rundown: Rundown
    private let chatter: Chatter
    private let host: HostSeed?
    private let startsAt: Timestamp
    private let key: UInt64

    /// Time further back than this is told sparsely: nobody watched it, and a start must not take minutes.
    static let liveliness: Duration = .seconds(120)

    init(seed: UInt64, _ show: LiveShow, hosts: [HostSeed], products: [ProductID], cast: Cast) {
        self.seed = seed
        self.show = show.id
        self.cast = cast
        host = hosts.first
        startsAt = show.startsAt
        key = UInt64(named: show.id.rawValue)
        rundown = Rundown(seed: seed, show: show.id, products: products, from: show.startsAt, to: show.endsAt)
        chatter = Chatter(seed: seed, show: show.id, host: hosts.first, cast: cast)
    }

    /// Tells everything after `playedTo`, up to and including `end`, second by second.
    func play(_ turn: inout Turn, to end: Timestamp) throws {
        guard let show = turn.shows[show], show.playedTo < end else { return }
        var from = show.playedTo
        while from < end {
            let second = max(0, (from.milliseconds - startsAt.milliseconds) / 1000)
            let secondStart = startsAt + .seconds(second)
            let isSparse = secondStart < turn.now - Self.liveliness
            let rest = Chatter.beat - second % Chatter.beat
            if isSparse, rest < Chatter.beat {
                // Between two beats only what is written in the rundown happens.
                let to = min(end, secondStart + .seconds(rest))
                for cue in rundown.cues(after: from, through: to) { try play(cue, &turn) }
                from = to
            } else {
                let to = min(end, secondStart + .seconds(1))
                try playSlice(&turn, second: second, secondStart, after: from, through: to, isSparse: isSparse)
                from = to
            }
        }
        turn.change(self.show) { show, _ in show.playedTo = end }
    }

    private func playSlice(
        _ turn: inout Turn, second: Int64, _ secondStart: Timestamp, after from: Timestamp, through to: Timestamp,
        isSparse: Bool
    ) throws {
        for cue in rundown.cues(after: from, through: to) { try play(cue, &turn) }
        let onAir = onAir(turn)
        let sayings = chatter.sayings(second: second, at: secondStart, onAir: onAir, isSparse: isSparse)
        for (at, saying) in sayings where from < at && at <= to || at == startsAt && from == startsAt {
            let kind: TimelineEvent.Kind =
                switch saying {
                case .message(let message): .chat(message)
                case .removal(let id): .chatRemoved(id)
                }
            try append(kind, at: at, &turn)
        }
        // What happens once a second happens at its end.
        if to == secondStart + .seconds(1) {
            try count(&turn, second: second, at: to, isSparse: isSparse)
            try sell(&turn, second: second, onAir, at: to, isSparse: isSparse)
        }
    }

    // MARK: Cues

    private func play(_ cue: Rundown.Cue, _ turn: inout Turn) throws {
        var dice = SplitMix64(seed, key, UInt64(bitPattern: cue.at.milliseconds), 7)
        switch cue.kind {
        case .highlight(let products):
            for product in products { try tell(product, at: cue.at, &turn) }
            try append(.highlight(products), at: cue.at, &turn)
            try say(.host, Lines.hostOnAir, about: products.first, at: cue.at, &turn, &dice)
        case .offerStarts(let offer):
            try append(.offerStarted(offer), at: cue.at, &turn)
            try pin(offer, at: cue.at, &turn, &dice)
        case .offerEnds(let id):
            let isOn = turn.shows[show]?.snapshot.offers.contains { $0.id == id } == true
            if isOn { try append(.offerEnded(id), at: cue.at, &turn) }
        case .unpin:
            if turn.shows[show]?.snapshot.pinned != nil { try append(.pinned(nil), at: cue.at, &turn) }
        case .priceDrop(let product, let percent):
            try Warehouse.lowerPrice(turn.db, of: product, percent: percent, at: cue.at)
            try tell(product, at: cue.at, &turn)
        case .priceBack(let product):
            try Warehouse.usualPrice(turn.db, of: product, at: cue.at)
            try tell(product, at: cue.at, &turn)
        case .rush(let product, let variant):
            guard let item = cast.items[product], !item.variants.isEmpty else { return }
            let sku = item.variants[variant % item.variants.count].sku
            try Warehouse.sellOut(turn.db, sku)
            try turn.tell([sku], at: cue.at)
            try say(.viewer, Lines.soldOut, about: product, at: cue.at, &turn, &dice)
        case .restock(let product):
            try Warehouse.restock(turn.db, product)
            try tell(product, at: cue.at, &turn)
            try say(.viewer, Lines.restocked, about: product, at: cue.at, &turn, &dice)
        }
    }

    private func pin(_ offer: Offer, at time: Timestamp, _ turn: inout Turn, _ dice: inout SplitMix64) throws {
        guard let item = cast.items[offer.product], let line = dice.pick(Lines.moderatorOffer) else { return }
        let text = chatter.fill(line, item, &dice).replacing("{n}", with: String(offer.percentOff))
        let message = chatter.message(
            MessageID("\(offer.id)-pin"), (host?.moderator ?? "Moderator", .moderator, text), time)
        try append(.chat(message), at: time, &turn)
        try append(.pinned(message), at: time, &turn)
    }

    private func say(
        _ role: ChatMessage.Role, _ lines: [String], about product: ProductID?, at time: Timestamp,
        _ turn: inout Turn, _ dice: inout SplitMix64
    ) throws {
        guard let item = product.flatMap({ cast.items[$0] }), let line = dice.pick(lines) else { return }
        let author = role == .host ? item.host.name : dice.pick(Lines.viewers) ?? "viewer"
        let text = chatter.fill(line, item, &dice)
        let id = MessageID("\(show.rawValue)-c\(time.milliseconds)-\(dice.pick(0..<1000))")
        try append(.chat(chatter.message(id, (author, role, text), time)), at: time, &turn)
    }

    // MARK: Counts and sales

    private func count(_ turn: inout Turn, second: Int64, at time: Timestamp, isSparse: Bool) throws {
        guard let live = turn.shows[show] else { return }
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 8)
        if second % (isSparse ? 30 : 3) == 0 {
            let more = dice.pick(isSparse ? 20...120 : 0...14)
            if more > 0 { try append(.reactions(live.snapshot.reactions + more), at: time, &turn) }
        }
        if second % (isSparse ? 30 : 6) == 0 {
            if live.hidesViewers {
                // It says so once, by not saying a number.
                if second == 0 { try append(.viewers(nil), at: time, &turn) }
            } else {
                let base = live.snapshot.viewers ?? dice.pick(120...2400)
                let drift = dice.pick(-30...34) * base / 1000 + dice.pick(-3...4)
                try append(.viewers(max(12, base + drift)), at: time, &turn)
            }
        }
    }

    /// Other buyers: real orders of theirs are nobody's business, but the stock they take is.
    private func sell(
        _ turn: inout Turn, second: Int64, _ onAir: Cast.Item?, at time: Timestamp, isSparse: Bool
    ) throws {
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 9)
        guard let onAir, dice.once(in: isSparse ? 10 : 6), let variant = dice.pick(onAir.variants) else { return }
        let count = dice.once(in: 5) ? 2 : 1
        guard try Warehouse.sell(turn.db, variant.sku, count: count, leaving: 2) else { return }
        try turn.tell([variant.sku], at: time)
        try turn.change(show) { show, db in
            guard let offer = show.snapshot.offers.first(where: { $0.product == onAir.id }) else { return }
            try show.claim(offer, count: count, at: time, to: db)
        }
    }

    private func onAir(_ turn: Turn) -> Cast.Item? {
        turn.shows[show]?.snapshot.highlight.first.flatMap { cast.items[$0] }
    }

    private func tell(_ product: ProductID, at time: Timestamp, _ turn: inout Turn) throws {
        let facts = try Catalogue.facts(turn.db, of: product)
        try turn.change(show) { show, db in
            for fact in facts { try show.tell(fact, at: time, to: db) }
        }
    }

    private func append(_ kind: TimelineEvent.Kind, at time: Timestamp, _ turn: inout Turn) throws {
        try turn.change(show) { try $0.append(kind, at: time, to: $1) }
    }
}
