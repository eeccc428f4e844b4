import Hummingbird
import LiveAPI
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Keeps one connection to the limits: a request is here in time or cut off, its answer is taken in time, and what is
/// no request is answered with a problem like any other.
///
/// A connection that lies idle is Hummingbird's to close. Here it is found out how far a request has come; a refusal
/// takes the way of Hummingbird's own for what cannot be parsed, and is put in the place of that answer.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Phase {
        case resting
        case readingHead
        case readingBody
        case answering
        /// Nothing that comes is listened to any more; soon it is closed.
        case leaving
    }

    /// What a client has left to read its answer, before the connection is closed under it.
    private static let partingTime = Duration.seconds(2)

    private let limits: Limits
    private let visitors: Visitors
    private var client: ClientAddress?
    private var phase = Phase.resting
    private var alarm = ConnectionAlarm()
    /// Requests whose answers have not gone out.
    private var inFlight = 0
    private var hasBegunAnswer = false
    /// Whether the answer that is going out is the last.
    private var isLast = false
    /// What is answered in place of whatever comes.
    private var verdict: Problem?

    init(_ limits: Limits, _ visitors: Visitors) {
        self.limits = limits
        self.visitors = visitors
    }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        // It cannot be told from the parts of a request when its first byte came.
        try? context.pipeline.syncOperations.addHandler(ArrivalHandler(), position: .first)
        if let decoder = try? context.pipeline.syncOperations.handler(
            type: ByteToMessageHandler<HTTPRequestDecoder>.self)
        {
            try? context.pipeline.syncOperations.addHandler(OldRequestHandler(), position: .after(decoder))
        }
        if context.channel.isActive { enter(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        enter(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    private func enter(_ context: ChannelHandlerContext) {
        guard client == nil, let address = ClientAddress(context.channel.remoteAddress) else { return }
        client = address
        if !visitors.enter(address) { refuse(.tooManyConnections, context) }
    }

    private func leave() {
        alarm.cancel()
        if let client { visitors.leave(client) }
        client = nil
    }

    // MARK: Requests

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ArrivalHandler.Bytes {
            if phase == .resting { enter(.readingHead, context) }
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .leaving else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            inFlight += 1
            if head.headerFields[.connection]?.lowercased() == "close" { isLast = true }
            enter(.readingBody, context)
        case .body: break
        case .end: enter(inFlight > 0 ? .answering : .resting, context)
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard phase != .leaving, inFlight == 0, !(error is IOError), !(error is ChannelError) else {
            return context.fireErrorCaught(error)
        }
        switch error as? HTTPParserError {
        case .headerOverflow: refuse(.headersTooLarge, context)
        default: refuse(.invalid("this is not an HTTP request"), context)
        }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            hasBegunAnswer = true
            // What is still to come of the request is not waited for.
            if phase == .readingBody, inFlight == 1 { isLast = true }
            if let verdict { return write(verdict, context, promise) }
            if head.headerFields[.date] == nil { head.headerFields[.date] = Self.date }
            if isLast { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            if verdict != nil { promise?.succeed() } else { context.write(data, promise: promise) }
        case .end:
            inFlight -= 1
            hasBegunAnswer = false
            context.write(data, promise: promise)
            if isLast {
                enter(.leaving, context)
            } else if inFlight > 0, phase == .answering {
                enter(.answering, context)
            } else if phase == .answering {
                enter(.resting, context)
            }
        }
    }

    private func write(_ problem: Problem, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let headers: HTTPFields = problem.status == 503 ? [.retryAfter: "5"] : [:]
        let answer = Answer.problem(problem, headers: headers)
        var fields = answer.fields
        fields[.connection] = "close"
        fields[.date] = Self.date
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: answer.status, headerFields: fields))), promise: promise)
        if let body = answer.body { context.write(wrapOutboundOut(.body(body)), promise: nil) }
    }

    /// What Hummingbird says itself of the time is in the answers of its own responder alone.
    private static var date: String { FieldDate.text(WorldClock.system.now()) }

    // MARK: Time

    private func enter(_ phase: Phase, _ context: ChannelHandlerContext) {
        self.phase = phase
        let time: Duration? =
            switch phase {
            case .resting: nil
            case .readingHead: limits.headTime
            case .readingBody: limits.bodyTime
            case .answering: limits.answerTime
            case .leaving: Self.partingTime
            }
        alarm.set(time, context, goesOff: alarmWentOff)
    }

    private func alarmWentOff(_ context: ChannelHandlerContext) {
        guard alarm.isDue(context, goesOff: alarmWentOff) else { return }
        switch phase {
        case .readingHead where inFlight == 0: refuse(.requestTimeout, context)
        case .readingBody where inFlight == 1 && !hasBegunAnswer: refuse(.requestTimeout, context)
        default: context.close(promise: nil)
        }
    }

    /// Ends the connection with this answer. What waits for the rest of a request is told that it does not come, so that
    /// nothing is done of what is refused here.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        verdict = problem
        isLast = true
        enter(.leaving, context)
        context.fireErrorCaught(HTTPParserError.unknown)
    }
}

/// Says that bytes came, before they are read as a request.
private final class ArrivalHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    struct Bytes {}

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireUserInboundEventTriggered(Bytes())
        context.fireChannelRead(data)
    }
}

/// HTTP/1.0 knew no Host: a request of it is given an empty one, so that only those lack it that need it.
private final class OldRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0,
            !head.headers.contains(name: "Host")
        else { return context.fireChannelRead(data) }
        head.headers.add(name: "Host", value: "")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
