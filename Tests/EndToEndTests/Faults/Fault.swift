import ProgramTesting

/// What may happen on the line to a server.
enum Fault: Sendable {
    /// A place in a message.
    enum Place: Sendable, CustomStringConvertible {
        case byte(Int)
        case statusLine, head, half, lastByte
        /// Of the reply in chunks: all but the empty one that ends it.
        case lastChunk

        func offset(in message: RawMessage) -> Int {
            switch self {
            case .byte(let count): min(count, message.bytes.count)
            case .statusLine: min(9, message.head.count)
            case .head: message.head.count
            case .half: message.head.count + message.body.count / 2
            case .lastByte: message.bytes.count - 1
            case .lastChunk: message.bytes.count - 5
            }
        }

        var description: String {
            switch self {
            case .byte(let count): "after byte \(count)"
            case .statusLine: "in the status line"
            case .head: "after the head"
            case .half: "in the body"
            case .lastByte: "before the last byte"
            case .lastChunk: "before the last chunk"
            }
        }
    }

    enum Ending: String, Sendable, CaseIterable { case fin = "FIN", rst = "RST" }

    /// So much of the request arrives, then the line ends on both sides.
    case cutRequest(Place, Ending)
    /// So much of the reply arrives; the server has had the whole request.
    case cutReply(Place, Ending)
    /// The request arrives; of the reply nothing, and the line stays open.
    case silence
    case late(Duration)
    /// A byte of the reply at a time, so far apart.
    case drip(Duration)
    /// The request arrives twice at the same time; the first reply is passed on.
    case twice
    /// A byte of the request, or of the reply, becomes another one.
    case corruptRequest(Place), corruptReply(Place)
    /// A gateway's own answer in place of the server's, which has done what it was asked.
    case badGateway
    /// Nobody listens from the last question before an order on.
    case refuse
    /// This in place of an answer; the server is not asked.
    case answer(RawMessage)
    /// Something happens while the whole request is held back.
    case meanwhile(String, @Sendable () -> Void)
    /// Something happens while the whole reply is held back.
    case beforeReply(String, @Sendable () -> Void)

    var name: String {
        switch self {
        case .cutRequest(let place, let ending): "request cut \(place), \(ending.rawValue)"
        case .cutReply(let place, let ending): "reply cut \(place), \(ending.rawValue)"
        case .silence: "no reply"
        case .late(let time): "reply late by \(time)"
        case .drip(let time): "a byte every \(time)"
        case .twice: "request doubled"
        case .corruptRequest(let place): "request changed \(place)"
        case .corruptReply(let place): "reply changed \(place)"
        case .badGateway: "502 after the commit"
        case .refuse: "connection refused"
        case .answer(let message): "answer \(message.firstLine.dropFirst("HTTP/1.1 ".count))"
        case .meanwhile(let name, _), .beforeReply(let name, _): name
        }
    }
}
