import Domain
import Text

extension Quote {
    /// Number of times that a total which ran out on its way is asked for again by itself.
    package static let retriesOfStale = 2

    /// The line for a shop whose totals have run out whenever they come.
    package static let wordsForStale: SafeText =
        "The shop's totals have run out when they come: its clock or this machine's is wrong."
}
