import AppCore
import Domain
import Logging
import ShopAccess
import Storage
import Synchronization
import Text

/// Carries effects out in the world outside, and brings what comes of them back as actions.
package final class EffectRunner: Sendable {
    /// A channel's shop, and what is kept of it here.
    package struct Seat: Sendable {
        let shop: ShopClient
        let scope: String
        let signIn: SignInConversation?

        /// - Parameter signIn: nil where nobody can sign in.
        package init(_ shop: ShopClient, scope: String, signIn: SignInConversation? = nil) {
            self.shop = shop
            self.scope = scope
            self.signIn = signIn
        }
    }

    /// By the channels' places.
    private let seats: [Seat]
    private let store: any StoreQueue
    private let mailbox: Mailbox
    private let log: Logger
    /// Why the shop's own answers were not kept the last time; nil where they were.
    private let toldProblem = Mutex<StorageError?>(nil)
    /// Questions that wait for their answer and change nothing, with whether they are to be asked once more afterwards.
    private let waiting = Mutex<[Question: Bool]>([:])

    private struct Question: Hashable {
        let query: ShopQuery
        let channel: Channel
    }

    /// - Parameter seats: at least one, in the order of the channels.
    package init(seats: [Seat], store: any StoreQueue, mailbox: Mailbox, log: Logger) {
        precondition(!seats.isEmpty)
        self.seats = seats
        self.store = store
        self.mailbox = mailbox
        self.log = log
        for (index, seat) in seats.enumerated() {
            seat.shop.onServerTime { [mailbox] in mailbox.post(.serverTime($0, of: Channel(index), by: $1)) }
        }
    }

    /// Finds out whose accounts the channels have, without opening any.
    /// - Parameter done: called once for each channel that has an account, when that is known or cannot be.
    func learnAccounts(_ done: @escaping @Sendable () -> Void) {
        for (index, seat) in seats.enumerated() {
            let (shop, channel) = (seat.shop, Channel(index))
            shop.learnAccount { [mailbox] credential in
                defer { done() }
                mailbox.post(.signedOut(shop.isSignedOut, of: channel))
                guard let credential else { return }
                let account = credential.account
                mailbox.post(
                    .accountFound(id: account.id, name: account.name, formerly: credential.formerly, of: channel))
            }
        }
    }

    private func seat(_ channel: Channel) -> Seat {
        seats.indices.contains(channel.index) ? seats[channel.index] : seats[0]
    }

    /// A question that only reads is under way once, however often it is asked: who asks again meanwhile wants an answer
    /// that is newer than the one to come, so it is asked once more after that. A key held down asks no faster than the
    /// shop answers, and nothing piles up.
    /// - Returns: whether an answer comes because of this; false where one is to come anyway that is as new.
    func ask(_ query: ShopQuery, of channel: Channel) -> Bool {
        guard query.onlyReads else {
            send(query, to: channel) {}
            return true
        }
        let question = Question(query: query, channel: channel)
        let before = waiting.withLock { waiting in
            defer { waiting[question] = waiting[question] != nil }
            return waiting[question]
        }
        if before == nil { askNow(question) }
        return before != true
    }

    /// Forgets the questions under way, which may never be answered: new ones do not wait for them.
    func forgetWhatIsUnderWay() { waiting.withLock { $0.removeAll() } }

    private func askNow(_ question: Question) {
        send(question.query, to: question.channel) { [self] in
            let isWanted = waiting.withLock { waiting in
                let isWanted = waiting[question] == true
                waiting[question] = isWanted ? false : nil
                return isWanted
            }
            if isWanted { askNow(question) }
        }
    }

    /// The shop is asked in its own words, which know of no channels.
    private func send(_ query: ShopQuery, to channel: Channel, then done: @escaping @Sendable () -> Void) {
        let shop = seat(channel).shop
        shop.ask(channel == .first ? query : query.placed(in: .first)) { [mailbox, log] result in
            if case .failure(let failure) = result { log.info("\(query.name): \(failure)") }
            if query.isPrivate {
                if let account = shop.account {
                    mailbox.post(.accountKnown(id: account.id, name: account.name, of: channel))
                }
                mailbox.post(.signedOut(shop.isSignedOut, of: channel))
            }
            let placed = result.map { $0.placed(in: channel) }.mapError { $0.placed(in: channel) }
            mailbox.post(.answered(query, of: channel, placed))
            done()
        }
    }

    func readContact(of channel: Channel) {
        seat(channel).shop.readContact { [mailbox] in mailbox.post(.contactRead($0 ?? ContactDetails())) }
    }

    func keepContact(_ details: ContactDetails, of channel: Channel) {
        let shop = seat(channel).shop
        shop.keep(details) { [mailbox, log] result in
            switch result {
            case .success:
                if let account = shop.account {
                    mailbox.post(.accountKnown(id: account.id, name: account.name, of: channel))
                }
                mailbox.post(.contactKept(problem: nil))
            case .failure(let problem):
                log.error("the address was not kept: \(problem)")
                mailbox.post(.contactKept(problem: problem.reason))
            }
        }
    }

    func carryOut(_ step: SignInStep, _ attempt: Int, of channel: Channel) {
        guard let conversation = seat(channel).signIn else {
            return mailbox.post(.signIn(.failed(.notOffered), attempt: attempt, of: channel))
        }
        conversation.carryOut(step) { [mailbox, log] reply in
            if case .failed(let failure) = reply { log.info("signing in or out: \(failure)") }
            mailbox.post(.signIn(reply.placed(in: channel), attempt: attempt, of: channel))
        }
    }

    func record(_ intent: OrderIntent, within budget: Budget) {
        store.enqueue(.record(intent, within: budget)) { [mailbox, log] result in
            switch result {
            case .success: mailbox.post(.intentRecorded(intent))
            case .failure(let error):
                log.error("an order intent was not written: \(error)")
                let reason = SafeText(error.description)
                mailbox.post(
                    .intentNotRecorded(intent, reason: reason, isBeyondBudget: error == .beyondBudget))
            }
        }
    }

    func takeTurn(of intent: OrderIntent) {
        store.enqueue(.takeTurn(intent.key)) { [mailbox, log] result in
            switch result {
            case .success(let turn): mailbox.post(.turn(intent, turn.placed(in: intent.channel)))
            case .failure(let error):
                log.error("a purchase's turn was not taken: \(error)")
                mailbox.post(.turn(intent, .elsewhere))
            }
        }
    }

    func keep(_ command: StoreCommand) {
        func scope(_ channel: Channel) -> String { seat(channel).scope }
        switch command {
        case .schedule(let shows, let channel, let at):
            cache(.saveSchedule(shows, at: at, account: scope(channel)))
        case .scheduleConfirmed(let channel, let at): cache(.confirmSchedule(at: at, account: scope(channel)))
        case .follows(let hosts, let channel, let at): cache(.saveFollows(hosts, at: at, account: scope(channel)))
        case .follow(let host, let isFollowed):
            enqueue(.setFollow(host, isFollowed, account: scope(host.id.channel)))
        case .orders(let orders, let channel, let at): cache(.saveOrders(orders, at: at, account: scope(channel)))
        case .resolve(let key, .refused(let reason)): keepRefusal(of: key, reason)
        case .resolve(let key, let state): enqueue(.resolve(key, state))
        case .withdraw(let key): enqueue(.withdraw(key))
        case .forget(let key): enqueue(.forget(key))
        case .placed(let key, let order):
            enqueue(.resolve(key, placedAs: order, account: scope(order.id.channel)))
        case .prices(let facts, let at):
            guard let channel = facts.first?.sku.channel else { return }
            cache(.recordPrices(facts, at: at, account: scope(channel)))
        case .wish(let wish, true): change(.addWish(wish, account: scope(wish.product.channel)), command)
        case .wish(let wish, false): change(.removeWish(wish.product, account: scope(wish.product.channel)), command)
        case .reminder(let reminder, true):
            change(.setReminder(reminder, account: scope(reminder.show.channel)), command)
        case .reminder(let reminder, false):
            change(.removeReminder(reminder.show, account: scope(reminder.show.channel)), command)
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
        guard let channel = skus.first?.channel else { return }
        store.enqueue(.priceHistories(skus, account: seat(channel).scope)) { [mailbox, log] result in
            switch result {
            case .success(let histories):
                let placed = histories.map { ($0.key.placed(in: channel), $0.value) }
                mailbox.post(.pricesRead(Dictionary(placed) { $1 }))
            case .failure(let error):
                log.error("prices were not read: \(error)")
                mailbox.post(.storeFailed(reason: SafeText(error.description)))
            }
        }
    }

    /// Tells when everything put in the store's queue before is done.
    func markStore(_ mark: Int) {
        store.enqueue(.mark) { [mailbox] _ in mailbox.post(.storeSettled(mark)) }
    }

    /// Waits for what is being written: the last thing before the program ends.
    func finish() { store.drain() }

    /// Keeps what the shop has said. It says so again and again; that a disk takes nothing is told once.
    private func cache<Value>(_ operation: StoreOperation<Value>) {
        store.enqueue(operation) { [self] result in
            let problem: StorageError? = if case .failure(let error) = result { error } else { nil }
            let isNew = toldProblem.withLock { told in
                defer { told = problem }
                return told != problem
            }
            guard let problem, isNew else { return }
            log.error("not kept: \(problem)")
            mailbox.post(.storeFailed(reason: SafeText(problem.description)))
        }
    }

    /// Keeps what is kept nowhere else: where it is not, it has not happened.
    private func change<Value>(_ operation: StoreOperation<Value>, _ command: StoreCommand) {
        store.enqueue(operation) { [mailbox, log] result in
            guard case .failure(let error) = result else { return }
            log.error("not kept: \(error)")
            mailbox.post(.notKept(command, reason: SafeText(error.description)))
        }
    }

    private func enqueue<Value>(_ operation: StoreOperation<Value>) {
        store.enqueue(operation) { [mailbox, log] result in
            guard case .failure(let error) = result else { return }
            log.error("not kept: \(error)")
            mailbox.post(.storeFailed(reason: SafeText(error.description)))
        }
    }
}

extension ShopQuery {
    /// Tells whether it is the same to ask it twice or once.
    fileprivate var onlyReads: Bool {
        switch self {
        case .service, .shows, .show, .head, .segment, .moments, .hosts, .host, .products, .productsOfHost, .product,
            .productAt, .reviews, .follows, .paymentMethods, .addresses, .quote, .orders, .order:
            true
        default: false
        }
    }

    /// What a log calls it: the kind of question, never its contents.
    fileprivate var name: String {
        let text = "\(self)"
        return String(text.prefix { $0 != "(" })
    }
}
