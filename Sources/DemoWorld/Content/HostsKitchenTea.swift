extension Content {
    static let mina = HostSeed(
        id: "mina-vogel", code: "MV", name: "Mina Vogel",
        bio: "Cooks in a tiny kitchen above the lake and keeps only what earns its hook on the wall.",
        followers: 48_210, isVerified: true, currency: "CHF", country: "CH", tags: ["kitchen", "home"], kind: .kitchen,
        moderator: "Kochlöffel",
        titles: [
            "One pan, ten dinners", "Knives out: sharpen along with me", "The Sunday baking table",
            "Small kitchen, big pots",
        ],
        products: [
            ProductSeed(
                "Stoneware mug “Uetli”", by: "Tonwerk Sihl", "Thrown by hand, 3 dl, glazed inside and out.",
                price: 3800, was: 4500, options: [("Glaze", ["Sage", "Sand", "Ink", "Snow"])],
                ask: "does the mug survive the dishwasher?", answer: "every day since March, top rack, no chips"),
            ProductSeed(
                "Carbon steel pan", by: "Eisenherz", "Seasons like cast iron at half the weight; all hobs, oven too.",
                price: 8900, was: 10_900, options: [("Size", ["24 cm", "28 cm", "32 cm"])],
                ask: "will eggs stick?", answer: "for the first week yes, then never again, I promise"),
            ProductSeed(
                "Chef's knife “Grat”", by: "Messer Amsler", "Layered steel, 20 cm, pear wood from the Thurgau.",
                price: 24_500, options: [("Handle", ["Pear", "Walnut"])],
                ask: "left-handed here, is the edge symmetric?", answer: "ground on both sides, so yes, it is for you"),
            ProductSeed(
                "Linen tea towels, set of 3", by: "Leinenhaus Langnau",
                "Washed linen that dries glasses without fluff.",
                price: 4200, options: [("Colour", ["Natural", "Rust", "Moss"])],
                ask: "how big are the towels?", answer: "50 by 70, and they shrink by a centimetre, no more"),
            ProductSeed(
                "Fondue set “Gruss”", by: "Eisenherz", "Enamelled caquelon, burner, six forks that you can tell apart.",
                price: 16_900, was: 19_800, options: [("Colour", ["Red", "Cream"])],
                ask: "does it work on induction?", answer: "the pot does, and the burner only keeps it warm"),
            ProductSeed(
                "Sourdough jar with lid", by: "Tonwerk Sihl", "1 litre, a loose lid, and a band to mark the rise.",
                price: 2900, ask: "one litre enough for two loaves?", answer: "for two loaves and a bit left to feed"),
        ])

    static let meiling = HostSeed(
        id: "lin-meiling", code: "LM", name: "林美玲 Mei-Ling",
        bio: "Tea from the foot of Alishan 🍵, poured slowly. 每週三晚上一起喝茶。",
        followers: 31_877, isVerified: true, currency: "USD", country: "TW", tags: ["tea", "ceramics"], kind: .tea,
        moderator: "茶小妹",
        titles: [
            "高山茶之夜 High mountain tea night", "Gongfu for beginners", "Three oolongs, one kettle 🍵",
            "冬茶上市 Winter harvest",
        ],
        products: [
            ProductSeed(
                "阿里山高山烏龍 Alishan oolong", by: "霧峰茶行", "Winter harvest, rolled, lightly roasted; butter and orchid.",
                price: 2800, was: 3200, options: [("Weight", ["75 g", "150 g", "300 g"])],
                ask: "how many times can I steep the Alishan?", answer: "seven easily, and the fourth is the best one"),
            ProductSeed(
                "蜜香紅茶 Honey black tea", by: "霧峰茶行", "Leaves bitten by leafhoppers: honey without any honey.",
                price: 2400, options: [("Weight", ["50 g", "100 g"])],
                ask: "is there sugar in it?", answer: "none at all, the bug does the work 🐛"),
            ProductSeed(
                "Gaiwan 蓋碗", by: "青田窯", "Thin white porcelain, 120 ml, cool at the rim.",
                price: 3600, options: [("Glaze", ["White", "Celadon"])],
                ask: "won't I burn my fingers?", answer: "hold it by the rim, fill to here, and you never will"),
            ProductSeed(
                "Travel tea set 旅行茶具", by: "青田窯", "One pot, two cups, a felt case; fits a coat pocket.",
                price: 5900, was: 6900, options: [("Glaze", ["Ash", "Tea dust"])],
                ask: "ok in hand luggage?", answer: "mine has flown eleven times without a scratch"),
            ProductSeed(
                "Bamboo tea tray 竹茶盤", by: "竹山工坊", "Drains into a drawer, 38 × 26 cm.",
                price: 6800, ask: "how do you clean the tray?", answer: "rinse, dry upright, a drop of oil in spring"),
            ProductSeed(
                "茉莉花茶 Jasmine pearls", by: "霧峰茶行", "Scented seven nights with fresh jasmine.",
                price: 2200, options: [("Weight", ["60 g", "120 g"])],
                ask: "which temperature for the pearls?", answer: "80 degrees, two minutes, and watch them open"),
        ])
}
