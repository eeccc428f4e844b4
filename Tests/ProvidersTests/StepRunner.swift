import Domain
import HTTPTransport
import Providers

/// Carries steps out against a shop in this process.
func run(
    _ step: ShopStep, _ client: HTTPClient, memory: ShopMemory = .passing()
) async throws -> ShopAnswer {
    var step = step
    while true {
        switch step {
        case .answer(let answer): return answer
        case .send(let request, _, let next): step = try next(try await reply(to: request, from: client))
        case .recall(let name, let next): step = try next(try memory.recall(name))
        case .claim(let name, let next): step = try next(try memory.claim(name))
        case .recallAll(let prefix, let next): step = try next(try memory.recallAll(prefix))
        case .keep(let name, let value, let next):
            try memory.keep(name, value)
            step = try next(())
        case .attempt(let part, let next):
            let result: Result<ShopAnswer, ShopFailure>
            do { result = .success(try await run(part, client, memory: memory)) } catch let failure as ShopFailure {
                result = .failure(failure)
            }
            step = try next(result)
        }
    }
}

private func reply(to request: HTTPRequest, from client: HTTPClient) async throws -> HTTPResponse {
    do { return try await client.response(to: request) } catch let failure as HTTPFailure {
        throw ShopFailure(failure)
    }
}
