import Domain
import HTTPTransport
import LiveAPI
import ShopTesting
import ShowServer
import Testing

/// The numbers of the demo world.
@Suite struct DemoWorldTests {
    private func has(_ text: String, _ ranges: ClosedRange<UInt32>...) -> Bool {
        text.unicodeScalars.contains { scalar in ranges.contains { $0.contains(scalar.value) } }
    }

    @Test func namesAreInManyScripts() async throws {
        try await Shop.open { shop in
            let hosts: Page<Host> = try await shop.get(.hosts)
            let names = hosts.items.map(\.name.string)
            #expect(names.count >= 10)
            #expect(Set(names).count == names.count)
            #expect(names.allSatisfy { $0.count <= 40 })
            #expect(names.contains { has($0, 0x41...0x5A) })
            #expect(names.contains { has($0, 0x4E00...0x9FFF) })
            #expect(names.contains { has($0, 0x600...0x6FF) })
            #expect(names.contains { has($0, 0x1F300...0x1FAFF, 0x2600...0x27BF) })
        }
    }

    @Test func thirtyShowsStandInTwoWeeks() async throws {
        try await Shop.open(.demo) { shop in
            let all: Page<Show> = try await shop.get(.shows)
            let announced = all.items.filter { $0.id.rawValue.hasPrefix("s-") }
            #expect(announced.count >= 30)
            let first = try #require(announced.map(\.startsAt).min())
            let last = try #require(announced.map(\.startsAt).max())
            #expect((13...15).contains((last - first).wholeSeconds / 86_400))
            #expect(Set(announced.map { $0.startsAt.milliseconds / 86_400_000 }).count == 15)
        }
    }
}
