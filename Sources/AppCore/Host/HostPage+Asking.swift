import Domain
import Text

// Questions that a host's page asks by itself, and the answers.

extension HostPageState {
    private static let mostShows = 500
    /// The next page is asked for when so many products or fewer are left below the cursor.
    private static let productsAhead = 20

    package func nextDeadline(_ context: FeatureContext) -> Timestamp? { found?.dueAt }
    package mutating func passTime(_ context: FeatureContext) -> [Outcome] { askForGoods(context) }

    /// Asks for what the reader comes near to, and for what is searched for.
    mutating func askForGoods(_ context: FeatureContext) -> [Outcome] {
        if var found {
            if let due = found.dueAt {
                guard due <= context.now else { return [] }
                found.dueAt = nil
            } else if found.goods.isThere, !isNearTheEnd(context) {
                return []
            }
            let question = found.goods.takeQuestion()
            self.found = found
            return question.map { [.ask(.productsOfHost(host.id, search: found.text, cursor: $0.cursor))] } ?? []
        }
        guard !context.search.isOn(in: .hostPage), !goods.isThere || isNearTheEnd(context) else { return [] }
        let question = goods.takeQuestion()
        return question.map { [.ask(.productsOfHost(host.id, search: nil, cursor: $0.cursor))] } ?? []
    }

    /// Few rows are left below the cursor.
    private func isNearTheEnd(_ context: FeatureContext) -> Bool {
        let rows = rows(context)
        let place = selected.flatMap { rows.firstIndex(of: $0) } ?? 0
        return rows.count - place <= max(Self.productsAhead, context.rows)
    }

    package mutating func refresh(_ context: FeatureContext) { tryAgain() }

    package mutating func comeBack(_ channel: Channel, _ context: FeatureContext) -> [Outcome] {
        guard host.id.channel == channel else { return [] }
        tryAgain()
        return askForGoods(context)
    }

    private mutating func tryAgain() {
        goods.tryAgain()
        found?.goods.tryAgain()
    }

    package mutating func handle(_ answer: Answer, _ context: FeatureContext) -> [Outcome] {
        switch answer.query {
        case .host:
            if case .success(.host(let told)) = answer.result, told.id == host.id { host = told }
            return []
        case .shows(let filter, let cursor) where filter.host == host.id:
            return handleShows(answer.result, filter, cursor: cursor, context)
        case .productsOfHost(host.id, let search, let cursor):
            if search == nil {
                goods.take(answer.result, cursor: cursor, keptAt: answer.stale?.at)
            } else if found?.text == search {
                found?.goods.take(answer.result, cursor: cursor, keptAt: answer.stale?.at)
            }
            var outcomes: [Outcome] = []
            if case .success(.products(let products, _)) = answer.result, answer.stale == nil {
                outcomes.append(.message(.seen(products)))
            }
            selectSomething(context)
            return outcomes + askForGoods(context)
        default: return []
        }
    }

    /// Handles all shows of the host; a failure leaves those of the schedule.
    private mutating func handleShows(
        _ result: Result<ShopAnswer, ShopFailure>, _ filter: ShowFilter, cursor: String?, _ context: FeatureContext
    ) -> [Outcome] {
        guard case .success(.shows(let told, let next)) = result else { return [] }
        let before = shows.count
        shows = (cursor == nil ? [] : shows) + told
        selectSomething(context)
        guard let next, next != cursor, !told.isEmpty, before < Self.mostShows else { return [] }
        return [.ask(.shows(filter, cursor: next))]
    }
}
