import AppCore
import Domain
import Text

extension Scene {
    static let watching: [Scene] = [
        Scene("watch") { .watching(follows: [Boutique.ana]) },
        Scene("watch-loading") {
            var stage = Stage.open()
            stage.press(.open)
            return stage
        },
        Scene("watch-unreachable") {
            var stage = Stage.open()
            stage.press(.open)
            stage.fail(.show("lamps"), .down)
            return stage
        },
        Scene("watch-three-on-air") {
            var three = Broadcast.evening
            three.onAir = ["hook", "candle", "table"]
            return .watching(three)
        },
        Scene("watch-sold-out") {
            var evening = Broadcast.evening
            evening.onAir = ["string"]
            return .watching(evening)
        },
        Scene("watch-between") {
            var evening = Broadcast.evening
            evening.onAir = []
            return .watching(evening)
        },
        Scene("watch-beside-a-catalogue") {
            .watching(detail: ShowDetail(show: Boutique.lamps, lineUp: Boutique.lineUp, isCatalogue: true))
        },
        Scene("watch-beside-a-catalogue-between") {
            var evening = Broadcast.evening
            evening.onAir = []
            return .watching(
                evening, detail: ShowDetail(show: Boutique.lamps, lineUp: Boutique.lineUp, isCatalogue: true))
        },
        Scene("watch-scrolled-back") {
            var stage = Stage.watching(.long)
            stage.press(.up, .up, .up)
            var more = Broadcast.long
            for number in 1...14 { more.say("jo", SafeText("new line \(number)"), ago: 20) }
            stage.answer(.head("lamps"), .head(more.head))
            return stage
        },
        Scene("watch-at-the-top") {
            var stage = Stage.watching(.long)
            stage.press(.top)
            return stage
        },
        Scene("watch-long-names") {
            var show = Boutique.lamps
            show.title =
                "Late-night lamps and everything that goes on, under, over and around them until we fall asleep"
            show.hosts = [Boutique.wordy]
            var evening = Broadcast.evening
            evening.onAir = ["wordy"]
            evening.offers = [
                Offer(
                    id: "o", kind: .coupon, product: "wordy", title: "Coupon", percentOff: 15,
                    endsAt: Boutique.now + .seconds(20_000), remaining: 1200)
            ]
            evening.say("Maximiliane Konstantinopolsky-Brandenburger", "Donaudampfschifffahrtsgesellschaft!", .host)
            return .watching(evening, detail: ShowDetail(show: show, lineUp: [Boutique.wordyProduct] + Boutique.lineUp))
        },
        Scene("watch-scripts") {
            var show = Boutique.lamps
            show.title = "紙と墨の夜 ليلة الورق"
            show.hosts = [Boutique.mizuno]
            var evening = Broadcast()
            evening.onAir = ["lantern"]
            evening.say("水野 Mizuno", "この提灯は岐阜で作られています。和紙は手漉きで、竹ひごも一本ずつ削ります。", .host, ago: 90)
            evening.say("سامي", "هذا جميل جدا، هل تشحنون إلى عمّان؟", ago: 80)
            evening.say("민준", "예뻐요 👨‍👩‍👧 🇰🇷 ❤️", ago: 70)
            evening.say("विक्रम", "कितने का है?", ago: 60)
            evening.say("נועה", "כמה זה עולה?", ago: 50)
            return .watching(evening, detail: ShowDetail(show: show, lineUp: [Boutique.lantern, Boutique.tableLamp]))
        },
        Scene("watch-without-chat") {
            var stage = Stage.watching(Broadcast())
            stage.answer(
                .service,
                .service(ShopInfo(name: "Boutique", capabilities: [.orders, .follows], serverTime: nil)))
            return stage
        },
        Scene("watch-no-messages") { .watching(Broadcast()) },
        Scene("watch-10000-messages") {
            var busy = Broadcast()
            for number in 1...10_000 { busy.say("jo", SafeText("line \(number)"), ago: 60) }
            return .watching(busy)
        },
        Scene("watch-offline") {
            var stage = Stage.watching()
            stage.loseNetwork(during: .head("lamps"))
            return stage
        },
        Scene("watch-line-up") {
            var stage = Stage.watching()
            stage.press(.nextPane, .down, .down, .down)
            return stage
        },
        Scene("watch-before-the-show") {
            var stage = Stage.open()
            var broadcast = Broadcast()
            (broadcast.show, broadcast.state, broadcast.onAir, broadcast.viewers) = ("knives", .scheduled, [], nil)
            stage.join(broadcast, detail: ShowDetail(show: Boutique.knives, lineUp: Boutique.lineUp))
            return stage
        },
        Scene("watch-replay") { .replaying },
        Scene("watch-replay-stopped") {
            var stage = Stage.replaying
            stage.press(.pause)
            return stage
        },
    ]
}

extension Broadcast {
    /// More chat than any of the screens can show.
    static var long: Broadcast {
        var long = Broadcast()
        for number in 1...60 { long.say("jo", SafeText("line \(number)"), ago: 120) }
        return long
    }
}

extension Stage {
    /// A minute into the recording of a show of yesterday.
    static var replaying: Stage {
        var stage = open()
        var past = Broadcast.evening
        past.show = "earlier"
        let opening = ShowSnapshot(
            sequence: 0, at: Boutique.earlier.startsAt, state: .live, highlight: ["table"], viewers: 640)
        let moved = past.events.map { event in
            let at = Boutique.earlier.startsAt + .seconds(Int64(event.sequence))
            var kind = event.kind
            if case .chat(var message) = kind {
                message.at = at
                kind = .chat(message)
            }
            return TimelineEvent(sequence: event.sequence, at: at, kind: kind)
        }
        let segment = TimelineSegment(number: 0, opening: opening, events: moved, isClosed: true)
        stage.set { $0.schedule.selected = "earlier" }
        stage.press(.open)
        stage.answer(.show("earlier"), .show(ShowDetail(show: Boutique.earlier, lineUp: Boutique.lineUp)))
        var head = past.head
        head.open = TimelineSegment(number: 1, opening: opening, events: [], isClosed: false)
        stage.answer(.head("earlier"), .head(head))
        stage.answer(.segment("earlier", 0), .segment(segment))
        stage.wait(.seconds(75))
        return stage
    }
}
