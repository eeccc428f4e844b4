import Domain

extension Show {
    /// Tells whether a show stands before another one in lists: live ones do, then the earlier ones.
    package static func isListedFirst(_ a: Show, _ b: Show) -> Bool {
        (a.state == .live ? 0 : 1, a.startsAt) < (b.state == .live ? 0 : 1, b.startsAt)
    }
}

extension Product {
    /// The variant that an example of buying it is made with: one that can be had.
    package var exampleVariant: Variant? { variants.first { $0.stock != 0 } ?? variants.first }
}
