import HTTPTransport
import LiveAPI
import Text

/// Obstacles that keep programs away from a shop or stream that is there.
package enum Hindrance {
    /// - Parameter address: what was asked for.
    /// - Returns: what it is, in a clause; nil where the reply says nothing of the kind, an ordinary page for instance.
    package static func found(in response: HTTPResponse, to address: String = "") -> SafeText? {
        let reply = WooReply(response)
        // A WordPress that knows its shop's interface is asked for it alone.
        if response.status == 404, address.contains(WooCommerceProvider.api), reply.error?.code == WooError.noRoute {
            return reply.closedWords
        }
        switch reply.body.obstacle {
        case .notice?, .firewall?, .password?, .signInPage?: return reply.body.obstacle?.words
        case .webPage?: return nil
        case nil: return reply.isClosed ? reply.closedWords : WooIndex.closedWords(in: reply)
        }
    }
}
