import AppCore
import Domain
import Text

extension Stage {
    /// A shop that has no shows, and nobody to follow.
    fileprivate static var ofAShopAlone: Stage {
        var stage = started()
        stage.answer(
            .service,
            .service(ShopInfo(name: "Lamp shop", capabilities: [.orders, .guests, .contact], serverTime: nil)))
        stage.answer(.shows(ShowFilter(), cursor: nil), .shows([], nextCursor: nil))
        stage.answer(.follows, .follows([Host(id: "shop", name: "Lamp shop")]))
        return stage
    }
}

extension Scene {
    static let lists: [Scene] = [
        Scene("schedule") { .open(follows: [Boutique.ana]) },
        Scene("schedule-of-two-channels") { .twoChannels() },
        Scene("schedule-of-two-channels-one-away") {
            var stage = Stage.twoChannels()
            stage.act(.answered(.shows(ShowFilter(), cursor: nil), of: Channel(1), .failure(.down)))
            return stage
        },
        Scene("schedule-loading") { .started() },
        Scene("schedule-empty") { .open(shows: []) },
        Scene("schedule-offline") {
            var stage = Stage.started(
                StoredState(
                    shows: Boutique.shows, showsFetchedAt: Boutique.now - .seconds(10_900), follows: [Boutique.ana]))
            stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
            return stage
        },
        Scene("schedule-unreachable") {
            var stage = Stage.started()
            stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
            return stage
        },
        Scene("schedule-troubled") {
            var stage = Stage.open()
            stage.fail(.shows(ShowFilter(), cursor: nil), .busy(status: 503, retryAfterSeconds: nil))
            return stage
        },
        Scene("schedule-left-alone") {
            var stage = Stage.open()
            stage.fail(.shows(ShowFilter(), cursor: nil), .busy(status: 429, retryAfterSeconds: 48))
            stage.press(.refresh)
            stage.set { $0.notice = nil }
            return stage
        },
        Scene("schedule-trying") {
            var stage = Stage.open()
            stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
            stage.press(.refresh)
            return stage
        },
        Scene("schedule-catching-up") {
            var stage = Stage.open()
            stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
            stage.answer(.follows, .follows([]))
            return stage
        },
        Scene("schedule-no-answer") {
            var stage = Stage.open()
            stage.press(.refresh)
            stage.wait(.seconds(5))
            return stage
        },
        Scene("schedule-signed-out") {
            var stage = Stage.open()
            stage.act(.signedOut(true))
            return stage
        },
        Scene("schedule-searching") {
            var stage = Stage.open()
            stage.press(.search)
            stage.act(.typed("home"))
            return stage
        },
        Scene("schedule-found") {
            var stage = Stage.open()
            stage.search("home")
            stage.wait(.seconds(1))
            stage.answer(.products(search: "home", show: nil, cursor: nil), .products([], nextCursor: nil))
            return stage
        },
        Scene("schedule-products-found") {
            var stage = Stage.open()
            stage.search("lamp")
            stage.wait(.seconds(1))
            let lamps = Boutique.lineUp.filter { $0.title.string.contains("lamp") }
            stage.answer(.products(search: "lamp", show: nil, cursor: nil), .products(lamps, nextCursor: "2"))
            stage.press(.down)
            return stage
        },
        Scene("schedule-products-of-two-channels") {
            var stage = Stage.twoChannels()
            stage.search("hook")
            stage.wait(.seconds(1))
            let query = ShopQuery.products(search: "hook", show: nil, cursor: nil)
            let hooks = [Boutique.hook].placed(in: Channel(1))
            stage.act(.answered(query, of: Channel(0), .failure(.down)))
            stage.act(.answered(query, of: Channel(1), .success(.products(hooks, nextCursor: nil))))
            return stage
        },
        Scene("schedule-no-match") {
            var stage = Stage.open()
            stage.search("submarines")
            stage.wait(.seconds(1))
            stage.answer(.products(search: "submarines", show: nil, cursor: nil), .products([], nextCursor: nil))
            return stage
        },
        Scene("schedule-last-row") {
            var stage = Stage.open()
            stage.press(.bottom)
            return stage
        },
        Scene("live") {
            var stage = Stage.open(follows: [Boutique.ruth])
            stage.press(.liveTab)
            return stage
        },
        Scene("live-none") {
            var stage = Stage.open(shows: [Boutique.knives, Boutique.earlier])
            stage.press(.liveTab)
            return stage
        },
        Scene("following") {
            var stage = Stage.open(
                follows: [Boutique.ana, Boutique.lei, Boutique.sami, Boutique.wordy, Boutique.ruth])
            stage.press(.followingTab)
            return stage
        },
        Scene("following-found") {
            var stage = Stage.open(follows: [Boutique.ana, Boutique.lei, Boutique.ruth])
            stage.press(.followingTab)
            stage.search("ruth")
            return stage
        },
        Scene("following-no-match") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.followingTab, .search)
            stage.act(.typed("nobody at all"))
            return stage
        },
        Scene("following-nobody") {
            var stage = Stage.open()
            stage.press(.followingTab)
            return stage
        },
        Scene("host") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.hostPage)
            stage.answer(.productsOfHost("ana", search: nil, cursor: nil), .products(Boutique.lineUp, nextCursor: nil))
            return stage
        },
        Scene("host-found") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.hostPage)
            stage.answer(.productsOfHost("ana", search: nil, cursor: nil), .products(Boutique.lineUp, nextCursor: nil))
            stage.search("lamp")
            return stage
        },
        Scene("host-loading") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.hostPage, .down, .down)
            return stage
        },
        Scene("host-with-more") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.hostPage)
            stage.answer(.productsOfHost("ana", search: nil, cursor: nil), .products(Boutique.lineUp, nextCursor: "2"))
            stage.press(.search)
            stage.act(.typed("nothing listed"))
            stage.wait(.seconds(1))
            return stage
        },
        Scene("host-as-it-was") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.hostPage)
            stage.answer(
                .productsOfHost("ana", search: nil, cursor: nil),
                .kept(
                    .products(Boutique.lineUp, nextCursor: nil), at: stage.state.now - .seconds(3 * 3600),
                    .unreachable("connection refused", mayHaveArrived: false)))
            return stage
        },
        Scene("host-of-a-shop-alone") {
            var stage = Stage.ofAShopAlone
            stage.press(.hostPage)
            stage.answer(.productsOfHost("shop", search: nil, cursor: nil), .products(Boutique.lineUp, nextCursor: "2"))
            return stage
        },
        Scene("following-a-shop-alone") {
            var stage = Stage.ofAShopAlone
            stage.press(.followingTab)
            return stage
        },
        Scene("schedule-called-off") {
            var knives = Boutique.knives
            knives.state = .cancelled
            var earlier = Boutique.earlier
            (earlier.id, earlier.state) = ("gone", .cancelled)
            return .open(shows: [Boutique.lamps, knives, earlier, Boutique.earlier])
        },
        Scene("host-without-shows") {
            var stage = Stage.open(follows: [Boutique.wordy])
            stage.press(.followingTab, .open)
            stage.fail(.productsOfHost("wordy", search: nil, cursor: nil), .down)
            return stage
        },
    ]
}
