import Testing

@testable import HTTPTransport

@Suite struct HTTPOriginTests {
    @Test(
        arguments: [
            ("https://Shop.Example", "https://shop.example"), ("https://a:443/v1?x#y", "https://a"),
            ("HTTP://127.0.0.1:8080/", "http://127.0.0.1:8080"), ("http://a:80", "http://a"),
            ("https://a:80", "https://a:80"), ("https://[::1]:9", "https://[::1]:9"), ("https://a?x=1", "https://a"),
        ])
    func anOriginHasOneSpelling(url: String, origin: String) {
        #expect(HTTPOrigin(url)?.description == origin)
    }

    @Test(arguments: [
        "", "https", "https:", "https://", "https:///x", "ftp://a", "https://a:b", "https://a:0", "https://a:65536",
        "https://user@a", "https://a\\@b", "https://a b", "https://[::1", "https://[a]x", "https://ä", "//a",
        "https://a\r\n", "https://a:+1", "https://[]", "https://a:١",
    ])
    func whatIsNoneIsNone(url: String) {
        #expect(HTTPOrigin(url) == nil)
    }

    @Test func onlyThisMachineIsLoopback() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.255.0.9", "[::1]"] {
            #expect(HTTPOrigin.isLoopback(host: host))
        }
        for host in [
            "localhost.", "127.0.0.1.example", "127.1", "127.0.0.256", "127.0.0.+1", "128.0.0.1", "", "a", "[::2]",
            "127.0.0.0x1", "localhost.example", "127.0.0.1.",
        ] {
            #expect(!HTTPOrigin.isLoopback(host: host))
        }
    }
}

@Suite struct HTTPClientTests {
    @Test func cancellingTheTaskCancelsTheRequestEvenBeforeItIsSent() async {
        let (cancellations, cancelled) = AsyncStream.makeStream(of: Void.self)
        let client = HTTPClient { _, completion in
            HTTPCancellation {
                cancelled.yield()
                completion(.failure(.cancelled(sent: false)))
            }
        }
        let task = Task { () -> HTTPFailure? in
            withUnsafeCurrentTask { $0?.cancel() }
            do throws(HTTPFailure) {
                _ = try await client.response(to: HTTPRequest(.get, "https://a"))
                return nil
            } catch {
                return error
            }
        }
        #expect(await task.value == .cancelled(sent: false))
        for await _ in cancellations { break }
    }

    @Test func aFailureSaysWhetherItMayHaveBeenSent() {
        #expect(HTTPFailure.timedOut(sent: true).mayHaveBeenSent)
        #expect(!HTTPFailure.timedOut(sent: false).mayHaveBeenSent)
        #expect(HTTPFailure.protocolError.mayHaveBeenSent)
        #expect(!HTTPFailure.insecure.mayHaveBeenSent)
        #expect(HTTPFailure.tooLarge(limit: 9).description == "the answer is larger than 9 bytes")
    }
}
