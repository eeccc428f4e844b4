extension Content {
    static let yui = HostSeed(
        id: "sato-yui", code: "SY", name: "佐藤ゆい",
        bio: "文房具とインクの小さな店。Notebooks, ink and very fine lines ✒️",
        followers: 27_340, currency: "JPY", country: "JP", tags: ["stationery", "paper"], kind: .stationery,
        moderator: "インクの人",
        titles: ["インク沼へようこそ Ink evening", "手帳会議 Planner meeting", "Fountain pens for small hands", "紙の夜 Paper night"],
        products: [
            ProductSeed(
                "万年筆「しずく」 Fountain pen", by: "小夜文具", "手になじむ樹脂軸。14K nib, cartridge or converter.",
                price: 16_800, was: 18_700, options: [("Nib", ["EF", "F", "M"]), ("Colour", ["藍", "桜"])],
                ask: "is the EF scratchy?", answer: "with feedback, not scratchy; listen, I write for you"),
            ProductSeed(
                "インク「夜明け前」 Ink 40 ml", by: "小夜文具", "深い青に銀のきらめき。Dries in eight seconds.",
                price: 2200, options: [("Colour", ["夜明け前", "苔", "金木犀", "雨"])],
                ask: "これは耐水性ですか？", answer: "耐水ではないです、でも滲みは少なめ"),
            ProductSeed(
                "方眼ノート A5 Grid notebook", by: "紙工房みなも", "160 pages that take ink on both sides.",
                price: 1650, options: [("Ruling", ["Grid", "Dots", "Blank"])],
                ask: "does it ghost with broad nibs?", answer: "a little shadow, no bleed, see the back of this page"),
            ProductSeed(
                "和紙マスキングテープ Washi tape, 5 rolls", by: "紙工房みなも", "七夕の柄。15 mm, peels off cleanly.",
                price: 1320, was: 1540, ask: "which patterns are in the set?",
                answer: "stars, bamboo, river, two plain ones"),
            ProductSeed(
                "ペンケース Roll case", by: "帆布堂", "帆布と真鍮。Holds six pens, waxed canvas.",
                price: 4950, options: [("Colour", ["Charcoal", "Olive", "Mustard"])],
                ask: "fits long pens?", answer: "up to 16 cm, capped"),
            ProductSeed(
                "卓上カレンダー Desk calendar", by: "紙工房みなも", "活版印刷。One letterpress card a month on a cedar stand.",
                price: 2750, ask: "starts in January?", answer: "in December already, so that you can use it at once"),
        ])

    static let layla = HostSeed(
        id: "layla-haddad", code: "LH", name: "ليلى حداد Layla",
        bio: "عطور وبخور من دبي. Oud, rose and patience; I blend while you watch.",
        followers: 89_455, isVerified: true, currency: "EUR", country: "AE", tags: ["perfume", "beauty"], kind: .scent,
        moderator: "نور", hidesViewers: true,
        titles: [
            "ليلة العود Oud night", "Rose, five ways", "Layering for winter", "عطر لكل مزاج A scent for each mood",
        ],
        products: [
            ProductSeed(
                "عود ملكي Royal oud", by: "بيت العود", "Aged oud, saffron and a little smoke.",
                price: 14_500, was: 16_500, options: [("Size", ["30 ml", "50 ml", "100 ml"])],
                ask: "how long does the oud last on skin?", answer: "ten hours on me, two days on a scarf"),
            ProductSeed(
                "ماء الورد Rose water", by: "ورد الجبل", "Distilled from mountain roses picked before sunrise.",
                price: 2400, options: [("Size", ["100 ml", "200 ml"])],
                ask: "can I use the rose water on my face?", answer: "yes, nothing in it but roses and water"),
            ProductSeed(
                "Amber solid perfume", by: "بيت العود", "A tin for the handbag; warm, close to the skin.",
                price: 3200, options: [("Scent", ["Amber", "Musk", "Fig"])],
                ask: "is it vegan?", answer: "the amber and the fig are, the musk has beeswax"),
            ProductSeed(
                "مبخرة Incense burner", by: "نحاس", "Brass, electric, with a timer.",
                price: 6900, was: 7900, options: [("Finish", ["Brass", "Black"])],
                ask: "does the burner make a lot of smoke?", answer: "a thread of it, and it turns itself off"),
            ProductSeed(
                "Bakhoor sampler بخور", by: "ورد الجبل", "Six kinds of incense, six evenings.",
                price: 2900, ask: "which one do you burn for guests?", answer: "number four, always number four"),
            ProductSeed(
                "Attar “Petrichor” مطر", by: "بيت العود", "Rain on dry earth, in oil, without alcohol.",
                price: 5400, options: [("Size", ["3 ml", "6 ml"])],
                ask: "does it really smell of rain?", answer: "of the minute before it, even better"),
        ])
}
