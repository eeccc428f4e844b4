import Foundation
import Glibc
import ProgramTesting
import Synchronization

/// One fault, as it happens to one request.
struct FaultAtWork {
    let fault: Fault
    let client: Connection
    let shop: Wire
    /// Called before a whole reply is given.
    let isAnswered: () -> Void

    /// - Parameter strikes: called with what has gone through once the fault is there.
    /// - Returns: whether the connection can be used further.
    func happen(
        to request: RawMessage, _ strike: inout FaultProxy.Strike, strikes: (FaultProxy.Strike) -> Void
    ) -> Bool {
        switch fault {
        case .cutRequest(let place, let ending):
            strike.passedOn = Array(request.bytes.prefix(place.offset(in: request)))
            shop.connection.send(strike.passedOn)
            end(shop.connection, ending)
            strikes(strike)
            end(client, ending)
            return false
        case .answer(let message):
            strike.returned = message.bytes
            strikes(strike)
            client.send(message.bytes)
            client.shut()
            return false
        case .meanwhile(_, let action):
            strikes(strike)
            action()
            return pass(shop.answer(to: request))
        case .corruptRequest(let place):
            strike.passedOn = changed(request, at: place)
            shop.connection.send(strike.passedOn)
            strikes(strike)
            return pass(shop.reply())
        case .twice:
            strike.passedOn = request.bytes + request.bytes
            strikes(strike)
            return pass(askTwice(request))
        default:
            strike.passedOn = request.bytes
            guard let reply = shop.answer(to: request) else { return false }
            strike.reply = reply.bytes
            return disturb(reply, &strike, strikes)
        }
    }

    /// The server has answered; what the client gets of it.
    private func disturb(
        _ reply: RawMessage, _ strike: inout FaultProxy.Strike, _ strikes: (FaultProxy.Strike) -> Void
    ) -> Bool {
        switch fault {
        case .cutReply(let place, let ending):
            let isChunked = if case .lastChunk = place { true } else { false }
            let message = isChunked ? reply.chunked : reply
            strike.returned = Array(message.bytes.prefix(place.offset(in: message)))
            client.send(strike.returned)
            strikes(strike)
            // What was sent before an RST may be thrown away with it: it has to be read first.
            if ending == .rst { usleep(20_000) }
            end(client, ending)
        case .silence:
            strikes(strike)
            while !client.receive().isEmpty {}
        case .badGateway:
            let page = "<html><body><h1>502 Bad Gateway</h1></body></html>"
            strike.returned = RawMessage(status: "502 Bad Gateway", type: "text/html", body: page).bytes
            strikes(strike)
            client.send(strike.returned)
            client.shut()
        case .late(let time):
            strikes(strike)
            usleep(UInt32(time / .microseconds(1)))
            return pass(reply)
        case .drip(let time):
            strikes(strike)
            for byte in reply.bytes {
                guard client.send([byte]) else { return false }
                usleep(UInt32(time / .microseconds(1)))
            }
            return true
        case .corruptReply(let place):
            strike.returned = changed(reply, at: place)
            strikes(strike)
            return client.send(strike.returned)
        case .beforeReply(_, let action):
            strikes(strike)
            action()
            return pass(reply)
        default: return pass(reply)
        }
        return false
    }

    private func pass(_ reply: RawMessage?) -> Bool {
        isAnswered()
        return reply.map { client.send($0.bytes) } ?? false
    }

    private func changed(_ message: RawMessage, at place: Fault.Place) -> [UInt8] {
        var bytes = message.bytes
        let index = max(0, min(bytes.count - 1, place.offset(in: message)))
        bytes[index] = UInt8(ascii: "~")
        return bytes
    }

    /// On two connections, at the same time.
    private func askTwice(_ request: RawMessage) -> RawMessage? {
        guard let port = shop.port, let other = try? Wire(port) else { return nil }
        guard shop.connection.send(request.bytes), other.connection.send(request.bytes) else { return nil }
        let first = shop.reply()
        _ = other.reply()
        return first
    }

    private func end(_ connection: Connection, _ ending: Fault.Ending) {
        if ending == .rst { connection.dropAtClose() }
        if ending == .fin { connection.shut() }
    }
}
