import Domain
import Text

/// A thing that a feature wants done after an event, in the order of its list: work for the world outside, or a word to the
/// rest of the program.
package enum Outcome: Sendable {
    case effect(Effect)
    case message(FeatureMessage)

    package static func ask(_ query: ShopQuery, of channel: Channel = .first) -> Outcome {
        .effect(.ask(query, of: channel))
    }
    package static func store(_ command: StoreCommand) -> Outcome { .effect(.store(command)) }
    package static func tell(_ text: SafeText, _ tone: Notice.Tone = .information) -> Outcome {
        .message(.tell(text, tone))
    }
}

/// A word of a feature to the rest of the program, so that no feature has to know another one. App hands it on.
package enum FeatureMessage: Sendable {
    /// Say it in the row for news.
    case tell(SafeText, Notice.Tone)
    case notice(Notice)
    /// Put a page over what is there, in the place of an open one of its kind.
    case open(any PageFeature)
    case openShow(ShowID)
    case openProduct(Product)
    case openHost(Host)
    /// Open the pane that buys what is in focus.
    case buyInFocus
    /// Ask what deals run, before anybody wants to buy.
    case askForDeals
    /// Remember the prices of what a shop has just told.
    case seen([Product])
    /// Ask for a channel's schedule at a time, where that is sooner than planned.
    case hurrySchedule(Channel, to: Timestamp)
    /// A channel's schedule has come: those who have to do with its shows look at it.
    case scheduleCame(Channel)
    /// Somebody has signed in at a channel, or out.
    case signedIn(SignedInAccount, Channel)
    case signedOut(Channel)
}
