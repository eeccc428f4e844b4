import AppCore
import Domain

/// How the program ends; the numbers are part of the interface (`docs/command-line.md`).
enum ExitStatus: Int32, Error {
    case done = 0
    /// The shop said no: sold out, dearer than the maximum, declined, unknown.
    case refused = 1
    case usage = 2
    /// The network, the server or the local disk did not do their part.
    case network = 3
}

/// A command's end with one clear line for standard error.
struct CommandFailure: Error, CustomStringConvertible {
    let status: ExitStatus
    let description: String

    init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }

    init(_ failure: ShopFailure, while doing: String) {
        status =
            switch failure {
            case .refused, .notFound, .unauthorized: .refused
            case .notSent: .usage
            case .unreachable, .busy, .notUnderstood: .network
            }
        description = "\(doing): \(failure.explanation)" + Self.remedy(failure)
    }

    private static func remedy(_ failure: ShopFailure) -> String {
        guard case .refused(let refusal) = failure, refusal.code == Refusal.addressNeeded else { return "" }
        return " ‘vitrine address --ask’ tells it."
    }
}
