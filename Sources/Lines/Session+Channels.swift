import Domain
import ShopAccess

extension Session {
    /// Time within which channels are told of in their order, whichever answers first.
    private static let orderHolds = Duration.seconds(1)

    /// Asks all channels the same at once, and goes through them in their order; one that takes its time comes after those
    /// that have answered, and what is wrong with one hides nothing of the others.
    /// - Parameter body: is given a channel and its answer, which may be the first page of more.
    /// - Throws: the last failure, when all is done; the others have been said.
    package func forEachReachable(
        asking query: ShopQuery, while doing: Subject,
        _ body: (_ channel: ChannelAccess, _ first: ShopAnswer) async throws -> Void
    ) async throws {
        guard channels.count > 1 else {
            return try await body(channels[0], try await answer(to: query, from: channels[0], while: doing))
        }
        var failures: [CommandFailure] = []
        try await withThrowingTaskGroup(of: (index: Int, result: Result<ShopAnswer, ShopFailure>)?.self) { group in
            for (index, channel) in channels.enumerated() {
                let shop = channel.shop
                group.addTask {
                    do throws(ShopFailure) { return (index, .success(try await shop.answer(to: query))) } catch {
                        return (index, .failure(error))
                    }
                }
            }
            group.addTask {
                try? await Task.sleep(for: Self.orderHolds)
                return nil
            }
            defer { group.cancelAll() }
            var (answered, waiting, isOrderOver): ([Int: Result<ShopAnswer, ShopFailure>], [Int], Bool) =
                ([:], Array(channels.indices), false)
            while !waiting.isEmpty {
                guard let ready = waiting.first(where: { answered[$0] != nil }), let result = answered[ready],
                    ready == waiting.first || isOrderOver
                else {
                    guard let next = try await group.next() else { return }
                    if let next { answered[next.index] = next.result } else { isOrderOver = true }
                    continue
                }
                waiting.removeAll { $0 == ready }
                let channel = channels[ready]
                do {
                    try await body(channel, try read(result, from: channel, while: doing))
                } catch let failure as CommandFailure {
                    failures.append(CommandFailure(failure.status, of: channel.title, failure.description))
                }
            }
        }
        for failure in failures.dropLast() { Output.complain(failure.description) }
        if let last = failures.last { throw last }
    }
}
