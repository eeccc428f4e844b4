import Domain
import HTTPTransport

/// Where a shop's answers to what everybody may ask are kept, to be looked at when it cannot be asked. Calls may block.
package struct ReplyKeeping: Sendable {
    package var recall: @Sendable (_ url: String) -> (HTTPResponse, Timestamp)?
    package var keep: @Sendable (_ url: String, _ response: HTTPResponse, _ at: Timestamp) -> Void

    package init(
        recall: @escaping @Sendable (_ url: String) -> (HTTPResponse, Timestamp)?,
        keep: @escaping @Sendable (_ url: String, _ response: HTTPResponse, _ at: Timestamp) -> Void
    ) {
        self.recall = recall
        self.keep = keep
    }

    package static let none = ReplyKeeping(recall: { _ in nil }, keep: { _, _, _ in })
}
