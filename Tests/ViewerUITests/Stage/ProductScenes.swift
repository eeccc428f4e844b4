import AppCore
import Domain
import Text

extension Scene {
    /// Products, the wish list, moments, reminders and the ticker.
    static let products: [Scene] = [
        Scene("product") { .looking() },
        Scene("product-loading") {
            var stage = Stage.watching()
            stage.press(.open)
            return stage
        },
        Scene("product-second-option") {
            var stage = Stage.looking()
            stage.press(.down, .down)
            return stage
        },
        Scene("product-in-the-reviews") {
            var stage = Stage.looking()
            stage.press(.bottom, .up)
            return stage
        },
        Scene("product-unreachable") {
            var stage = Stage.watching()
            stage.press(.open)
            stage.loseNetwork(during: .product("table"))
            stage.fail(.reviews("table", cursor: nil), .down)
            return stage
        },
        Scene("product-plain") {
            var stage = Stage.watching()
            stage.press(.nextPane, .down, .open)
            stage.answer(.product("hook"), .product(Boutique.hook))
            stage.answer(.reviews("hook", cursor: nil), .reviews([], nextCursor: nil))
            return stage
        },
        Scene("product-long-names") {
            var stage = Stage.watching(
                detail: ShowDetail(show: Boutique.lamps, lineUp: [Boutique.wordyProduct] + Boutique.lineUp))
            stage.press(.nextPane, .top, .open)
            var product = Boutique.wordyProduct
            product.summary = SafeLines(
                String(repeating: "Donaudampfschifffahrtsgesellschaft 紙と墨の夜 and more. ", count: 12))
            stage.answer(.product("wordy"), .product(product))
            stage.answer(.reviews("wordy", cursor: nil), .reviews(Boutique.reviews, nextCursor: nil))
            return stage
        },
        Scene("product-buying") {
            var stage = Stage.looking()
            stage.press(.buy)
            stage.answer(.paymentMethods, .paymentMethods([Boutique.visa]))
            stage.answer(.quote(Boutique.sku, quantity: 1, show: "lamps"), .quote(Boutique.quote()))
            stage.wait(BuyState.deliberation)
            return stage
        },
        Scene("wish-list") { .wishing },
        Scene("wish-list-found") {
            var stage = Stage.wishing
            stage.press(.search)
            stage.act(.typed("floor"))
            stage.press(.confirm)
            return stage
        },
        Scene("wish-list-empty") {
            var stage = Stage.open()
            stage.press(.wishListTab)
            return stage
        },
        Scene("wish-list-offline") {
            var stage = Stage.started(StoredState(wishes: Boutique.wishes))
            stage.press(.wishListTab)
            stage.loseNetwork(during: .shows(ShowFilter(), cursor: nil))
            return stage
        },
        Scene("moments") {
            var stage = Stage.watching()
            stage.press(.moments)
            stage.answer(.moments("lamps"), .moments(Boutique.moments))
            return stage
        },
        Scene("moments-of-a-replay") {
            var stage = Stage.replaying
            stage.press(.moments)
            stage.answer(
                .moments("earlier"),
                .moments(
                    Boutique.moments.map { moment in
                        var past = moment
                        past.at = Boutique.earlier.startsAt + moment.offset
                        return past
                    }))
            stage.press(.down)
            return stage
        },
        Scene("moments-unreachable") {
            var stage = Stage.watching()
            stage.press(.moments)
            stage.fail(.moments("lamps"), .notFound)
            return stage
        },
        Scene("schedule-reminders") {
            var stage = Stage.open(follows: [Boutique.ana])
            stage.press(.down, .down, .down, .remind, .down, .down, .remind)
            stage.set { $0.notice = nil }
            return stage
        },
        Scene("reminder-begun") {
            var stage = Stage.open()
            stage.press(.down, .down, .down, .remind)
            stage.wait(.seconds(1680))
            let begun = Boutique.shows.map { show in
                var show = show
                if show.id == "knives" { show.state = .live }
                return show
            }
            stage.answer(.shows(ShowFilter(), cursor: nil), .shows(begun, nextCursor: nil))
            return stage
        },
        Scene("ticker-next-row") {
            var stage = Stage.watching(.eventful)
            stage.wait(Ticker.rest)
            return stage
        },
    ]
}

