/// What the demo shop's buyers write, by how many stars they give.
enum ReviewLines {
    static let delighted: [String] = [
        "Exactly as it looked in the show.", "Better than I hoped, and I hoped a lot.",
        "Bought a second one for my sister.",
        "In use every day since it came.", "Worth every cent.", "買ってよかったです。", "質感很好,下次還會再買。",
        "Genau wie gezeigt, sehr schön verarbeitet.", "Me encanta, llegó en perfecto estado.", "رائع جدا، شكرا!",
        "I do not write reviews. This one deserves it.", "The photo does not do it justice.",
    ]
    static let content: [String] = [
        "Very good, though a little smaller than I thought.",
        "Good quality; the colour is a shade darker than on screen.",
        "Does what it should.", "Nice, took a week longer than promised.", "Gut, aber die Verpackung war übertrieben.",
        "Bonne qualité, livraison un peu lente.", "満足しています。", "Happy with it, one star off for the price.",
    ]
    static let disappointed: [String] = [
        "Came with a scratch; the shop sent a new one, but still.", "Not for me, sent it back without trouble.",
        "Expected more for the money.", "The size runs small, look at the table first.",
    ]
    /// Said after any of them.
    static let details: [String] = [
        "It came well wrapped, with a card from the host.", "The instructions are clear.",
        "Two weeks in and no sign of wear.", "It weighs less than it looks.", "Customs took nothing on top.",
        "My cat approves.", "Ask for the other colour if you can wait.", "I would order it again.",
    ]
}
