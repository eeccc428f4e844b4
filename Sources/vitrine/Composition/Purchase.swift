import AppCore
import Domain
import Glibc
import Storage
import Text

/// A purchase from the command line, by the same steps as the viewer's: written down, sent once, found out.
struct Purchase {
    let session: Session

    /// - Throws: `CommandFailure` when the shop refuses, or when it cannot be known yet whether it was bought.
    func make(_ intent: OrderIntent) throws -> Order {
        do {
            try session.run(.commit(intent))
        } catch {
            throw CommandFailure(.network, "not bought: it could not be written down first: \(error)")
        }
        return try send(intent)
    }

    private func send(_ intent: OrderIntent) throws -> Order {
        switch session.shop.wait(for: .placeOrder(intent)) {
        case .success(.order(let order)): return try settle(intent, order)
        case .success: return try findOutPatiently(intent)
        case .failure(let failure):
            switch PurchaseOutcome(failure, of: intent) {
            case .refused(let reason): throw try refuse(intent, reason)
            case .unknown: return try findOutPatiently(intent)
            }
        }
    }

    /// Asks the shop what became of it, several times, since the shop may be slow or away for a moment.
    private func findOutPatiently(_ intent: OrderIntent) throws -> Order {
        if intent.state != .unknown { session.keep(.resolve(intent.key, .unknown)) }
        var last: (any Error)?
        for attempt in 0..<4 {
            usleep(UInt32(500_000 << attempt))
            do { return try findOut(intent) } catch let failure as CommandFailure where failure.status == .network {
                last = failure
            }
        }
        throw last ?? unknown(intent, "no answer")
    }

    /// Asks once; the same key again where the shop has never seen it.
    func findOut(_ intent: OrderIntent) throws -> Order {
        switch session.shop.wait(for: .orderByKey(intent.key)) {
        case .success(.order(let order)): return try settle(intent, order)
        case .success(.noSuchOrder):
            guard session.now - intent.createdAt < .seconds(24 * 3600) else {
                throw try refuse(intent, "it never reached the shop; nothing was bought")
            }
            var again = intent
            again.state = .unknown
            switch session.shop.wait(for: .placeOrder(again)) {
            case .success(.order(let order)): return try settle(intent, order)
            case .success: throw unknown(intent, "no answer")
            case .failure(let failure):
                if case .refused(let reason) = PurchaseOutcome(failure, of: again) { throw try refuse(intent, reason) }
                throw unknown(intent, "\(failure.explanation)")
            }
        case .success: throw unknown(intent, "no answer")
        case .failure(let failure): throw unknown(intent, "\(failure.explanation)")
        }
    }

    private func settle(_ intent: OrderIntent, _ order: Order) throws -> Order {
        session.keep(.resolve(intent.key, placedAs: order, account: session.scope))
        return order
    }

    private func refuse(_ intent: OrderIntent, _ reason: SafeText) throws -> CommandFailure {
        session.keep(.resolve(intent.key, .refused(reason)))
        return CommandFailure(.refused, "not bought: \(intent.title): \(reason)")
    }

    private func unknown(_ intent: OrderIntent, _ reason: String) -> CommandFailure {
        CommandFailure(
            .network,
            "perhaps bought: \(intent.title): \(reason); ‘vitrine orders’ finds out, and nothing is bought twice")
    }
}
