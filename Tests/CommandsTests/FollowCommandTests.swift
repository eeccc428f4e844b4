import Commands
import Domain
import FaceTesting
import Lines
import Testing

/// `vitrine follow` and `vitrine unfollow` on the engine, against the server's own logic in this process.
@Suite struct FollowCommandTests {
    private static func host(of shop: InProcessShop) async throws -> (id: String, name: String) {
        let reply = await shop.server.answer("GET", "/v1/hosts", headers: [], body: [])
        let text = String(decoding: reply.body, as: UTF8.self)
        func value(_ name: String) throws -> String {
            let start = try #require(text.firstRange(of: "\"\(name)\":\"")).upperBound
            return String(text[start...].prefix { $0 != "\"" })
        }
        return (try value("id"), try value("name"))
    }

    @Test func callsTheHostByNameBothTimes() async throws {
        let shop = try InProcessShop()
        let host = try await Self.host(of: shop)
        let shopper = try TestShopper(shop)
        let printed = await shopper.use { session in
            try session.changeFollow(of: host.id, to: true, json: false)
            try session.changeFollow(of: host.id, to: false, json: false)
        }
        #expect(printed.output == ["Following \(host.name).", "No longer following \(host.name)."], "\(printed)")
    }
}
