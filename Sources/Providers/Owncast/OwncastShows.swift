import Domain
import HTTPTransport
import LiveAPI
import Text

/// The stream that is on, and those that are planned.
extension OwncastProvider: ShopShows {
    package var showCapabilities: ShopCapabilities { [.shows] }

    private static let configName = "owncast/config"
    private static let planName = "owncast/schedule"
    /// Neither changes often, and the viewer asks for its schedule twice a minute.
    private static let seldom = Duration.seconds(600)

    func askStatus(_ io: ShopIO) async throws(ShopFailure) -> OwncastStatus {
        try OwncastReply(try await io.send(get("/api/status"))).value(OwncastStatus.self)
    }

    func askConfig(_ io: ShopIO) async throws(ShopFailure) -> OwncastConfig? {
        try await KeptAnswer<OwncastConfig>.ask(Self.configName, every: Self.seldom, get("/api/config"), io) {
            (response) throws(ShopFailure) in try OwncastReply(response).value(OwncastConfig.self)
        }
    }

    /// Servers of before 0.3 have no schedule, and answer with their web page.
    func askPlans(_ io: ShopIO) async throws(ShopFailure) -> [PlannedShow] {
        let own = try await KeptAnswer<[PlannedShow]>.ask(
            Self.planName, every: Self.seldom, get("/api/schedule"), io
        ) { (response) throws(ShopFailure) in
            if response.status == 404 || APIReply(response).isWebPage { return nil }
            return try OwncastReply(response).value(LenientList<OwncastPlan>.self).elements.map(\.show)
        }
        guard own?.isEmpty != false, let calendar else { return own ?? [] }
        // It lies on another server, which may be away: what is on is shown without it.
        try? await calendar.refresh(io)
        return try await calendar.kept(io)
    }

    package func schedule(
        _ filter: ShowFilter, cursor: String?, _ io: ShopIO
    ) async throws(ShopFailure) -> ListPage<Show> { ListPage(try await list(io).filter(filter.matches)) }

    package func show(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> ShowDetail {
        guard let show = try await list(io).first(where: { $0.id == id }) else { throw .notFound }
        return ShowDetail(show: show, lineUp: [])
    }

    /// It keeps nothing of what was: each head has all that there is.
    package func segment(
        _ id: ShowID, _ number: Int, _ io: ShopIO
    ) async throws(ShopFailure) -> TimelineSegment { throw .notFound }

    package func moments(_ id: ShowID, _ io: ShopIO) async throws(ShopFailure) -> [Moment] { throw .notFound }

    private func list(_ io: ShopIO) async throws(ShopFailure) -> [Show] {
        let status = try await askStatus(io)
        let config = try await askConfig(io)
        return list(status, config, try await askPlans(io))
    }

    /// What is over is not listed: there is nothing to see of it any more.
    private func list(_ status: OwncastStatus, _ config: OwncastConfig?, _ plans: [PlannedShow]) -> [Show] {
        let time = status.serverTime
        let current = status.isOnline ? plans.current(at: time) : nil
        let live = status.isOnline ? [liveShow(status, config, as: current)] : []
        return live
            + plans.filter { $0.id != current?.id && !$0.isOver(at: time) }.map { planned($0, config) }
    }

    private func liveShow(_ status: OwncastStatus, _ config: OwncastConfig?, as plan: PlannedShow?) -> Show {
        let planned = SafeText(plan?.title ?? "")
        let title = !status.title.isEmpty ? status.title : !planned.isEmpty ? planned : self.title(config)
        return Show(
            id: plan.map { ShowID(Self.planned + $0.id) } ?? Self.liveShow, title: title,
            summary: HTMLText.safe(plan?.summary ?? config?.summary ?? "", limit: WireLimits.textCharacters),
            state: .live, hosts: [host(config)], tags: tags(config),
            startsAt: status.connectedAt ?? status.serverTime, endsAt: plan?.endsAt,
            viewers: status.viewers ?? (config?.hidesViewers == false ? 0 : nil),
            streamURL: origin + "/hls/stream.m3u8")
    }

    private func planned(_ plan: PlannedShow, _ config: OwncastConfig?) -> Show {
        Show(
            id: ShowID(Self.planned + plan.id), title: SafeText(plan.title),
            summary: HTMLText.safe(plan.summary, limit: WireLimits.textCharacters),
            state: plan.isCancelled ? .cancelled : .scheduled, hosts: [host(config)], tags: tags(config),
            startsAt: plan.startsAt, endsAt: plan.endsAt)
    }

    private func tags(_ config: OwncastConfig?) -> [SafeText] {
        (config?.tags ?? []).map { SafeText(String($0.prefix(WireLimits.nameCharacters))) }
    }

    /// Before the id that a schedule has given.
    private static let planned = "planned:"

    /// Where the show stands that has this name: a stream that is on is the show of now, and no other that is planned.
    func state(of id: ShowID, _ status: OwncastStatus, _ plans: [PlannedShow]) -> ShowState {
        guard let plan = plans.first(where: { Self.planned + $0.id == id.rawValue }) else {
            return status.isOnline ? .live : .ended
        }
        if status.isOnline, plan.id == plans.current(at: status.serverTime)?.id { return .live }
        return plan.isCancelled ? .cancelled : plan.isOver(at: status.serverTime) ? .ended : .scheduled
    }
}
