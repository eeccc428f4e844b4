import Domain

/// What a server is asked, as far as it can fail in the one and answer in the other; what is in sight first.
package enum QuestionKind: Int, Hashable, Sendable, Comparable {
    case head, segments, detail, schedule, product, service
    /// Asked once because somebody wants it, or in the name of an account: nothing asks it again by itself.
    case single

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension ShopQuery {
    /// What has been answered with `answer`, or with none.
    func kind(answeredBy answer: ShopAnswer? = nil) -> QuestionKind {
        switch self {
        case .service: return .service
        case .head: return .head
        case .show: return .detail
        case .segment: return .segments
        case .product: return .product
        case .shows(let filter, _):
            guard filter.host == nil else { return .single }
            // A page of it that others follow says that the server is there, and no more.
            if case .shows(_, .some) = answer { return .single }
            return .schedule
        default: return .single
        }
    }
}
