import Domain
import GRDB
import LiveAPI
import ShopTesting
import Testing

@testable import ShowServer

/// Hashes in databases of former versions, which had a SHA-256 of their own.
@Suite struct KeptHashTests {
    /// The tokens, and their hashes as they stand in a database.
    private static let guest = (
        token: "vt_0kept1by2the3old4code5", hash: "65bd3b9493d1f5ee6698c513df886cae791a8299caaead0e68bbdc5c0192b5ea"
    )

    @Test func aTokenFromBeforeIsFound() async throws {
        try await Shop.open { shop in
            try await shop.server.floor.write {
                try $0.db.execute(
                    sql: "INSERT INTO accounts (id, name, token_hash, created_at) VALUES ('a-1', 'guest-1', ?, ?)",
                    arguments: [Self.guest.hash, $0.now.milliseconds])
            }
            let me: AccountFacts = try await shop.get(.me, token: Self.guest.token)
            #expect(me.account == "a-1")
            #expect(try await shop.send(.get, Route.me.path, token: Self.guest.token + "x").status == 401)
        }
    }

    /// The examples of FIPS 180-4, and lengths at which the padding changes its shape.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        (guest.token, guest.hash),
    ])
    func hashesAreAsBefore(_ text: String, _ hash: String) {
        #expect(Digest.hex(text.utf8) == hash)
        #expect(Digest.hex(Array(text.utf8), bytes: 5) == String(hash.prefix(10)))
        // Not in one piece.
        #expect(Digest.hex(text.utf8.lazy.map { $0 }) == hash)
    }

    /// An open payment page keeps its address.
    @Test func namesMadeOfSecretsAreAsBefore() {
        #expect(RandomName.text(from: "checkout o-1 secret") == "jqpswpvsg9dv5k69w00ejcc6t4k7nyj31epbczqs0e5fd8mg1qh")
    }
}
