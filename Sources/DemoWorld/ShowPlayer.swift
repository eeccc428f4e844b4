import Domain
import ShowServer
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

    init(seed: UInt64, _ show: ShowOnAir, hosts: [HostSeed], products: [ProductID], cast: Cast) {
        self.seed = seed
        self.show = show.id
        self.cast = cast
        host = hosts.first
        startsAt = show.startsAt
        key = UInt64(named: show.id.rawValue)
        rundown = Rundown(seed: seed, show: show.id, products: products, from: show.startsAt, to: show.endsAt)
        chatter = Chatter(seed: seed, show: show.id, host: hosts.first, cast: cast)
    }

    /// Tells everything that is not told yet, up to and including `end`, second by second.
    func play(_ studio: inout Studio, to end: Timestamp) throws {
        guard let show = studio.show(show), show.toldTo < end else { return }
        var from = show.toldTo
        while from < end {
            let second = max(0, (from.milliseconds - startsAt.milliseconds) / 1000)
            let secondStart = startsAt + .seconds(second)
            let isSparse = secondStart < studio.now - Self.liveliness
            let rest = Chatter.beat - second % Chatter.beat
            if isSparse, rest < Chatter.beat {
                // Between two beats only what is written in the rundown happens.
                let to = min(end, secondStart + .seconds(rest))
                for cue in rundown.cues(after: from, through: to) { try play(cue, &studio) }
                from = to
            } else {
                let to = min(end, secondStart + .seconds(1))
                try playSlice(&studio, second: second, secondStart, after: from, through: to, isSparse: isSparse)
                from = to
            }
        }
        try studio.markTold(self.show, upTo: end)
    }

    private func playSlice(
        _ studio: inout Studio, second: Int64, _ secondStart: Timestamp, after from: Timestamp, through to: Timestamp,
        isSparse: Bool
    ) throws {
        for cue in rundown.cues(after: from, through: to) { try play(cue, &studio) }
        let onAir = onAir(studio)
        let sayings = chatter.sayings(second: second, at: secondStart, onAir: onAir, isSparse: isSparse)
        for (at, saying) in sayings where from < at && at <= to || at == startsAt && from == startsAt {
            switch saying {
            case .message(let message): try studio.say(message, in: show, at: at)
            case .removal(let id): try studio.remove(id, in: show, at: at)
            }
        }
        // What happens once a second happens at its end.
        if to == secondStart + .seconds(1) {
            try count(&studio, second: second, at: to, isSparse: isSparse)
            try sell(&studio, second: second, onAir, at: to, isSparse: isSparse)
        }
    }

    // MARK: Cues

    private func play(_ cue: Rundown.Cue, _ studio: inout Studio) throws {
        var dice = SplitMix64(seed, key, UInt64(bitPattern: cue.at.milliseconds), 7)
        switch cue.kind {
        case .highlight(let products):
            for product in products { try studio.tell(product, in: show, at: cue.at) }
            try studio.putOnAir(products, in: show, at: cue.at)
            try say(.host, Lines.hostOnAir, about: products.first, at: cue.at, &studio, &dice)
        case .offerStarts(let offer):
            try studio.start(offer, in: show, at: cue.at)
            try pin(offer, at: cue.at, &studio, &dice)
        case .offerEnds(let id):
            try studio.endOffer(id, in: show, at: cue.at)
        case .unpin:
            if studio.show(show)?.snapshot.pinned != nil { try studio.pin(nil, in: show, at: cue.at) }
        case .priceDrop(let product, let percent):
            try studio.lowerPrices(of: product, percent: percent, at: cue.at)
            try studio.tell(product, in: show, at: cue.at)
        case .priceBack(let product):
            try studio.resetPrices(of: product, at: cue.at)
            try studio.tell(product, in: show, at: cue.at)
        case .rush(let product, let variant):
            guard let item = cast.items[product], !item.variants.isEmpty else { return }
            let sku = item.variants[variant % item.variants.count].sku
            try studio.setStock(of: sku, to: 0, at: cue.at)
            try say(.viewer, Lines.soldOut, about: product, at: cue.at, &studio, &dice)
        case .restock(let product):
            try studio.restock(product)
            try studio.tell(product, in: show, at: cue.at)
            try say(.viewer, Lines.restocked, about: product, at: cue.at, &studio, &dice)
        }
    }

    private func pin(_ offer: Offer, at time: Timestamp, _ studio: inout Studio, _ dice: inout SplitMix64) throws {
        guard let item = cast.items[offer.product], let line = dice.pick(Lines.moderatorOffer) else { return }
        let text = chatter.fill(line, item, &dice).replacing("{n}", with: String(offer.percentOff))
        let message = chatter.message(
            MessageID("\(offer.id)-pin"), (host?.moderator ?? "Moderator", .moderator, text), time)
        try studio.say(message, in: show, at: time)
        try studio.pin(message, in: show, at: time)
    }

    private func say(
        _ role: ChatMessage.Role, _ lines: [String], about product: ProductID?, at time: Timestamp,
        _ studio: inout Studio, _ dice: inout SplitMix64
    ) throws {
        guard let item = product.flatMap({ cast.items[$0] }), let line = dice.pick(lines) else { return }
        let author = role == .host ? item.host.name : dice.pick(Lines.viewers) ?? "viewer"
        let text = chatter.fill(line, item, &dice)
        let id = MessageID("\(show.rawValue)-c\(time.milliseconds)-\(dice.pick(0..<1000))")
        try studio.say(chatter.message(id, (author, role, text), time), in: show, at: time)
    }

    // MARK: Counts and sales

    private func count(_ studio: inout Studio, second: Int64, at time: Timestamp, isSparse: Bool) throws {
        guard let live = studio.show(show) else { return }
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 8)
        if second % (isSparse ? 30 : 3) == 0 {
            let more = dice.pick(isSparse ? 20...120 : 0...14)
            if more > 0 { try studio.countReactions(live.snapshot.reactions + more, in: show, at: time) }
        }
        if second % (isSparse ? 30 : 6) == 0 {
            if live.hidesViewers {
                // It says so once, by not saying a number.
                if second == 0 { try studio.countViewers(nil, in: show, at: time) }
            } else {
                let base = live.snapshot.viewers ?? dice.pick(120...2400)
                let drift = dice.pick(-30...34) * base / 1000 + dice.pick(-3...4)
                try studio.countViewers(max(12, base + drift), in: show, at: time)
            }
        }
    }

    /// Other buyers: real orders of theirs are nobody's business, but the stock they take is.
    private func sell(
        _ studio: inout Studio, second: Int64, _ onAir: Cast.Item?, at time: Timestamp, isSparse: Bool
    ) throws {
        var dice = SplitMix64(seed, key, UInt64(bitPattern: second), 9)
        guard let onAir, dice.once(in: isSparse ? 10 : 6), let variant = dice.pick(onAir.variants) else { return }
        let count = dice.once(in: 5) ? 2 : 1
        // So many are left for whoever watches; only a rush takes the last.
        guard try studio.take(count, of: variant.sku, leaving: 2, at: time) else { return }
        if let offer = studio.show(show)?.snapshot.offers.first(where: { $0.product == onAir.id }) {
            try studio.claim(offer, count: count, in: show, at: time)
        }
    }

    private func onAir(_ studio: Studio) -> Cast.Item? {
        studio.show(show)?.snapshot.highlight.first.flatMap { cast.items[$0] }
    }
}
