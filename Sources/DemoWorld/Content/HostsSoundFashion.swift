extension Content {
    static let theo = HostSeed(
        id: "theo-marchand", code: "TM", name: "Théo Marchand",
        bio: "Disques, platines, patience. Repairs what others throw away and plays it loud afterwards.",
        followers: 15_902, currency: "EUR", country: "FR", tags: ["audio", "vinyl"], kind: .sound, moderator: "Face B",
        titles: ["Côté B: vinyl after dark", "Turntables that last", "Headphones, honestly", "Le son du dimanche"],
        products: [
            ProductSeed(
                "Turntable “Sillon”", by: "Atelier Sillon", "Belt drive, solid ash, a motor that hums for nobody.",
                price: 38_900, was: 42_900, options: [("Wood", ["Ash", "Walnut"])],
                ask: "do I need a preamp?", answer: "it has one inside, with a switch to bypass it"),
            ProductSeed(
                "Open headphones “Brise”", by: "Maison Onde", "Light, repairable, every part has a number.",
                price: 21_900, options: [("Colour", ["Graphite", "Ivory"])],
                ask: "do they leak sound?", answer: "like a window; lovely at home, rude on the train"),
            ProductSeed(
                "Record brush", by: "Atelier Sillon", "Carbon fibre and goat hair, one stroke a side.",
                price: 2400, ask: "dry or wet?", answer: "dry, always dry with this one"),
            ProductSeed(
                "Bookshelf speakers, pair", by: "Maison Onde", "Two-way, 5 inch paper cone, made to be measured.",
                price: 54_900, was: 59_900, options: [("Wood", ["Oak", "Walnut", "Black"])],
                ask: "will 30 watts drive them?", answer: "easily, they are 89 dB"),
            ProductSeed(
                "“Nuits blanches” LP", by: "Quai 12", "180 g, gatefold, the whole band in one room.",
                price: 2900, options: [("Pressing", ["Black", "Clear"])],
                ask: "is the clear pressing noisier?", answer: "not this one, I listened to three copies"),
            ProductSeed(
                "Cable set, braided", by: "Maison Onde", "Plain copper, honest plugs, no snake oil.",
                price: 3500, options: [("Length", ["1 m", "2 m", "3 m"])],
                ask: "will better cables sound better?", answer: "no, but they will not break either"),
        ])

    static let amara = HostSeed(
        id: "amara-okafor", code: "AO", name: "Amara Okafor",
        bio: "Prints, pockets, and dresses that dance 💃🏾 Made in small runs, sold with stories.",
        followers: 124_600, isVerified: true, currency: "USD", country: "US", tags: ["fashion", "dresses"],
        kind: .fashion,
        moderator: "TeamAmara",
        titles: ["Pockets in everything 💃🏾", "The print drop", "Wedding guest rescue", "Closet therapy with Amara"],
        products: [
            ProductSeed(
                "Wrap dress “Harmattan”", by: "Okafor Studio", "Cotton poplin, real pockets, ties on either side.",
                price: 12_800, was: 14_800,
                options: [("Size", ["S", "M", "L", "XL"]), ("Print", ["Indigo", "Marigold"])],
                ask: "does the wrap stay closed on a bike?", answer: "there is a hidden snap, watch"),
            ProductSeed(
                "Wide trousers", by: "Okafor Studio", "High waist, pleats, they sweep the floor or not: hem included.",
                price: 9600, options: [("Size", ["S", "M", "L", "XL"])],
                ask: "I'm 5'2\", too long?", answer: "cut at the mark inside, no fraying, that's what it's for"),
            ProductSeed(
                "Head wrap", by: "Adire House", "Hand-dyed, 180 cm, comes with a folding card.",
                price: 2800, was: 3400, options: [("Print", ["Indigo", "Sun", "Coral"])],
                ask: "will the indigo bleed?", answer: "washed twice already; cold water and it stays put"),
            ProductSeed(
                "Box jacket", by: "Okafor Studio", "Lined in last season's prints, no two the same.",
                price: 18_900, options: [("Size", ["S", "M", "L"])],
                ask: "can I choose the lining?", answer: "no, and that is the fun of it"),
            ProductSeed(
                "Beaded earrings", by: "Adire House", "Glass beads, steel hooks, light as gossip.",
                price: 3600, options: [("Colour", ["Coral", "Teal", "Gold"])],
                ask: "nickel free?", answer: "surgical steel, my ears are the test"),
            ProductSeed(
                "Tote “Market day”", by: "Okafor Studio", "Holds a melon, a laptop and an opinion.",
                price: 5400, ask: "does it close?", answer: "with a zip, and a pocket for keys"),
        ])
}
