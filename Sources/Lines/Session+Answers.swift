import Domain
import ShopAccess
import Storage
import Text
import ViewerUI

extension Session {
    // MARK: Listing

    /// The answer of a channel's shop to a question that changes nothing.
    /// - Parameter doing: subject of the line that tells of a failure.
    package func answer(
        to query: ShopQuery, from channel: ChannelAccess, while doing: Subject
    ) async throws -> ShopAnswer {
        let result: Result<ShopAnswer, ShopFailure>
        do throws(ShopFailure) { result = .success(try await channel.shop.answer(to: query)) } catch {
            result = .failure(error)
        }
        return try read(result, from: channel, while: doing)
    }

    package func answer<Value>(
        to question: Question<Value>, from channel: ChannelAccess, while doing: Subject
    ) async throws -> Value {
        try question.value(in: try await answer(to: question.query, from: channel, while: doing), while: doing)
    }

    /// All pages of a list.
    package func collect<Item>(
        _ list: ListQuestion<Item>, from channel: ChannelAccess, while doing: Subject
    ) async throws -> [Item] {
        var items: [Item] = []
        try await forEachPage(of: list, from: channel, while: doing) { items += $0 }
        return items
    }

    /// The pages of a list, each as it comes.
    /// - Parameter first: the first page, where it has been asked for already.
    package func forEachPage<Item>(
        of list: ListQuestion<Item>, from channel: ChannelAccess, first: ShopAnswer? = nil, while doing: Subject,
        _ body: ([Item]) -> Void
    ) async throws {
        var (seen, cursor, first): (Set<String>, String?, ShopAnswer?) = ([], nil, first)
        repeat {
            let question = list.page(cursor)
            let answer: ShopAnswer
            if let known = first {
                answer = known
            } else {
                answer = try await self.answer(to: question.query, from: channel, while: doing)
            }
            first = nil
            let (more, next) = try question.value(in: answer, while: doing)
            body(more)
            cursor = next
            if let next, !seen.insert(next).inserted {
                throw CommandFailure(.notUnderstood("the server's list comes back to where it was"), while: doing)
            }
        } while cursor != nil
    }

    // MARK: Changing

    /// The answer to a question that is put through the engine; what it changes has been changed and kept when it is returned.
    /// - Parameter doing: subject of the line that tells of a failure.
    package func ask(
        _ query: ShopQuery, at channel: ChannelAccess, while doing: Subject,
        until deadline: ContinuousClock.Instant? = nil
    ) throws -> ShopAnswer {
        let place = place(of: channel)
        let result = try engine().ask(query.placed(in: place), of: place, until: deadline, pausing: pause)
        return try read(
            result ?? .failure(.unreachable("no answer in time", mayHaveArrived: true)), from: channel, while: doing)
    }

    package func ask<Value>(
        _ question: Question<Value>, at channel: ChannelAccess, while doing: Subject,
        until deadline: ContinuousClock.Instant? = nil
    ) throws -> Value {
        try question.value(
            in: try ask(question.query, at: channel, while: doing, until: deadline), while: doing)
    }

    // MARK: Reading

    /// The answer in a result; what was kept of an earlier one is said to be old.
    package func read(
        _ result: Result<ShopAnswer, ShopFailure>, from channel: ChannelAccess, while doing: Subject
    ) throws -> ShopAnswer {
        switch result {
        case .success(.kept(let answer, let at, let failure)):
            let age = Phrase.age(now - at)
            Output.complain("\(CommandFailure(failure, while: doing).description); what follows is of \(age)")
            return answer
        case .success(let answer): return answer
        case .failure(let failure):
            log.info("\(doing): \(failure)")
            throw self.failure(failure, at: channel, while: doing)
        }
    }

    /// A shop's failure in words, with the command that tells it an address where it wants one.
    package func failure(_ failure: ShopFailure, at channel: ChannelAccess, while doing: Subject) -> CommandFailure {
        let isAboutAddress = CommandFailure(failure, while: doing).aboutAddress != nil
        return CommandFailure(
            failure, while: doing,
            remedy: isAboutAddress ? " ‘\(words(for: .address, at: channel))’ tells it." : "")
    }

    /// Runs an operation of the local store.
    package func run<Value>(_ operation: StoreOperation<Value>) throws -> Value {
        do { return try store.run(operation) } catch { throw CommandFailure(.network, "\(error)") }
    }
}

extension Question {
    /// The value in an answer.
    /// - Throws: `CommandFailure` for an answer of another kind.
    package func value(in answer: ShopAnswer, while doing: Subject) throws -> Value {
        guard let value = read(answer) else {
            throw CommandFailure(.notUnderstood("the server's reply is about something else"), while: doing)
        }
        return value
    }
}
