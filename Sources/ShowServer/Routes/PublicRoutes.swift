import Domain
import GRDB
import LiveAPI

/// Everything that anybody may read, and any cache may keep.
struct PublicRoutes: Sendable {
    let housekeeping: Housekeeping
    /// The shop's.
    let name: String
    let heads: RenderedHeads
    let limits: Limits

    private var floor: ShowFloor { housekeeping.floor }

    func answer(_ route: Route, query: QueryReader) async throws -> Answer {
        switch route {
        case .service: try await service()
        case .shows: try await shows(query)
        case .show(let id): try await show(id)
        case .head(let id): try await head(id)
        case .segment(let id, let number): try await segment(id, number)
        case .moments(let id): try await moments(id)
        case .hosts: try await hosts(query)
        case .host(let id): try await host(id)
        case .products: try await products(query)
        case .product(let id): try await product(id)
        case .reviews(let id): try await reviews(id, query)
        default: throw Problem.notFound("path")
        }
    }

    private func service() async throws -> Answer {
        let currencies = try await floor.pool.read {
            try String.fetchAll($0.cachedStatement(sql: "SELECT DISTINCT currency FROM variants ORDER BY currency"))
        }
        return try .json(
            ServiceDocument(
                name: name, capabilities: ["chat", "orders", "follows", "guests", "replay"],
                currencies: currencies,
                signIn: .init(
                    guests: Route.guests.path, device: Route.deviceCode.path, token: Route.token.path,
                    revocation: Route.revocation.path), serverTime: floor.clock.now(),
                limits: .init(
                    chatCharacters: WireLimits.chatCharacters, nameCharacters: WireLimits.nameCharacters,
                    bodyBytes: limits.bodyBytes, orderQuantity: RequestLimits.orderQuantity)),
            freshness: .seconds(5))
    }

    // MARK: Shows

    private func shows(_ query: QueryReader) async throws -> Answer {
        let filter = ShowFilter(
            from: try query.time("from"), to: try query.time("to"), state: try query.state("state"),
            host: try query.id("host"), tag: try query.text("tag"), search: try query.search())
        let cursor = try query.timeAndID()
        let limit = RequestLimits.pageSize
        var shows = try await floor.pool.read { try ShowRecords.page($0, filter, after: cursor, limit: limit + 1) }
        var page = Page<Show>(items: [])
        if shows.count > limit {
            shows.removeLast(shows.count - limit)
            page.nextCursor = shows.last.map { "\($0.startsAt.milliseconds)~\($0.id.rawValue)" }
        }
        page.items = shows
        return try .json(page, freshness: .seconds(3))
    }

    private func show(_ id: ShowID) async throws -> Answer {
        let now = floor.clock.now()
        let detail = try await floor.pool.read { db -> ShowDetail? in
            guard let row = try ShowRecords.row(db, id) else { return nil }
            return ShowDetail(
                show: try ShowRecords.show(db, row),
                lineUp: try Catalogue.lineUp(db, show: try row.value("number"), now: now))
        }
        guard let detail else { throw Problem.notFound("show") }
        return try .json(detail, freshness: .seconds(3))
    }

    private func head(_ id: ShowID) async throws -> Answer {
        if let head = try heads.live(id) {
            return Answer(bytes: [], freshness: .seconds(1), etag: head.etag).replacing(body: head.body)
        }
        try await housekeeping.prepare(id)
        let show = try await floor.pool.read { db in
            try ShowRecords.row(db, id).map { try ShowRecords.live(db, $0) }
        }
        guard let show else { throw Problem.notFound("show") }
        // A show that is not on air changes seldom: its head carries the time of its last change.
        let head = try RenderedHead(show, at: show.snapshot.at)
        return Answer(bytes: [], freshness: .seconds(1), etag: head.etag).replacing(body: head.body)
    }

