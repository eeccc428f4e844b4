import Domain
import Providers
import Synchronization
import Testing
import Text
import WooStandIn

@testable import ShopAccess

/// What a shop is told of who buys, where another copy of the program may have been told it meanwhile.
@Suite struct ContactReadTests {
    /// What lies on the disk, and how often it was looked at.
    private final class Disk: Sendable {
        let kept = Mutex<(credential: Credential?, readings: Int)>((nil, 0))

        func put(_ details: ContactDetails) {
            kept.withLock { $0.credential = Credential(Self.guest(details), .guest) }
        }

        func read() -> Credential? {
            kept.withLock {
                $0.readings += 1
                return $0.credential
            }
        }

        var readings: Int { kept.withLock { $0.readings } }

        static func guest(_ details: ContactDetails) -> Account {
            Account(id: "guest", name: "Guest", token: details.token)
        }
    }

    private func contact(_ town: String) -> ContactDetails {
        var details = ContactDetails()
        let lines: [ContactDetails.Field: String] = [
            .firstName: "Ana", .lastName: "Lopez", .line1: "1 Main Street", .city: town, .state: "CA",
            .postcode: "94607", .country: "us", .email: "ana@example.org",
        ]
        for (field, line) in lines { _ = details.set(field, line) }
        return details
    }

    private let disk = Disk()

    /// - Parameter isElsewhere: the desktop's keyring holds it, which may ask for a passphrase.
    private func client(_ known: ContactDetails, isElsewhere: Bool = false) throws -> ShopClient {
        var find: (@Sendable () throws -> AccountKeeping.Found?)?
        if isElsewhere { find = { [disk] in disk.read().map { .kept($0) } } }
        return ShopClient(
            provider: try WooCommerceProvider(origin: "https://shop.example"), http: StandInShop().client,
            credential: Credential(Disk.guest(known), .guest),
            keeping: AccountKeeping(
                find: find,
                current: { [disk] in disk.read() }, exchange: { $1 }),
            memory: .passing(), now: { Timestamp(seconds: 1_800_000_000) })
    }

    private func town(_ client: ShopClient) -> SafeText? {
        guard case .success(.quote(let quote)) = client.wait(for: .quote("31", quantity: 1, show: nil)) else {
            return nil
        }
        return quote.address?.label
    }

    @Test func anAddressThatIsGivenElsewhereIsTheNextQuotes() throws {
        let client = try client(ContactDetails())
        #expect(town(client) == nil)
        disk.put(contact("Oakland"))
        #expect(town(client) == "1 Main Street, 94607 Oakland CA")
        disk.put(contact("Fresno"))
        #expect(town(client) == "1 Main Street, 94607 Fresno CA")
    }

    @Test func theFormBeginsWithIt() async throws {
        let client = try client(ContactDetails())
        disk.put(contact("Oakland"))
        let read = await withCheckedContinuation { done in client.readContact { done.resume(returning: $0) } }
        #expect(read?[.city] == "Oakland")
    }

    @Test func aKeyringIsNotAskedAgainWhileWhatItSaidIsEnough() throws {
        let complete = try client(contact("Oakland"), isElsewhere: true)
        disk.put(contact("Fresno"))
        #expect(town(complete) == "1 Main Street, 94607 Oakland CA" && disk.readings == 0)
        let empty = try client(ContactDetails(), isElsewhere: true)
        #expect(town(empty) == "1 Main Street, 94607 Fresno CA" && disk.readings == 1)
    }
}
