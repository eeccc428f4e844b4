/// What the demo world is made of, as it is written down in this folder.
struct HostSeed: Sendable {
    let id: String
    /// The start of the SKUs.
    let code: String
    let name: String
    let bio: String
    let followers: Int
    var isVerified = false
    let currency: String
    /// ISO 3166 alpha-2.
    let country: String
    let tags: [String]
    let kind: ProductKind
    let moderator: String
    /// A shop that does not say how many watch.
    var hidesViewers = false
    let titles: [String]
    let products: [ProductSeed]
}

struct ProductSeed: Sendable {
    let title: String
    let brand: String
    let summary: String
    /// In minor units of the host's currency.
    let price: Int64
    var was: Int64?
    /// At most two, each with its values; no more than eight variants come of them.
    var options: [(name: String, values: [String])] = []
    /// What somebody asks about this very thing, and what the host answers.
    let question: String
    let answer: String

    init(
        _ title: String, by brand: String, _ summary: String, price: Int64, was: Int64? = nil,
        options: [(name: String, values: [String])] = [], ask question: String, answer: String
    ) {
        self.title = title
        self.brand = brand
        self.summary = summary
        self.price = price
        self.was = was
        self.options = options
        self.question = question
        self.answer = answer
    }
}

/// What a thing is, so that people say fitting words about it.
enum ProductKind: Sendable {
    case kitchen, tea, stationery, scent, sound, fashion, knitwear, beauty, spice, leather, games, plants
}

enum Content {
    static let hosts: [HostSeed] = [
        mina, meiling, yui, layla, theo, amara, signe, haneul, rosa, jonas, kenta, priya,
    ]
}
