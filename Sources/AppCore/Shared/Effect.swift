import Domain
import Text

/// Work for the world outside, as data: a test compares it.
package enum Effect: Hashable, Sendable {
    /// Of the channel that the question itself names, where it names anything; else of the one that is said.
    case ask(ShopQuery, of: Channel = .first)
    /// Write the intent down durably as it is, one that is new within the budget only; `intentRecorded` answers.
    case record(OrderIntent, within: Budget)
    /// Ask for the turn to go on with a purchase; `turn` answers.
    case takeTurn(OrderIntent)
    case store(StoreCommand)
    /// Look up what variants cost so far; `pricesRead` answers.
    case readPrices([SKU])
    /// The terminal's bell.
    case bell
    /// What was typed so far must not be taken for an answer to what is about to be shown.
    case flushInput
    /// Read the user's settings again; `settingsRead` answers.
    case readSettings
    /// Put the newest link that is on the screen into the clipboard; `linkCopied` answers.
    case copyLink
    /// Look up what the shop is told of who buys; `contactRead` answers.
    case readContact(of: Channel = .first)
    /// Keep it for this shop, and for no other; `contactKept` answers.
    case keepContact(ContactDetails, of: Channel = .first)
    /// Carry out a step of signing in or out; `signIn` answers, except to a stop.
    case signIn(SignInStep, attempt: Int, of: Channel = .first)
    case quit
}

/// Something for the local store to keep.
package enum StoreCommand: Hashable, Sendable {
    case schedule([Show], of: Channel = .first, fetchedAt: Timestamp)
    /// The shop has confirmed the schedule that is kept.
    case scheduleConfirmed(of: Channel = .first, at: Timestamp)
    case follows([Host], of: Channel = .first, fetchedAt: Timestamp)
    case follow(Host, Bool)
    case orders([Order], of: Channel = .first, fetchedAt: Timestamp)
    /// What became of an intent, so far.
    case resolve(key: String, OrderIntent.State)
    /// The shop has the order that an intent was for.
    case placed(key: String, Order)
    /// The shopper no longer wants an intent that the shop may not have.
    case withdraw(key: String)
    /// Take a purchase that came to nothing off the list.
    case forget(key: String)
    case prices([VariantFacts], at: Timestamp)
    /// Whether it is on the wish list.
    case wish(Wish, Bool)
    case reminder(Reminder, Bool)
}
