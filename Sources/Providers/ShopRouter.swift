import Domain

extension ShopProvider {
    /// Has the part that a question is about answer it. What a provider has no part for is empty, is not found, or is not
    /// done there.
    package func answer(to query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        switch query {
        case .service: .service(try await about(io))
        case .shows, .show, .head, .segment, .moments: try await answer(aboutShows: query, io)
        case .hosts, .host, .follows, .follow, .unfollow: try await answer(aboutHosts: query, io)
        case .postMessage: try await answer(inChat: query, io)
        case .products, .productsOfHost, .product, .productAt, .reviews: try await answer(aboutProducts: query, io)
        case .openGuestAccount, .addresses: try await answer(aboutAccounts: query, io)
        case .paymentMethods, .quote, .placeOrder, .orders, .traceOrder, .order, .cancelOrder, .returnOrder:
            try await answer(aboutPurchases: query, io)
        }
    }

    private func answer(aboutShows query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        guard let shows else {
            if case .shows = query { return .shows([], nextCursor: nil) }
            throw .notFound
        }
        switch query {
        case .shows(let filter, let cursor):
            let page = try await shows.schedule(filter, cursor: cursor, io)
            return .shows(page.items, nextCursor: page.next)
        case .show(let id): return .show(try await shows.show(id, io))
        case .head(let id): return .head(try await shows.head(id, io))
        case .segment(let id, let number): return .segment(try await shows.segment(id, number, io))
        case .moments(let id): return .moments(try await shows.moments(id, io))
        default: throw .notFound
        }
    }

    private func answer(aboutHosts query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        guard let hosts else {
            switch query {
            case .hosts: return .hosts([], nextCursor: nil)
            case .follows: return .follows([])
            case .follow, .unfollow: throw .notSent("this shop knows no followers")
            default: throw .notFound
            }
        }
        switch query {
        case .hosts(let search, let cursor):
            let page = try await hosts.findHosts(search: search, cursor: cursor, io)
            return .hosts(page.items, nextCursor: page.next)
        case .host(let id): return .host(try await hosts.host(id, io))
        case .follows: return .follows(try await hosts.follows(io))
        case .follow(let id):
            try await hosts.follow(id, true, io)
            return .done
        case .unfollow(let id):
            try await hosts.follow(id, false, io)
            return .done
        default: throw .notFound
        }
    }

    private func answer(inChat query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        guard let chat, case .postMessage(let show, let text) = query else {
            throw .notSent("this shop has no chat")
        }
        let (message, pause) = try await chat.post(text, in: show, io)
        return .message(message, pause: pause)
    }

    private func answer(aboutProducts query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        guard let catalogue else {
            switch query {
            case .products, .productsOfHost: return .products([], nextCursor: nil)
            default: throw .notFound
            }
        }
        switch query {
        case .products(let search, let show, let cursor):
            let page = try await catalogue.products(search: search, show: show, cursor: cursor, io)
            return .products(page.items, nextCursor: page.next)
        case .productsOfHost(let host, let search, let cursor):
            let page = try await catalogue.products(of: host, search: search, cursor: cursor, io)
            return .products(page.items, nextCursor: page.next)
        case .product(let id): return .product(try await catalogue.product(id, io))
        case .productAt(let address): return .product(try await catalogue.product(at: address, io))
        case .reviews(let id, let cursor):
            let page = try await catalogue.reviews(of: id, cursor: cursor, io)
            return .reviews(page.items, nextCursor: page.next)
        default: throw .notFound
        }
    }

    private func answer(aboutAccounts query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        if case .addresses = query { return .addresses(try await accounts?.addresses(io) ?? []) }
        // A guest who is known from the beginning has nothing to open.
        if let guest { return .guestAccount(guest) }
        guard let accounts else { throw .notFound }
        return .guestAccount(try await accounts.openGuestAccount(io))
    }

    private func answer(aboutPurchases query: ShopQuery, _ io: ShopIO) async throws(ShopFailure) -> ShopAnswer {
        guard let checkout else {
            switch query {
            case .paymentMethods: return .paymentMethods([])
            case .orders: return .orders([], nextCursor: nil)
            case .order: throw .notFound
            default: throw .notSent("nothing is sold here")
            }
        }
        switch query {
        case .paymentMethods: return .paymentMethods(try await checkout.paymentMethods(io))
        case .quote(let sku, let quantity, let show, let deliveries):
            return .quote(try await checkout.quote(sku, quantity: quantity, show: show, deliveries, io))
        case .placeOrder(let intent): return .order(try await checkout.place(intent, io))
        case .orders(let cursor):
            let page = try await checkout.orders(cursor: cursor, io)
            return .orders(page.items, nextCursor: page.next)
        case .traceOrder(let intent):
            switch try await checkout.trace(intent, io) {
            case .order(let order): return .order(order)
            case .noOrder: return .noSuchOrder
            case .possible(let orders): return .possibleOrders(orders)
            }
        case .order(let id): return .order(try await checkout.order(id, io))
        case .cancelOrder(let id): return .order(try await checkout.cancel(id, io))
        case .returnOrder(let id, let reason, let note):
            return .order(try await checkout.giveBack(id, reason, note: note, io))
        default: throw .notFound
        }
    }
}
