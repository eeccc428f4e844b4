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
        /// Nothing that comes is listened to any more; soon it is closed.
        case leaving
    }

    private let limits: Limits
    private let visitors: Visitors
    private var client: ClientAddress?
    private var phase = Phase.resting
    /// For what is to come.
    private var arrival = ConnectionAlarm()
    /// For what is to be taken.
    private var departure = ConnectionAlarm()
    private var isTakingTimed = false
    /// Requests whose answers have not been written.
    private var inFlight = 0
    /// Answers that have been written, but lie here as long as the client does not read.
    private var unsent = 0
    private var hasBegunAnswer = false
    /// Tells whether the client waits for a word before it sends its body.
    private var mustContinue = false
    /// Bytes that have come since a request's fields, and in how many parts its body was read from them.
    private var (bodyBytes, bodyParts) = (0, 0)
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
            try? context.pipeline.syncOperations.addHandler(VersionHandler(), position: .after(decoder))
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
        arrival.cancel()
        departure.cancel()
        if let client { visitors.leave(client) }
        client = nil
    }

    // MARK: Requests

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let arrived = event as? ArrivalHandler.Bytes else { return context.fireUserInboundEventTriggered(event) }
        switch phase {
        case .resting: enter(.readingHead, context)
        case .readingBody: bodyBytes += arrived.count
        case .readingHead, .leaving: break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .leaving else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            inFlight += 1
            (bodyBytes, bodyParts) = (0, 0)
            if head.headerFields[.connection] == "close" { isLast = true }
            mustContinue = waitsForWord(head)
            enter(.readingBody, context)
            goOnReading(context)
        case .body:
            bodyParts += 1
            mustContinue = false
        case .end:
            mustContinue = false
            enter(.resting, context)
        }
        timeTaking(context)
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // What frames a chunk is free; what a client writes beside its size is not.
        if phase == .readingBody, bodyBytes - bodyParts * Self.chunkFrame > limits.bodyBytes { cutOff(context) }
        context.fireChannelReadComplete()
    }

    /// The longest size of a chunk in use, and the ends of its lines.
    private static let chunkFrame = 16

    private func cutOff(_ context: ChannelHandlerContext) {
        if inFlight == 1, !hasBegunAnswer {
            refuse(.bodyTooLarge(limits.bodyBytes), context)
        } else if inFlight > 1 {
            context.close(promise: nil)
        }
    }

    /// Tells whether a client sends its body only when it is told to (RFC 9110 §10.1.1), and there is a reason to tell it so.
    private func waitsForWord(_ head: HTTPRequest) -> Bool {
        guard head.headerFields[.expect]?.lowercased() == "100-continue", head.method != .get, head.method != .head
        else { return false }
        return head.headerFields[.contentLength].flatMap { Int($0) } ?? 0 <= limits.bodyBytes
    }

    /// Tells a client to send its body, once the answers before are written.
    private func goOnReading(_ context: ChannelHandlerContext) {
        guard mustContinue, inFlight == 1, !hasBegunAnswer, verdict == nil else { return }
        mustContinue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
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
            if head.headerFields[.connection] == "close" { isLast = true }
            if head.headerFields[.date] == nil { head.headerFields[.date] = Self.date }
            if isLast, inFlight <= 1 { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            if verdict != nil { promise?.succeed() } else { context.write(data, promise: promise) }
        case .end:
            inFlight -= 1
            unsent += 1
            hasBegunAnswer = false
            let sent = promise ?? context.eventLoop.makePromise()
            sent.futureResult.assumeIsolated().whenComplete { [self] _ in hasGoneOut(context) }
            context.write(data, promise: sent)
            if isLast, inFlight <= 0 {
                enter(.leaving, context)
            } else {
                goOnReading(context)
            }
        }
    }

    private func hasGoneOut(_ context: ChannelHandlerContext) {
        unsent -= 1
        // Each answer has its own time.
        isTakingTimed = false
        if context.channel.isActive { timeTaking(context) }
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
            case .leaving: limits.partingTime
            }
        arrival.set(time, context, goesOff: arrivalIsDue)
    }

    private func arrivalIsDue(_ context: ChannelHandlerContext) {
        guard arrival.isDue(context, goesOff: arrivalIsDue) else { return }
        switch phase {
        case .readingHead where inFlight == 0: refuse(.requestTimeout, context)
        case .readingBody where inFlight == 1 && !hasBegunAnswer: refuse(.requestTimeout, context)
        case .resting, .readingHead, .readingBody, .leaving: context.close(promise: nil)
        }
    }

    /// Gives the client its time to take an answer, from when its request is whole until the system has taken all of it.
    /// More requests do not give it more time.
    private func timeTaking(_ context: ChannelHandlerContext) {
        let isOwed = unsent > 0 || hasBegunAnswer || inFlight > (phase == .readingBody ? 1 : 0)
        guard isOwed != isTakingTimed else { return }
        isTakingTimed = isOwed
        departure.set(isOwed ? limits.answerTime : nil, context, goesOff: departureIsDue)
    }

    private func departureIsDue(_ context: ChannelHandlerContext) {
        if departure.isDue(context, goesOff: departureIsDue) { context.close(promise: nil) }
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
