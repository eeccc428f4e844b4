import NIOCore
import NIOHTTP1

/// Says that bytes came, and how many, before they are read as a request.
final class ArrivalHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    struct Bytes { let count: Int }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireUserInboundEventTriggered(Bytes(count: unwrapInboundIn(data).readableBytes))
        context.fireChannelRead(data)
    }
}

/// Makes requests of HTTP/1.0 like those of HTTP/1.1, which alone is spoken behind it.
///
/// Such a request needs no Host, cannot be told to go on, and ends its connection unless it says otherwise; then it has
/// to hear that the connection goes on.
final class VersionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// For each request that waits for its answer: whether it has to hear that the connection goes on.
    private var asked: [Bool] = []
    private var isBroken = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBroken else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let isOld = head.version.major < 1 || head.version.major == 1 && head.version.minor == 0
        let goesOn = head.isKeepAlive
        if isOld {
            // HTTP/1.0 has no chunks: who reads the next request where is anybody's guess (RFC 9112 §6.1).
            guard !head.headers.contains(name: "Transfer-Encoding") else {
                isBroken = true
                return context.fireErrorCaught(HTTPParserError.unknown)
            }
            if !head.headers.contains(name: "Host") { head.headers.add(name: "Host", value: "") }
            head.headers.remove(name: "Expect")
        }
        // One word for it, of the many ways of writing it in a list.
        if goesOn { head.headers.remove(name: "Connection") }
        if !goesOn { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        asked.append(isOld && goesOn)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), !head.isInformational, !asked.isEmpty else {
            return context.write(data, promise: promise)
        }
        if asked.removeFirst(), !head.headers.contains(name: "Connection") {
            head.headers.add(name: "Connection", value: "keep-alive")
        }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}

extension HTTPResponseHead {
    fileprivate var isInformational: Bool { (100..<200).contains(status.code) }
}
