import AppCore
import Domain
import Text

/// A live show's timeline in one open segment.
struct Broadcast {
    private(set) var events: [TimelineEvent] = []
    var show: ShowID = "lamps"
    var state = ShowState.live
    var onAir: [ProductID] = ["table"]
    var offers: [Offer] = []
    var pinned: ChatMessage?
    var viewers: Int? = 1284

    mutating func add(_ kind: TimelineEvent.Kind, at: Timestamp = Boutique.now - .seconds(60)) {
        events.append(TimelineEvent(sequence: events.count + 1, at: at, kind: kind))
    }

    mutating func say(
        _ author: SafeText, _ text: SafeText, _ role: ChatMessage.Role = .viewer, ago: Int64 = 60,
        account: String? = nil
    ) {
        let at = Boutique.now - .seconds(ago)
        let message = ChatMessage(
            id: MessageID("m\(events.count)"), author: author, role: role, text: text, at: at, authorID: account)
        add(.chat(message), at: at)
    }

    var segment: TimelineSegment {
        let opening = ShowSnapshot(
            sequence: 0, at: Boutique.now - .seconds(3000), state: state, highlight: onAir, offers: offers,
            viewers: viewers, pinned: pinned)
        return TimelineSegment(number: 0, opening: opening, events: events, isClosed: false)
    }

    var head: ShowHead {
        var snapshot = segment.opening
        snapshot.sequence = events.count
        return ShowHead(
            show: show, snapshot: snapshot, lastSequence: events.count, open: segment, pollAfterMilliseconds: 1000,
            serverTime: Boutique.now)
    }

    /// A quarter of an hour of a lamp show.
    static var evening: Broadcast {
        var evening = Broadcast()
        evening.say("mika_k", "does it dim all the way down?", ago: 95)
        evening.say("Ana Lopez", "yes! down to 1 %, I fall asleep with it", .host, ago: 88)
        for _ in 0..<40 { evening.say("jo", "🔥", ago: 85) }
        evening.say("李雷", "这个颜色好看", ago: 80)
        evening.say("سامي", "كم السعر مع الشحن؟", ago: 75)
        evening.say("Sven", "question of the day is pinned ↑", .moderator, ago: 70)
        evening.say(
            "kaffee_und_kuchen_am_sonntag",
            "I have the floor lamp in moss since last winter and it is the best thing in our flat, the cat agrees",
            ago: 60)
        evening.say("ruth", "just bought two, thank you Ana", ago: 40)
        evening.say("guest", "is the cable 2 m?", ago: 30, account: "guest-1")
        evening.add(.price("SHADE-40", Boutique.money(5_800), was: Boutique.money(6_800)))
        evening.add(.stock("BEADS", 0))
        evening.add(.stock("LAMP-FLOOR", 3))
        return evening
    }

    static var deal: Broadcast {
        var deal = evening
        deal.offers = [Boutique.deal]
        deal.pinned = ChatMessage(
            id: "pin", author: "Sven", role: .moderator, text: "Where would you hang it? Best answer wins the hook.",
            at: Boutique.now - .seconds(600))
        return deal
    }
}

extension Stage {
    /// Joined a live show; `broadcast` is what its head says.
    static func watching(
        _ broadcast: Broadcast = .deal, detail: ShowDetail = Boutique.detail, follows: [Host] = []
    ) -> Stage {
        var stage = open(shows: Boutique.shows.map { $0.id == detail.show.id ? detail.show : $0 }, follows: follows)
        stage.join(broadcast, detail: detail)
        return stage
    }

    mutating func join(_ broadcast: Broadcast, detail: ShowDetail) {
        set { $0.schedule.selected = detail.show.id }
        press(.open)
        answer(.show(detail.show.id), .show(detail))
        answer(.head(detail.show.id), .head(broadcast.head))
    }
}
