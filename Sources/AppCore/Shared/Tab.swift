/// The pages that the number keys open.
package enum Tab: String, Sendable, CaseIterable {
    case schedule, live, following, orders, wishList
}
