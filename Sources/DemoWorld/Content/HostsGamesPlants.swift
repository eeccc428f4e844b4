extension Content {
    static let kenta = HostSeed(
        id: "takahashi-kenta", code: "TK", name: "高橋健太 KENTA🎮",
        bio: "レトロゲームと自作キーボード。Clicky switches, patient soldering, loud music.",
        followers: 73_005, currency: "JPY", country: "JP", tags: ["games", "keyboards"], kind: .games,
        moderator: "ドット絵",
        titles: ["打鍵会 Typing party 🎮", "レトロゲームの夜", "Solder with me: 60%", "Handhelds, restored"],
        products: [
            ProductSeed(
                "Keyboard kit 「六十」", by: "打鍵工房", "60 %, hot-swap, walnut case. はんだ付け不要。",
                price: 24_800, was: 27_500,
                options: [("Switch", ["Linear", "Tactile", "Clicky"]), ("Case", ["Walnut", "Smoke"])],
                ask: "JIS配列ありますか？", answer: "US配列だけです、ごめん！"),
            ProductSeed(
                "Key caps 「駄菓子」", by: "打鍵工房", "PBT、昇華印刷。Sweets of the eighties on every row.",
                price: 9800, options: [("Profile", ["Low", "High"])],
                ask: "does the set cover ISO?", answer: "ISO enter and split shift are in the box"),
            ProductSeed(
                "Handheld, restored", by: "玩具病院", "New screen, new battery, old charm.",
                price: 19_800, options: [("Colour", ["Grey", "Purple", "Clear"])],
                ask: "how long does the battery last?", answer: "nine hours, measured with the puzzle one"),
            ProductSeed(
                "Desk mat 「回路」", by: "打鍵工房", "90 × 40 cm, stitched edge.",
                price: 3300, was: 3900, ask: "thick?", answer: "4 mm, quiet under the keys"),
            ProductSeed(
                "Switch tester 12", by: "打鍵工房", "十二種類。Find out what your fingers like.",
                price: 2400, ask: "are the silent ones in it?", answer: "two of them, left column"),
            ProductSeed(
                "Pixel art print 「夜の駅」", by: "ドット絵", "A3, eight colours, signed.",
                price: 4400, options: [("Paper", ["Matte", "Washi"])],
                ask: "framed?", answer: "rolled in a tube, the frame you choose yourself"),
        ])

    static let priya = HostSeed(
        id: "priya-raman", code: "PR", name: "Priya Raman 🌿",
        bio: "Rare plants, plain advice. Ask me about your yellow leaves, it is the water.",
        followers: 37_611, currency: "EUR", country: "NL", tags: ["plants", "home"], kind: .plants,
        moderator: "Leafcutter",
        titles: ["Repot with me 🌿", "Plants that forgive", "Rare leaf drop", "Sunday cuttings"],
        products: [
            ProductSeed(
                "Monstera, split leaves", by: "Kas Raman", "60 cm, four leaves, at least one with windows.",
                price: 3900, was: 4500, options: [("Pot", ["Terracotta", "Grey"])],
                ask: "north window ok?", answer: "slow but happy, turn it every week"),
            ProductSeed(
                "String of hearts", by: "Kas Raman", "Trails a metre, forgets to be watered.",
                price: 1900, options: [("Leaf", ["Green", "Variegated"])],
                ask: "safe for cats?", answer: "this one yes, the monstera no"),
            ProductSeed(
                "Self-watering pot", by: "Druppel", "A reservoir for three weeks, no electronics.",
                price: 2700, was: 3100, options: [("Size", ["S", "M", "L"]), ("Colour", ["White", "Clay"])],
                ask: "do roots rot in it?", answer: "the wick keeps them above the water, see"),
            ProductSeed(
                "Plant light, clip-on", by: "Druppel", "Warm white, 9 W, a timer that remembers.",
                price: 3400, ask: "how close to the leaves?", answer: "a hand and a half, for ten hours"),
            ProductSeed(
                "Potting mix “Chunky”", by: "Kas Raman", "Bark, coir, pumice. No peat, no gnats so far.",
                price: 1200, options: [("Volume", ["5 l", "10 l"])],
                ask: "for orchids too?", answer: "add bark half and half, then yes"),
            ProductSeed(
                "Brass mister", by: "Druppel", "A fine fog; pretty enough to leave standing about.",
                price: 2600, options: [("Finish", ["Brass", "Copper"])],
                ask: "does misting really help?", answer: "honestly? it helps you look at them, that helps"),
        ])
}
