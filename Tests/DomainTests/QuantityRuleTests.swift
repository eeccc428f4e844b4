import Domain
import Testing

@Suite struct QuantityRuleTests {
    @Test(arguments: [
        (QuantityRule.any, 1, [1, 2, 3], nil), (QuantityRule(minimum: 3), 3, [3, 4, 5], "from 3 on"),
        (QuantityRule(step: 6), 6, [6, 12, 18], "in steps of 6"),
        (QuantityRule(minimum: 7, step: 6), 12, [12, 18, 24], "from 12 on, in steps of 6"),
        (QuantityRule(maximum: 1), 1, [1, 1, 1], "only one to an order"),
        (QuantityRule(step: 2, maximum: 5), 2, [2, 4, 4], "in steps of 2, at most 5 to an order"),
    ])
    func itIsSteppedThrough(_ rule: QuantityRule, _ lowest: Int, _ steps: [Int], _ words: String?) {
        #expect(rule.lowest == lowest && rule.words?.string == words)
        var quantity = rule.lowest
        for step in steps {
            #expect(quantity == step && rule.allows(quantity))
            quantity = rule.moved(from: quantity, by: 1, ofThoseLeft: nil)
        }
        for _ in 0..<200 { quantity = rule.moved(from: quantity, by: -1, ofThoseLeft: nil) }
        #expect(quantity == lowest && !rule.allows(lowest - 1) && !rule.allows(0) && !rule.allows(-lowest))
    }

    /// Whatever is wanted and left, what comes of it can be ordered, or is the fewest.
    @Test func whatIsPossibleIsNeverLeft() {
        for minimum in [1, 2, 5, 12, 100] {
            for step in [1, 2, 6, 7, 100] {
                for maximum in [nil, 1, 5, 12, 500] as [Int?] {
                    let rule = QuantityRule(minimum: minimum, step: step, maximum: maximum)
                    for stock in [nil, 0, 1, 7, 40] as [Int?] {
                        for quantity in [-3, 0, 1, 5, 6, 13, 98, 99, 100, .max] {
                            let nearest = rule.nearest(to: quantity, ofThoseLeft: stock)
                            #expect(rule.allows(nearest) || nearest == rule.lowest)
                            #expect(nearest == rule.lowest || nearest <= min(99, stock ?? 99, maximum ?? 99))
                        }
                    }
                }
            }
        }
        #expect(QuantityRule(step: 6).nearest(to: 7, ofThoseLeft: nil) == 12)
        #expect(QuantityRule(step: 6).nearest(to: 7, ofThoseLeft: 11) == 6)
        #expect(QuantityRule.any.highest(ofThoseLeft: 4) == 4 && QuantityRule.any.highest(ofThoseLeft: nil) == 99)
    }

    @Test func whatMakesNoSenseIsNoRule() {
        for number in [0, -1, .min, .max, 10_000] {
            #expect(QuantityRule(minimum: number, step: number, maximum: number) == .any)
        }
    }
}
