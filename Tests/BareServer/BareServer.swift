import Glibc
import Hummingbird
import Logging

/// Hummingbird with nothing of ours: what `make bench-server` compares the server with.
///
/// `GET /` answers with so many bytes, `GET /same` with 304, `POST /` reads a body and answers with so many bytes.
@main
enum BareServer {
    static func main() async throws {
        let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard sizes.count == 2, sizes.allSatisfy({ $0 >= 0 }) else {
            let usage = "usage: BareServer BYTES-OF-GET BYTES-OF-POST\n"
            _ = write(STDERR_FILENO, usage, usage.utf8.count)
            exit(2)
        }
        let (read, posted) = (body(of: sizes[0]), body(of: sizes[1]))
        let router = Router()
        router.get("/") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: read))
        }
        router.get("/same") { _, _ in Response(status: .notModified) }
        router.post("/") { request, _ in
            _ = try await request.body.collect(upTo: 16 << 10)
            return Response(
                status: .created, headers: [.contentType: "application/json"], body: .init(byteBuffer: posted))
        }
        var logger = Logger(label: "bare")
        logger.logLevel = .warning
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                let line = "listening on http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
                _ = write(STDOUT_FILENO, line, line.utf8.count)
            },
            logger: logger)
        try await application.runService()
    }

    private static func body(of size: Int) -> ByteBuffer { ByteBuffer(repeating: UInt8(ascii: "x"), count: size) }
}
