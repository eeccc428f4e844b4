import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import ShowServer

/// Clients that ask and ask and never take an answer. Time is moved by hand.
@Suite(.timeLimit(.minutes(1))) struct StuckClientTests {
    /// Keeps all that is written, as the system does for who does not read.
    private final class FullBuffer: ChannelOutboundHandler, Sendable {
        typealias OutboundIn = ByteBuffer
        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {}
    }

    /// A connection of a server that answers every request at once.
    private static func connect(_ limits: Limits) async throws -> (NIOAsyncTestingChannel, Task<Void, Never>) {
        let channel = NIOAsyncTestingChannel()
        try await channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1))
        let logger = Logger(label: "stuck", factory: { _ in SwiftLogNoOpLogHandler() })
        let http = HTTP1Channel(
            responder: { _, writer, _ in
                let answer = Answer(bytes: Array(repeating: 0x78, count: 1000))
                try await writer.write(
                    response: HTTPResponse(status: answer.status, headerFields: answer.fields),
                    body: ResponseBody(byteBuffer: answer.body ?? ByteBuffer()))
            }, configuration: limits.connection)
        let value = try await channel.eventLoop.flatSubmit { http.setup(channel: channel, logger: logger) }.get()
        try await channel.testingEventLoop.executeInContext {
            try channel.pipeline.syncOperations.addHandler(FullBuffer(), position: .first)
        }
        return (channel, Task { await http.handle(value: value, logger: logger) })
    }

    private static let question = ByteBuffer(string: "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n")

    @Test func aHundredThatNeverReadAreEndedInTime() async throws {
        var limits = Limits()
        limits.answerTime = .seconds(60)
        var clients: [(channel: NIOAsyncTestingChannel, work: Task<Void, Never>)] = []
        for _ in 0..<100 { clients.append(try await Self.connect(limits)) }
        for client in clients { for _ in 0..<5 { try await client.channel.writeInbound(Self.question) } }
        // They go on asking, which gives them no more time.
        for second in 1..<60 {
            for client in clients {
                if second % 10 == 0 { try await client.channel.writeInbound(Self.question) }
                await client.channel.testingEventLoop.advanceTime(by: .seconds(1))
            }
        }
        #expect(clients.allSatisfy { $0.channel.isActive })
        for client in clients { await client.channel.testingEventLoop.advanceTime(by: .seconds(2)) }
        #expect(!clients.contains { $0.channel.isActive })
        for client in clients { client.work.cancel() }
    }
}
