extension Content {
    static let signe = HostSeed(
        id: "signe-dahl", code: "SD", name: "Signe Dahl",
        bio: "Ull, ski og stille. Knits on camera at 62° north and never counts the rows aloud.",
        followers: 19_040, currency: "EUR", country: "NO", tags: ["knitwear", "outdoor"], kind: .knitwear,
        moderator: "Garnnøste",
        titles: ["Wool weather", "Knit along: the storm hat", "Three layers, no sweat", "Hytteliv: cabin evening 🧶"],
        products: [
            ProductSeed(
                "Fisherman's sweater “Skjær”", by: "Dahl Strikk", "Undyed wool, knitted in one piece.",
                price: 18_900, was: 21_500, options: [("Size", ["S", "M", "L", "XL"]), ("Colour", ["Fog", "Tar"])],
                ask: "does it itch?", answer: "over a shirt no, on bare skin for the first winter"),
            ProductSeed(
                "Storm hat", by: "Dahl Strikk", "Double knit, windproof band, covers every ear.",
                price: 4900, options: [("Colour", ["Fog", "Rust", "Fjord", "Moss"])],
                ask: "fits under a helmet?", answer: "the thin side in, and it does"),
            ProductSeed(
                "Merino base layer", by: "Nordlys", "190 g, flat seams, four days without washing. I tried.",
                price: 8900, options: [("Size", ["S", "M", "L", "XL"])],
                ask: "is the merino mulesing free?", answer: "certified, the tag has the farm"),
            ProductSeed(
                "Wool socks, 3 pairs", by: "Nordlys", "Terry sole, reinforced heel, warm when wet.",
                price: 3400, was: 3900, options: [("Size", ["36–39", "40–43", "44–47"])],
                ask: "machine wash?", answer: "wool cycle, and never the dryer, please"),
            ProductSeed(
                "Enamel thermos", by: "Kvist", "Keeps coffee hot from breakfast to summit.",
                price: 4500, options: [("Colour", ["Red", "Green"])],
                ask: "how many hours hot?", answer: "twelve at minus five, measured on Sunday"),
            ProductSeed(
                "Knitting kit “Storm hat”", by: "Dahl Strikk",
                "Yarn, needles, and a pattern that a beginner can finish.",
                price: 5200, options: [("Colour", ["Fog", "Rust", "Fjord"])],
                ask: "I have never knitted, can I do the kit?",
                answer: "four evenings, and I hold your hand on Thursdays"),
        ])

    static let haneul = HostSeed(
        id: "kim-haneul", code: "KH", name: "김하늘 Haneul ✨",
        bio: "피부 장벽 먼저! Fewer bottles, more sleep. Ingredients read aloud.",
        followers: 210_388, isVerified: true, currency: "USD", country: "KR", tags: ["beauty", "skincare"],
        kind: .beauty,
        moderator: "하늘이네",
        titles: [
            "장벽 크림 리뷰 Barrier night ✨", "Sunscreen, no white cast", "3-step routine 스킨케어", "Read the label with me",
        ],
        products: [
            ProductSeed(
                "Barrier cream 장벽 크림", by: "온유", "Ceramides, panthenol, no scent; 50 ml.",
                price: 2900, was: 3400, options: [("Size", ["50 ml", "100 ml"])],
                ask: "ok for very oily skin?", answer: "a pea at night, and skip it in August"),
            ProductSeed(
                "Sun fluid SPF 50+", by: "온유", "Thin as water, no white cast, under make-up too.",
                price: 2200, ask: "does it sting in the eyes?", answer: "I ran ten k in it, no tears"),
            ProductSeed(
                "Rice toner 쌀 토너", by: "달빛", "Fermented rice water, 200 ml.",
                price: 1900, was: 2300, ask: "fungal acne safe?", answer: "not this one, take the green tea toner"),
            ProductSeed(
                "Lip balm 립밤", by: "달빛", "Tinted or clear; melts at once.",
                price: 1200, options: [("Tint", ["Clear", "Rose", "Plum", "Brick"])],
                ask: "which tint for warm undertones?", answer: "brick, I am wearing it now"),
            ProductSeed(
                "Cleansing oil", by: "온유", "Takes off everything, rinses clean.",
                price: 2400, options: [("Size", ["150 ml", "300 ml"])],
                ask: "will it break me out?", answer: "emulsify a full minute, that is the secret"),
            ProductSeed(
                "Sheet masks, box of 10", by: "달빛", "Heartleaf, for the day after.",
                price: 1800, ask: "every day?", answer: "twice a week is plenty, keep your money"),
        ])
}
