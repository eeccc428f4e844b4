import AppCore
import Domain
import Text

/// How the program ends; the numbers are part of the interface (`docs/command-line.md`).
package enum ExitStatus: Int32, Error {
    case done = 0
    /// The shop said no: sold out, dearer than the maximum, declined, unknown.
    case refused = 1
    case usage = 2
    /// The network, the server or the local disk did not do their part.
    case network = 3
}

/// A command's end with one clear line for standard error.
package struct CommandFailure: Error, CustomStringConvertible {
    package let status: ExitStatus
    package let description: String
    /// The shop's words where it needs to know who buys and where it is sent to, or does not take what it knows.
    package private(set) var aboutAddress: SafeText?
    /// Deliveries, of which one has to be chosen first.
    package private(set) var shipments: [Shipment] = []
    /// The same question would get the same no: only the shop's own page may sell it.
    package private(set) var needsShopPage = false
    /// The total of now that came with a refusal.
    package var newQuote: Quote?
    /// Obstacle that kept a purchase from beginning; nil where it began, or none was asked for.
    package var obstacle: PurchaseObstacle?

    /// The line begins with a name, which is told as it is.
    private(set) var beginsWithName = false

    package init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }

    /// - Parameter name: stands before the words, with a colon.
    package init(_ status: ExitStatus, of name: String, _ words: String) {
        self.init(status, "\(name): \(words)")
        beginsWithName = true
    }

    /// - Parameter remedy: what can be done about it, after a space.
    package init(_ failure: ShopFailure, while doing: Subject, remedy: String = "") {
        status =
            switch failure {
            case .refused, .notFound, .unauthorized: .refused
            case .notSent: .usage
            case .unreachable, .busy, .notUnderstood: .network
            }
        description = "\(doing): \(failure.explanation)" + remedy
        beginsWithName = doing.isName
        if case .refused(let refusal) = failure {
            if refusal.code == Refusal.addressNeeded { aboutAddress = refusal.message }
            shipments = refusal.shipments
        }
        needsShopPage = failure.remedy == .shopPage
    }

    /// A purchase that the shop refused.
    /// - Parameter refusal: tells whether the shop's own page may sell it all the same; nil where nothing was sent.
    package init(notBought title: SafeText, _ reason: SafeText, _ refusal: Refusal?) {
        self.init(.refused, "not bought: \(title): \(reason)")
        needsShopPage = refusal?.remedy == .shopPage
    }

    /// The same, with where it may be bought after all.
    package func adding(page: SafeText?) -> CommandFailure {
        guard let page else { return self }
        let sentence = description.hasSuffix(".") ? description : description + "."
        var failure = CommandFailure(status, "\(sentence) The shop's own page may sell it: \(page)")
        failure.newQuote = newQuote
        failure.beginsWithName = beginsWithName
        return failure
    }
}