    private func segment(_ id: ShowID, _ number: Int) async throws -> Answer {
        try await housekeeping.prepare(id)
        let segment = try await floor.pool.read { db in
            try ShowRecords.row(db, id).flatMap { try ShowRecords.segment(db, $0, number: number) }
        }
        guard let segment else { throw Problem.notFound("segment") }
        let body = segment.body
        return Answer(
            bytes: body, freshness: segment.isClosed ? .forever : .seconds(1), etag: Answer.etag(of: body))
    }

    private func moments(_ id: ShowID) async throws -> Answer {
        try await housekeeping.prepare(id)
        let moments = try await floor.pool.read { db in
            try ShowRecords.row(db, id).map {
                try TimelineStore.moments(
                    db, show: try $0.value("number"),
                    startsAt: Timestamp(milliseconds: try $0.value("starts_at")))
            }
        }
        guard let moments else { throw Problem.notFound("show") }
        return try .json(Page(items: moments), freshness: .seconds(3))
    }

    // MARK: Hosts and products

    private func hosts(_ query: QueryReader) async throws -> Answer {
        let search = try query.search().map(ShowRecords.searchable)
        let position = try query.position() ?? -1
        let hosts = try await floor.pool.read {
            try Catalogue.hosts($0, search: search, after: position, limit: RequestLimits.pageSize + 1)
        }
        return try .json(Self.page(hosts), freshness: .seconds(10))
    }

    private func host(_ id: HostID) async throws -> Answer {
        guard let host = try await floor.pool.read({ try Catalogue.host($0, id) }) else {
            throw Problem.notFound("host")
        }
        return try .json(host, freshness: .seconds(10))
    }

    private func products(_ query: QueryReader) async throws -> Answer {
        let now = floor.clock.now()
        let search = try query.search().map(ShowRecords.searchable)
        if let show: ShowID = try query.id("show") {
            return try await lineUp(of: show, search: search, now: now)
        }
        let position = try query.position() ?? -1
        let host: HostID? = try query.id("host")
        let products = try await floor.pool.read { db -> [(Int, Product)]? in
            if let host, try Catalogue.host(db, host) == nil { return nil }
            return try Catalogue.products(
                db, search: search, host: host, after: position, limit: RequestLimits.pageSize + 1, now: now)
        }
        guard let products else { throw Problem.notFound("host") }
        return try .json(Self.page(products), freshness: .seconds(3))
    }

    private func lineUp(of id: ShowID, search: String?, now: Timestamp) async throws -> Answer {
        let products = try await floor.pool.read { db in
            try ShowRecords.row(db, id).map { try Catalogue.lineUp(db, show: try $0.value("number"), now: now) }
        }
        guard let products else { throw Problem.notFound("show") }
        let found = search.map { search in
            products.filter { ShowRecords.searchable($0.title.string + " " + $0.brand.string).contains(search) }
        }
        return try .json(Page(items: found ?? products), freshness: .seconds(3))
    }

    private func product(_ id: ProductID) async throws -> Answer {
        let now = floor.clock.now()
        guard let product = try await floor.pool.read({ try Catalogue.product($0, id, now: now) }) else {
            throw Problem.notFound("product")
        }
        return try .json(product, freshness: .seconds(3))
    }

    private func reviews(_ id: ProductID, _ query: QueryReader) async throws -> Answer {
        let position = try query.position() ?? -1
        let reviews = try await floor.pool.read { db in
            try Reviews.page(db, of: id, after: position, limit: RequestLimits.pageSize + 1)
        }
        guard let reviews else { throw Problem.notFound("product") }
        return try .json(Self.page(reviews), freshness: .seconds(60))
    }

    private static func page<Item>(_ found: [(Int, Item)]) -> Page<Item> {
        let items = found.prefix(RequestLimits.pageSize)
        return Page(
            items: items.map(\.1), nextCursor: found.count > items.count ? items.last.map { String($0.0) } : nil)
    }
}
