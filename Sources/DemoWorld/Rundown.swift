import Domain

/// What is going to happen in a show, written down before it begins: the same for the same seed, show and line-up.
struct Rundown: Sendable {
    enum Kind: Sendable {
        case highlight([ProductID])
        case offerStarts(Offer)
        case offerEnds(OfferID)
        case priceDrop(ProductID, percent: Int)
        case priceBack(ProductID)
        /// Other buyers take all that is left of one variant.
        case rush(ProductID, variant: Int)
        case restock(ProductID)
        case unpin
    }

    struct Cue: Sendable {
        let at: Timestamp
        let kind: Kind
    }

    private(set) var cues: [Cue] = []

    init(seed: UInt64, show: ShowID, products: [ProductID], from start: Timestamp, to end: Timestamp) {
        var dice = SplitMix64(seed, UInt64(named: show.rawValue), 1)
        var time = start + .seconds(4)
        var turn = 0
        while time < end, !products.isEmpty {
            let length = Self.length(of: end - time, &dice)
            let product = products[turn % products.count]
            // Now and then two things that go together.
            let isPair = products.count > 2 && dice.once(in: 7)
            let onAir = isPair ? [product, products[(turn + 1) % products.count]] : [product]
            cues.append(Cue(at: time, kind: .highlight(onAir)))
            addDeal(show, product, turn, from: time, length: length, end: end, &dice)
            turn += 1
            time = time + length
        }
        // A stable order for cues of one instant.
        cues = cues.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// From 20 to 60 seconds, and such that as many are left for the next one, or none.
    private static func length(of rest: Duration, _ dice: inout SplitMix64) -> Duration {
        let picked = Duration.seconds(dice.pick(20...60))
        return rest <= .seconds(60) ? rest : min(picked, rest - .seconds(20))
    }

    private mutating func addDeal(
        _ show: ShowID, _ product: ProductID, _ turn: Int, from time: Timestamp, length: Duration, end: Timestamp,
        _ dice: inout SplitMix64
    ) {
        let soon = time + .seconds(dice.pick(3...9))
        switch dice.pick(0..<10) {
        case 0...2:
            let endsAt = min(soon + .seconds(dice.pick(45...240)), end)
            let percent = [10, 15, 20, 25, 30][dice.pick(0..<5)]
            let isCoupon = dice.once(in: 3)
            let offer = Offer(
                id: OfferID("\(show.rawValue)-d\(turn)"), kind: isCoupon ? .coupon : .flashDeal, product: product,
                title: isCoupon ? "Coupon LIVE\(percent)" : "Flash deal", percentOff: percent, endsAt: endsAt,
                remaining: dice.once(in: 2) ? dice.pick(5...40) : nil)
            cues.append(Cue(at: soon, kind: .offerStarts(offer)))
            cues.append(Cue(at: endsAt, kind: .offerEnds(offer.id)))
            cues.append(Cue(at: endsAt, kind: .unpin))
        case 3...4:
            cues.append(Cue(at: soon, kind: .priceDrop(product, percent: [5, 10, 15, 20][dice.pick(0..<4)])))
            cues.append(Cue(at: min(time + length + .seconds(dice.pick(30...120)), end), kind: .priceBack(product)))
        case 5:
            cues.append(Cue(at: soon, kind: .rush(product, variant: dice.pick(0..<8))))
            cues.append(Cue(at: min(time + .seconds(dice.pick(60...150)), end), kind: .restock(product)))
        default: break
        }
    }

    /// The cues after `from`, up to and including `to`.
    func cues(after from: Timestamp, through to: Timestamp) -> ArraySlice<Cue> {
        let first = index(after: from)
        return cues[first..<max(first, index(after: to))]
    }

    /// The place of the first cue later than `time`, by bisection: this is asked once for every second.
    private func index(after time: Timestamp) -> Int {
        var (low, high) = (0, cues.count)
        while low < high {
            let middle = (low + high) / 2
            if cues[middle].at > time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
