import Domain
import Engine
import HTTPTransport
import Lines
import Providers
import Settings
import ShopAccess
import Text

/// What a page is asked before anything else: a schedule is one, and a shop's page says where the shop's programs answer.
extension ChannelProbe {
    enum Page {
        case calendar
        /// Where a shop of WooCommerce's is, or may be.
        case sites([WooSite])
    }

    private static let mostRedirects = 5

    func look(at address: String) throws -> Page {
        var place = String(address.prefix { $0 != "#" })
        do throws(InvalidShopOrigin) { _ = try ShopOrigin(ofPage: place) } catch {
            throw CommandFailure(.usage, "\(SafeText(address)): \(error)")
        }
        guard ChannelConfig.isFileAddress(place) else {
            throw CommandFailure(.usage, "\(SafeText(address)): \(InvalidShopOrigin.notAnAddress)")
        }
        for _ in 0...Self.mostRedirects {
            guard let response = try page(place) else { return .sites(WooSite.guesses(at: place)) }
            if let reading = try? CalendarSource.reading(of: response, at: LoopClock().now) {
                guard !reading.isUseless else {
                    let reasons = reading.complaints.map(\.string).joined(separator: "; ")
                    throw CommandFailure(
                        .refused, "\(SafeText(address)): a schedule of which nothing can be read: \(reasons)")
                }
                for line in reading.complaints { Output.complain("\(SafeText(address)): \(line)") }
                return .calendar
            }
            switch WooSite.telling(response, at: place) {
            case .moved(let next): place = next
            case .elsewhere(let other):
                // Who buys there is for the user to say.
                throw CommandFailure(
                    .refused, "\(SafeText(address)): it points to \(SafeText(other)); add that if it is what you mean")
            case .site(let site): return .sites([site])
            case .nothing:
                guard !Self.isNamedAsCalendar(place) else {
                    throw CommandFailure(.refused, "\(SafeText(address)): no schedule (.ics) that can be read")
                }
                return .sites(WooSite.guesses(at: place))
            }
        }
        throw CommandFailure(.refused, "\(SafeText(address)): it points from one page to another without an end")
    }

    private static func isNamedAsCalendar(_ address: String) -> Bool {
        address.prefix { $0 != "?" }.lowercased().hasSuffix(".ics")
    }

    /// - Returns: nil where there is somebody, whose page cannot be read.
    /// - Throws: where nobody answers.
    private func page(_ address: String) throws -> HTTPResponse? {
        let headers: HTTPHeaders = ["Accept": "text/html, text/calendar, */*;q=0.5"]
        switch http.wait(for: HTTPRequest(.get, address, headers: headers, followsRedirects: false)) {
        case .success(let response): return response
        case .failure(.tooLarge), .failure(.tooSlow), .failure(.protocolError): return nil
        case .failure(let failure): throw CommandFailure(.network, "\(SafeText(address)): \(failure)")
        }
    }
}
