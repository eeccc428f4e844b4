import AppCore
import Domain
import Providers
import Logging
import Storage
import Text

/// Carries effects out in the world outside, and brings what comes of them back as actions.
package final class EffectRunner: Sendable {
    private let shop: ShopClient
    private let store: Store
    private let scope: String
    private let mailbox: Mailbox
    private let log: Logger

    package init(shop: ShopClient, store: Store, scope: String, mailbox: Mailbox, log: Logger) {
        self.shop = shop
        self.store = store
        self.scope = scope
        self.mailbox = mailbox
        self.log = log
        shop.learnAccount { [mailbox, shop] credential in
            mailbox.post(.signedOut(shop.isSignedOut))
            guard let credential else { return }
            let account = credential.account
            mailbox.post(.accountFound(id: account.id, name: account.name, formerly: credential.formerly))
        }
        shop.onServerTime { [mailbox] in mailbox.post(.serverTime($0)) }
    }

    func ask(_ query: ShopQuery) {
        shop.ask(query) { [mailbox, log, shop] result in
            if case .failure(let failure) = result { log.info("\(query.name): \(failure)") }
            if query.isPrivate {
                if let account = shop.account { mailbox.post(.accountKnown(id: account.id, name: account.name)) }
                mailbox.post(.signedOut(shop.isSignedOut))
            }
            mailbox.post(.answered(query, result))
        }
    }

    func readContact() {
        let details = shop.account.flatMap { ContactDetails(token: $0.token) }
        mailbox.post(.contactRead(details ?? ContactDetails()))
    }

    func keepContact(_ details: ContactDetails) {
        shop.keep(details) { [mailbox, log, shop] result in
            switch result {
            case .success:
                if let account = shop.account { mailbox.post(.accountKnown(id: account.id, name: account.name)) }
                mailbox.post(.contactKept(problem: nil))
            case .failure(let problem):
                log.error("the address was not kept: \(problem)")
                mailbox.post(.contactKept(problem: problem.reason))
            }
        }
    }

    func record(_ intent: OrderIntent, within budget: Budget) {
        store.enqueue(.record(intent, within: budget)) { [mailbox, log] result in
            switch result {
            case .success: mailbox.post(.intentRecorded(intent))
            case .failure(let error):
                log.error("an order intent was not written: \(error)")
                mailbox.post(.intentNotRecorded(intent, reason: SafeText(error.description)))
            }
        }
    }

    func takeTurn(of intent: OrderIntent) {
        store.enqueue(.takeTurn(intent.key)) { [mailbox, log] result in
            switch result {
            case .success(let turn): mailbox.post(.turn(intent, turn))
            case .failure(let error):
                log.error("a purchase's turn was not taken: \(error)")
                mailbox.post(.turn(intent, .elsewhere))
            }
        }
    }

    func keep(_ command: StoreCommand) {
        switch command {
        case .schedule(let shows, let at): enqueue(.saveSchedule(shows, at: at, account: scope))
        case .scheduleConfirmed(let at): enqueue(.confirmSchedule(at: at, account: scope))
        case .follows(let hosts, let at): enqueue(.saveFollows(hosts, at: at, account: scope))
        case .follow(let host, let isFollowed): enqueue(.setFollow(host, isFollowed, account: scope))
        case .orders(let orders, let at): enqueue(.saveOrders(orders, at: at, account: scope))
        case .resolve(let key, .refused(let reason)): keepRefusal(of: key, reason)
        case .resolve(let key, let state): enqueue(.resolve(key, state))
        case .withdraw(let key): enqueue(.withdraw(key))
        case .forget(let key): enqueue(.forget(key))
        case .placed(let key, let order): enqueue(.resolve(key, placedAs: order, account: scope))
        case .prices(let facts, let at): enqueue(.recordPrices(facts, at: at, account: scope))
        case .wish(let wish, true): enqueue(.addWish(wish, account: scope))
        case .wish(let wish, false): enqueue(.removeWish(wish.product, account: scope))
        case .reminder(let reminder, true): enqueue(.setReminder(reminder, account: scope))
        case .reminder(let reminder, false): enqueue(.removeReminder(reminder.show, account: scope))
        }
    }

    private func keepRefusal(of key: String, _ reason: SafeText) {
        store.enqueue(.resolve(key, .refused(reason))) { [mailbox, log] result in
            switch result {
            case .success: mailbox.post(.refusalKept(key: key, problem: nil))
            case .failure(let error):
                log.error("a refusal was not kept: \(error)")
                mailbox.post(.refusalKept(key: key, problem: SafeText(error.description)))
            }
        }
    }

    func readPrices(_ skus: [SKU]) {
        store.enqueue(.priceHistories(skus, account: scope)) { [mailbox, log] result in
            switch result {
            case .success(let histories): mailbox.post(.pricesRead(histories))
            case .failure(let error):
                log.error("prices were not read: \(error)")
                mailbox.post(.storeFailed(reason: SafeText(error.description)))
            }
        }
    }

    /// Waits for what is being written: the last thing before the program ends.
    func finish() { store.drain() }

    private func enqueue<Value>(_ operation: StoreOperation<Value>) {
        store.enqueue(operation) { [mailbox, log] result in
            guard case .failure(let error) = result else { return }
            log.error("not kept: \(error)")
            mailbox.post(.storeFailed(reason: SafeText(error.description)))
        }
    }
}

extension ShopQuery {
    /// What a log calls it: the kind of question, never its contents.
    fileprivate var name: String {
        let text = "\(self)"
        return String(text.prefix { $0 != "(" })
    }
}
