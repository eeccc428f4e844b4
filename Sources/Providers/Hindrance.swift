import HTTPTransport
import LiveAPI
import Text

/// What keeps programs away from a shop or stream that is there.
package enum Hindrance {
    /// - Returns: what it is, in a clause; nil where the reply says nothing of the kind, an ordinary page for instance.
    package static func found(in response: HTTPResponse) -> SafeText? {
        let reply = WooReply(response)
        switch reply.body.obstacle {
        case .notice?, .firewall?, .password?, .signInPage?: return reply.body.obstacle?.words
        case .webPage?: return nil
        case nil: return reply.isClosed ? reply.closedWords : WooIndex.closedWords(in: reply)
        }
    }
}
