import Diagnostics
import Domain
import Engine
import HTTPTransport
import Providers
import Settings
import ShopAccess
import Text

/// Asks all that a channel is made of what everybody may ask: each place what it is and what it has, and its schedule's file.
/// Nothing is bought, and nobody is made anybody's guest.
package struct ChannelCheckup {
    private typealias Section = DoctorReport.Section

    private let probe: ChannelProbe

    package init(on http: HTTPClient) { probe = ChannelProbe(on: http) }

    /// A place that has been asked everything, and has not answered yet.
    private struct Asked {
        let channel: ChannelConfig
        let place: ChannelConfig.Source
        let service: PendingAnswer
        let parts: [(query: ShopQuery, answer: PendingAnswer)]
        let schedule: CalendarSource?
    }

    /// All are asked at once, so that one that is slow holds up no other.
    package func sources(of channels: [ChannelConfig]) -> [DoctorReport.Section.Source] {
        let start = ContinuousClock.now
        let asked = channels.flatMap { channel in
            [channel.source, channel.live.flatMap { _ in channel.shop }].compactMap { $0 }.map { ask($0, of: channel) }
        }
        return asked.map { asked in
            switch asked {
            case .success(let asked): source(asked, since: start)
            case .failure(let source): source.source
            }
        }
    }

    /// A place that cannot be asked.
    private struct NotAsked: Error {
        let source: DoctorReport.Section.Source
    }

    private func ask(_ place: ChannelConfig.Source, of channel: ChannelConfig) -> Result<Asked, NotAsked> {
        let provider: any ShopProvider
        do throws(InvalidShopOrigin) { provider = try ShopKinds.provider(at: place) } catch {
            let source = Section.Source(
                channel: channel.name, kind: place.kind.title, address: place.url,
                answer: .failure(.init(reason: "\(error)")))
            return .failure(NotAsked(source: source))
        }
        let client = probe.client(provider)
        let capabilities = provider.capabilities
        let queries = capabilities.firstQuestions + capabilities.purchaseQuestions
        let service = client.start(.service)
        return .success(
            Asked(
                channel: channel, place: place, service: service, parts: queries.map { ($0, client.start($0)) },
                schedule: place.kind.isLive ? channel.schedule.map { CalendarSource(url: $0) } : nil))
    }

    private func source(_ asked: Asked, since start: ContinuousClock.Instant) -> DoctorReport.Section.Source {
        let answer: Result<Int, Section.Unanswered> =
            switch asked.service.wait(until: nil) {
            case .success: .success(Int((asked.service.answeredAt.map { $0 - start } ?? .zero).milliseconds))
            case .failure(let failure): .failure(Section.Unanswered(failure))
            }
        let parts = asked.parts.map { query, pending in
            let count = pending.wait(until: nil).mapError { Section.Unanswered($0) }.flatMap { answer in
                answer.count.map { .success($0) } ?? .failure(.init(reason: "the reply is about something else"))
            }
            return Section.Part(query.subject, count: count)
        }
        return Section.Source(
            channel: asked.channel.name, kind: asked.place.kind.title, address: asked.place.url, answer: answer,
            parts: parts + (asked.schedule.map { [schedule($0)] } ?? []))
    }

    private func schedule(_ calendar: CalendarSource) -> DoctorReport.Section.Part {
        let name = "the schedule at \(Redactor.address(calendar.url))"
        switch probe.http.wait(for: calendar.request) {
        case .failure(let failure):
            return Section.Part(name, count: .failure(.init(reason: "\(failure)", isUnreachable: true)))
        case .success(let response):
            do throws(ShopFailure) {
                let reading = try CalendarSource.reading(of: response, at: LoopClock().now)
                return Section.Part(
                    name, count: .success(reading.shows), complaints: reading.complaints.map(\.string))
            } catch { return Section.Part(name, count: .failure(.init(error))) }
        }
    }
}

extension DoctorReport.Section.Unanswered {
    fileprivate init(_ failure: ShopFailure) {
        let isUnreachable = if case .unreachable = failure { true } else { false }
        self.init(reason: failure.explanation.string, isUnreachable: isUnreachable)
    }
}

extension ShopAnswer {
    /// Number of things on the first page of a list.
    fileprivate var count: Int? {
        switch self {
        case .shows(let shows, _): shows.count
        case .products(let products, _): products.count
        case .paymentMethods(let methods): methods.count
        default: nil
        }
    }
}