extension Boutique {
    static let reviews = [
        Review(
            id: "r1", author: "さくら", stars: 5, text: "買ってよかったです。毎晩使っています。", at: now - .seconds(90_000), isVerified: true
        ),
        Review(
            id: "r2", author: "mateo.r", stars: 4,
            text:
                "Very good, though a little smaller than I thought. It came well wrapped, with a card from the host, and two weeks in there is no sign of wear.",
            at: now - .seconds(400_000), isVerified: true),
        Review(
            id: "r3", author: "kaffee_und_kuchen_am_sonntag_mit_oma", stars: 2, text: "Not for me.",
            at: now - .seconds(900_000), isVerified: false),
    ]

    static let wishes = [
        Wish(
            product: "table", title: "Paper Moon table lamp", brand: "Studio Lopez", price: money(18_000),
            at: now - .seconds(86_400)),
        Wish(
            product: "lantern", title: "提灯 Paper lantern", brand: "水野", price: money(120_000, "JPY"),
            at: now - .seconds(172_800)),
        Wish(
            product: "string", title: "Glass bead string", brand: "Studio Lopez", price: money(3_900),
            at: now - .seconds(300_000)),
        Wish(product: "gone", title: "A thing of the past", brand: "", price: nil, at: now - .seconds(400_000)),
        Wish(
            product: "wordy", title: wordyProduct.title, brand: wordyProduct.brand, price: money(1_234_567_890),
            at: now - .seconds(500_000)),
    ]

    static let moments = [(string, 60), (hook, 420), (tableLamp, 1_500), (floorLamp, 5_000)].map {
        (product: Product, seconds: Int64) in
        Moment(
            products: [product.id], title: product.title, at: lamps.startsAt + .seconds(seconds),
            offset: .seconds(seconds), segment: Int(seconds) / 60)
    }
}

extension Broadcast {
    /// More news than the ticker has room for.
    static var eventful: Broadcast {
        var eventful = evening
        for (index, sku) in (["HOOK", "CANDLE", "LAMP-MOON-SAND-S", "LAMP-MOON-MOSS-L"] as [SKU]).enumerated() {
            eventful.add(.price(sku, Boutique.money(1_000 + Int64(index)), was: nil))
            eventful.add(.stock(sku, 0))
            eventful.add(.stock(sku, 9))
        }
        return eventful
    }
}

extension Stage {
    /// The page of the lamp on air, with all that the shop says of it.
    static func looking() -> Stage {
        var stage = watching()
        stage.press(.open)
        var lamp = Boutique.tableLamp
        lamp.summary =
            "A lamp of washi over a frame of split bamboo, made in Lausanne. Dims down to one per cent, so that you can fall asleep with it. The cable is two metres of linen-covered wire; the bulb is included and can be changed."
        stage.answer(.product("table"), .product(lamp))
        stage.answer(.reviews("table", cursor: nil), .reviews(Boutique.reviews, nextCursor: nil))
        let course: [(days: Int64, amount: Int64)] = [
            (20, 18_000), (12, 16_500), (9, 13_900), (3, 18_000), (0, 14_500),
        ]
        stage.act(
            .pricesRead([
                Boutique.sku: course.map {
                    PricePoint(at: Boutique.now - .seconds($0.days * 86_400), price: Boutique.money($0.amount))
                }
            ]))
        return stage
    }

    /// The wish list, with what the shop says of the things on it.
    static var wishing: Stage {
        var stage = started(StoredState(wishes: Boutique.wishes))
        stage.answer(.shows(ShowFilter(), cursor: nil), .shows(Boutique.shows, nextCursor: nil))
        stage.press(.wishListTab)
        for product in [Boutique.tableLamp, Boutique.lantern, Boutique.string, Boutique.wordyProduct] {
            stage.answer(.product(product.id), .product(product))
        }
        stage.fail(.product("gone"), .notFound)
        return stage
    }
}
