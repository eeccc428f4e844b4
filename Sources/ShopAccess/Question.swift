import Domain

/// A question to a shop together with the kind of answer that it has, so that an answer of another kind is a failure in
/// one place and not a case that each command forgets.
package struct Question<Value> {
    package let query: ShopQuery
    /// Nil for an answer of another kind.
    package let read: (ShopAnswer) -> Value?
}

extension Question<ShowDetail> {
    package static func show(_ id: ShowID) -> Question {
        Question(query: .show(id)) { if case .show(let detail) = $0 { detail } else { nil } }
    }
}

extension Question<Product> {
    package static func product(_ id: ProductID) -> Question { Question(query: .product(id), read: read) }

    package static func product(at address: String) -> Question {
        Question(query: .productAt(address: address), read: read)
    }

    private static func read(_ answer: ShopAnswer) -> Product? {
        if case .product(let product) = answer { product } else { nil }
    }
}

extension Question<[Moment]> {
    package static func moments(_ id: ShowID) -> Question {
        Question(query: .moments(id)) { if case .moments(let moments) = $0 { moments } else { nil } }
    }
}

extension ListQuestion<Review> {
    package static func reviews(_ id: ProductID) -> ListQuestion {
        ListQuestion { cursor in
            Question(query: .reviews(id, cursor: cursor)) {
                if case .reviews(let page, let next) = $0 { (page, next) } else { nil }
            }
        }
    }
}

extension Question<[Host]> {
    package static var follows: Question {
        Question(query: .follows) { if case .follows(let hosts) = $0 { hosts } else { nil } }
    }
}

extension Question<Quote> {
    package static func quote(_ sku: SKU, quantity: Int, show: ShowID?, _ deliveries: DeliveryChoice) -> Question {
        Question(query: .quote(sku, quantity: quantity, show: show, deliveries: deliveries)) {
            if case .quote(let quote) = $0 { quote } else { nil }
        }
    }
}

extension Question<[PaymentMethod]> {
    package static var paymentMethods: Question {
        Question(query: .paymentMethods) { if case .paymentMethods(let methods) = $0 { methods } else { nil } }
    }
}

extension Question<Order> {
    package static func order(_ id: OrderID) -> Question {
        Question(query: .order(id)) { if case .order(let order) = $0 { order } else { nil } }
    }

    package static func returnOrder(_ id: OrderID, _ reason: ReturnReason, note: String) -> Question {
        Question(query: .returnOrder(id, reason, note: note)) { if case .order(let order) = $0 { order } else { nil } }
    }

    package static func cancelOrder(_ id: OrderID) -> Question {
        Question(query: .cancelOrder(id)) { if case .order(let order) = $0 { order } else { nil } }
    }
}

/// A list that comes in pages: the question for each.
package struct ListQuestion<Item> {
    package let page: (_ cursor: String?) -> Question<(items: [Item], next: String?)>
}

extension ListQuestion<Show> {
    package static func shows(_ filter: ShowFilter) -> ListQuestion {
        ListQuestion { cursor in
            Question(query: .shows(filter, cursor: cursor)) {
                if case .shows(let page, let next) = $0 { (page, next) } else { nil }
            }
        }
    }
}

extension ListQuestion<Host> {
    package static func hosts(search: String?) -> ListQuestion {
        ListQuestion { cursor in
            Question(query: .hosts(search: search, cursor: cursor)) {
                if case .hosts(let page, let next) = $0 { (page, next) } else { nil }
            }
        }
    }
}

extension ListQuestion<Product> {
    package static func products(search: String?, show: ShowID?) -> ListQuestion {
        ListQuestion { cursor in
            Question(query: .products(search: search, show: show, cursor: cursor)) {
                if case .products(let page, let next) = $0 { (page, next) } else { nil }
            }
        }
    }
}

extension ListQuestion<Order> {
    package static var orders: ListQuestion {
        ListQuestion { cursor in
            Question(query: .orders(cursor: cursor)) {
                if case .orders(let page, let next) = $0 { (page, next) } else { nil }
            }
        }
    }
}
