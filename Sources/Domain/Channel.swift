/// Where shows and products come from: its place among the channels that the user has, the first being 0.
package struct Channel: Hashable, Comparable, Sendable {
    package let index: Int

    package init(_ index: Int) { self.index = index }

    package static let first = Channel(0)

    package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// Something that has names in it which a shop gave: two channels may give the same one to different things.
package protocol Placeable {
    /// The same, with all names in it as those of a channel.
    func placed(in channel: Channel) -> Self
}

extension Identifier: Placeable {
    package func placed(in channel: Channel) -> Self { Self(rawValue, of: channel) }
}

extension Array: Placeable where Element: Placeable {
    package func placed(in channel: Channel) -> Self {
        map { $0.placed(in: channel) }
    }
}

extension Optional: Placeable where Wrapped: Placeable {
    package func placed(in channel: Channel) -> Self { map { $0.placed(in: channel) } }
}

extension Placeable {
    fileprivate func placing(_ change: (inout Self) -> Void) -> Self {
        var placed = self
        change(&placed)
        return placed
    }
}

extension Host: Placeable {
    package func placed(in channel: Channel) -> Host { placing { $0.id = id.placed(in: channel) } }
}

extension Show: Placeable {
    package func placed(in channel: Channel) -> Show {
        placing {
            $0.id = id.placed(in: channel)
            $0.hosts = hosts.placed(in: channel)
        }
    }
}

extension ShowDetail: Placeable {
    package func placed(in channel: Channel) -> ShowDetail {
        placing {
            $0.show = show.placed(in: channel)
            $0.lineUp = lineUp.placed(in: channel)
        }
    }
}

extension Variant: Placeable {
    package func placed(in channel: Channel) -> Variant { placing { $0.sku = sku.placed(in: channel) } }
}

extension SoldElsewhere: Placeable {
    package func placed(in channel: Channel) -> SoldElsewhere { placing { $0.parts = parts.placed(in: channel) } }
}

extension Product: Placeable {
    package func placed(in channel: Channel) -> Product {
        placing {
            $0.id = id.placed(in: channel)
            $0.variants = variants.placed(in: channel)
            $0.elsewhere = elsewhere.placed(in: channel)
        }
    }
}

extension Review: Placeable {
    package func placed(in channel: Channel) -> Review { placing { $0.id = id.placed(in: channel) } }
}

extension Offer: Placeable {
    package func placed(in channel: Channel) -> Offer {
        placing {
            $0.id = id.placed(in: channel)
            $0.product = product.placed(in: channel)
        }
    }
}

extension Moment: Placeable {
    package func placed(in channel: Channel) -> Moment { placing { $0.products = products.placed(in: channel) } }
}

// MARK: The timeline

extension ChatMessage: Placeable {
    package func placed(in channel: Channel) -> ChatMessage { placing { $0.id = id.placed(in: channel) } }
}

extension VariantFacts: Placeable {
    package func placed(in channel: Channel) -> VariantFacts { placing { $0.sku = sku.placed(in: channel) } }
}

extension TimelineEvent: Placeable {
    package func placed(in channel: Channel) -> TimelineEvent { placing { $0.kind = kind.placed(in: channel) } }
}

extension TimelineEvent.Kind: Placeable {
    package func placed(in channel: Channel) -> Self {
        switch self {
        case .chat(let message): .chat(message.placed(in: channel))
        case .chatRemoved(let id): .chatRemoved(id.placed(in: channel))
        case .pinned(let message): .pinned(message.placed(in: channel))
        case .highlight(let products): .highlight(products.placed(in: channel))
        case .price(let sku, let price, let was): .price(sku.placed(in: channel), price, was: was)
        case .stock(let sku, let stock): .stock(sku.placed(in: channel), stock)
        case .offerStarted(let offer): .offerStarted(offer.placed(in: channel))
        case .offerEnded(let id): .offerEnded(id.placed(in: channel))
        case .link(let address, let message): .link(address, in: message.placed(in: channel))
        case .viewers, .reactions, .state, .unknown: self
        }
    }
}

extension ShowSnapshot: Placeable {
    package func placed(in channel: Channel) -> ShowSnapshot {
        placing {
            $0.highlight = highlight.placed(in: channel)
            $0.offers = offers.placed(in: channel)
            $0.onAir = onAir.placed(in: channel)
            $0.pinned = pinned.placed(in: channel)
        }
    }
}

extension TimelineSegment: Placeable {
    package func placed(in channel: Channel) -> TimelineSegment {
        placing {
            $0.opening = opening.placed(in: channel)
            $0.events = events.placed(in: channel)
        }
    }
}

extension ShowHead: Placeable {
    package func placed(in channel: Channel) -> ShowHead {
        placing {
            $0.show = show.placed(in: channel)
            $0.snapshot = snapshot.placed(in: channel)
            $0.open = open.placed(in: channel)
        }
    }
}

// MARK: Buying

extension QuoteLine: Placeable {
    package func placed(in channel: Channel) -> QuoteLine {
        placing {
            $0.sku = sku.placed(in: channel)
            $0.product = product.placed(in: channel)
        }
    }
}

extension PaymentMethod: Placeable {
    package func placed(in channel: Channel) -> PaymentMethod { placing { $0.id = id.placed(in: channel) } }
}

extension Address: Placeable {
    package func placed(in channel: Channel) -> Address { placing { $0.id = id.placed(in: channel) } }
}

extension Quote: Placeable {
    package func placed(in channel: Channel) -> Quote {
        placing {
            $0.id = id.placed(in: channel)
            $0.lines = lines.placed(in: channel)
            $0.address = address.placed(in: channel)
            $0.paymentMethods = paymentMethods.map { $0.placed(in: channel) }
            $0.shipments = shipments.placed(in: channel)
        }
    }
}

extension Delivery: Placeable {
    package func placed(in channel: Channel) -> Delivery { placing { $0.id = id.placed(in: channel) } }
}

extension Shipment: Placeable {
    package func placed(in channel: Channel) -> Shipment {
        placing {
            $0.id = id.placed(in: channel)
            $0.deliveries = deliveries.placed(in: channel)
            $0.chosen = chosen.placed(in: channel)
        }
    }
}

extension DeliveryChoice {
    fileprivate func placed(in channel: Channel) -> DeliveryChoice {
        reduce(into: [:]) { $0[$1.key.placed(in: channel)] = $1.value.placed(in: channel) }
    }
}

extension Order: Placeable {
    package func placed(in channel: Channel) -> Order {
        placing {
            $0.id = id.placed(in: channel)
            $0.lines = lines.placed(in: channel)
            $0.show = show.placed(in: channel)
            $0.payment = payment.placed(in: channel)
            $0.address = address.placed(in: channel)
            if let sku = agreement?.sku { $0.agreement?.sku = sku.placed(in: channel) }
        }
    }
}

extension OrderIntent: Placeable {
    package func placed(in channel: Channel) -> OrderIntent {
        placing {
            $0.sku = sku.placed(in: channel)
            $0.quote = quote.placed(in: channel)
            $0.paymentMethod = paymentMethod.placed(in: channel)
            $0.show = show.placed(in: channel)
            if case .placed(let order) = state { $0.state = .placed(order.placed(in: channel)) }
        }
    }
}

extension IntentTurn: Placeable {
    package func placed(in channel: Channel) -> IntentTurn {
        switch self {
        case .taken(let intent, let claimed):
            .taken(intent.placed(in: channel), claimed: Set(claimed.map { $0.placed(in: channel) }))
        case .elsewhere, .settled: self
        }
    }
}

extension Refusal: Placeable {
    package func placed(in channel: Channel) -> Refusal {
        placing {
            $0.quote = quote.placed(in: channel)
            $0.shipments = shipments.placed(in: channel)
        }
    }
}

// MARK: What is kept

extension Wish: Placeable {
    package func placed(in channel: Channel) -> Wish { placing { $0.product = product.placed(in: channel) } }
}

extension Reminder: Placeable {
    package func placed(in channel: Channel) -> Reminder { placing { $0.show = show.placed(in: channel) } }
}

// MARK: Questions and answers

extension ShowFilter: Placeable {
    package func placed(in channel: Channel) -> ShowFilter { placing { $0.host = host.placed(in: channel) } }
}

extension ShopQuery: Placeable {
    package func placed(in channel: Channel) -> ShopQuery {
        switch self {
        case .service, .hosts, .productAt, .openGuestAccount, .follows, .paymentMethods, .addresses, .orders: self
        case .shows(let filter, let cursor): .shows(filter.placed(in: channel), cursor: cursor)
        case .show(let id): .show(id.placed(in: channel))
        case .head(let id): .head(id.placed(in: channel))
        case .segment(let id, let number): .segment(id.placed(in: channel), number)
        case .moments(let id): .moments(id.placed(in: channel))
        case .host(let id): .host(id.placed(in: channel))
        case .products(let search, let show, let cursor):
            .products(search: search, show: show.placed(in: channel), cursor: cursor)
        case .productsOfHost(let id, let search, let cursor):
            .productsOfHost(id.placed(in: channel), search: search, cursor: cursor)
        case .product(let id): .product(id.placed(in: channel))
        case .reviews(let id, let cursor): .reviews(id.placed(in: channel), cursor: cursor)
        case .follow(let id): .follow(id.placed(in: channel))
        case .unfollow(let id): .unfollow(id.placed(in: channel))
        case .postMessage(let id, let text): .postMessage(id.placed(in: channel), text: text)
        case .quote(let sku, let quantity, let show, let deliveries):
            .quote(
                sku.placed(in: channel), quantity: quantity, show: show.placed(in: channel),
                deliveries: deliveries.placed(in: channel))
        case .placeOrder(let intent): .placeOrder(intent.placed(in: channel))
        case .traceOrder(let intent): .traceOrder(intent.placed(in: channel))
        case .order(let id): .order(id.placed(in: channel))
        case .cancelOrder(let id): .cancelOrder(id.placed(in: channel))
        case .returnOrder(let id, let reason, let note): .returnOrder(id.placed(in: channel), reason, note: note)
        }
    }

    /// The channel that its names are of; nil where it names nothing.
    package var channel: Channel? {
        switch self {
        case .service, .hosts, .productAt, .openGuestAccount, .follows, .paymentMethods, .addresses, .orders: nil
        case .shows(let filter, _): filter.host?.channel
        case .show(let id), .head(let id), .segment(let id, _), .moments(let id), .postMessage(let id, _): id.channel
        case .host(let id), .productsOfHost(let id, _, _), .follow(let id), .unfollow(let id): id.channel
        case .products(_, let show, _): show?.channel
        case .product(let id), .reviews(let id, _): id.channel
        case .quote(let sku, _, _, _): sku.channel
        case .placeOrder(let intent), .traceOrder(let intent): intent.channel
        case .order(let id), .cancelOrder(let id), .returnOrder(let id, _, _): id.channel
        }
    }
}

extension OrderIntent {
    package var channel: Channel { sku.channel }
}

extension ShopAnswer: Placeable {
    package func placed(in channel: Channel) -> ShopAnswer {
        // Providers know of no channels: what they answer is of the first one.
        guard channel != .first else { return self }
        return switch self {
        case .service, .guestAccount, .noSuchOrder, .done: self
        case .shows(let shows, let next): .shows(shows.placed(in: channel), nextCursor: next)
        case .show(let detail): .show(detail.placed(in: channel))
        case .head(let head): .head(head.placed(in: channel))
        case .segment(let segment): .segment(segment.placed(in: channel))
        case .moments(let moments): .moments(moments.placed(in: channel))
        case .hosts(let hosts, let next): .hosts(hosts.placed(in: channel), nextCursor: next)
        case .host(let host): .host(host.placed(in: channel))
        case .products(let products, let next): .products(products.placed(in: channel), nextCursor: next)
        case .product(let product): .product(product.placed(in: channel))
        case .reviews(let reviews, let next): .reviews(reviews.placed(in: channel), nextCursor: next)
        case .follows(let hosts): .follows(hosts.placed(in: channel))
        case .kept(let answer, let at, let failure): .kept(answer.placed(in: channel), at: at, failure)
        case .message(let message, let pause): .message(message.placed(in: channel), pause: pause)
        case .paymentMethods(let methods): .paymentMethods(methods.placed(in: channel))
        case .addresses(let addresses): .addresses(addresses.placed(in: channel))
        case .quote(let quote): .quote(quote.placed(in: channel))
        case .orders(let orders, let next): .orders(orders.placed(in: channel), nextCursor: next)
        case .order(let order): .order(order.placed(in: channel))
        case .possibleOrders(let orders): .possibleOrders(orders.placed(in: channel))
        }
    }
}

extension ShopFailure: Placeable {
    package func placed(in channel: Channel) -> ShopFailure {
        if case .refused(let refusal) = self { .refused(refusal.placed(in: channel)) } else { self }
    }
}
