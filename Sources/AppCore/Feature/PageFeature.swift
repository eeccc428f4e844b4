import Domain
import Text

/// A page's name among the open ones.
package enum Page: Hashable, Sendable {
    case watch(ShowID)
    case host(HostID)
    case product(ProductID)
    case order(OrderID)
    /// A page that nothing else has to know by name.
    case named(String)
}

/// A page: a tab's, or one that is opened over it; Esc goes back to what is below.
///
/// The page decides what can be done on it now, what a key does, and what the footer says; keymap and drawing ask it.
package protocol PageFeature: Feature {
    /// nil for a tab's, which its tab names.
    var name: Page? { get }
    /// Context in which its keys have their meaning.
    static var keyContext: KeyContext { get }
    /// The channel of what it is about; nil where that is the first.
    var channel: Channel? { get }
    /// Place that a search on it looks through.
    var searchPlace: SearchPlace? { get }

    /// Things that the cursor or the page is about.
    func showInFocus(_ context: FeatureContext) -> Show?
    func hostInFocus(_ context: FeatureContext) -> Host?
    func productInFocus(_ context: FeatureContext) -> Product?
    /// Shows that it knows beside the schedule's.
    var shows: [Show] { get }

    /// Comes to the front, or is to show what is true now.
    mutating func appear(_ context: FeatureContext) -> [Outcome]
    mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome]
    mutating func click(_ target: Target, _ context: FeatureContext) -> [Outcome]
    /// Goes back within the page.
    /// - Returns: nil where the page itself is to be left.
    mutating func goBack(_ context: FeatureContext) -> [Outcome]?

    /// A key would do something now. An advertised key that does nothing is a lie.
    /// - Returns: nil for what is the same on every page.
    func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool?
    /// Words for a key where the intent table's do not say what it would do now.
    func hint(for intent: UserIntent, _ context: FeatureContext) -> SafeText?

    /// There is anything that a search could find.
    func hasWhatToSearch(_ context: FeatureContext) -> Bool
    /// Keeps the selection among the rows that are seen: Enter opens it.
    mutating func keepSelection(_ context: FeatureContext)
    /// Shows what is searched for now; the words are in the context.
    mutating func searchChanged(_ context: FeatureContext)

    /// Time at which all that it shows was so, where the shop could not be asked.
    var staleSince: Timestamp? { get }
    /// Something on it could not be had while a channel's server was away, and has not come since.
    /// - Returns: nil where that is the schedule's to say.
    func isBehind(_ channel: Channel) -> Bool?
}

extension PageFeature {
    package var name: Page? { nil }
    package static var keyContext: KeyContext { .list }
    package var channel: Channel? { nil }
    package var searchPlace: SearchPlace? { nil }
    package func showInFocus(_ context: FeatureContext) -> Show? { nil }
    package func hostInFocus(_ context: FeatureContext) -> Host? { nil }
    package func productInFocus(_ context: FeatureContext) -> Product? { nil }
    package var shows: [Show] { [] }
    package mutating func appear(_ context: FeatureContext) -> [Outcome] { [] }
    package mutating func act(on intent: UserIntent, _ context: FeatureContext) -> [Outcome] { [] }
    package mutating func click(_ target: Target, _ context: FeatureContext) -> [Outcome] { [] }
    package mutating func goBack(_ context: FeatureContext) -> [Outcome]? { nil }
    package func offers(_ intent: UserIntent, _ context: FeatureContext) -> Bool? { nil }
    package func hint(for intent: UserIntent, _ context: FeatureContext) -> SafeText? { nil }
    package func hasWhatToSearch(_ context: FeatureContext) -> Bool { false }
    package mutating func keepSelection(_ context: FeatureContext) {}
    package mutating func searchChanged(_ context: FeatureContext) { keepSelection(context) }
    package var staleSince: Timestamp? { nil }
    package func isBehind(_ channel: Channel) -> Bool? { nil }
}
