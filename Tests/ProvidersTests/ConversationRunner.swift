import DecoderOracle
import Domain
import HTTPTransport
import Providers

/// Holds a conversation with a shop in this process.
func ask(
    _ query: ShopQuery, of provider: any ShopProvider, _ client: HTTPClient, as account: Account? = nil,
    at now: Timestamp,
    memory: ShopMemory = .passing()
) async throws(ShopFailure) -> ShopAnswer {
    let io = ShopIO.scripted(memory, account: account, now: now) { (request) async throws(ShopFailure) in
        do throws(HTTPFailure) { return try await client.response(to: request) } catch { throw ShopFailure(error) }
    }
    return try await provider.answer(to: query, io)
}
