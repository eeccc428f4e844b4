import Domain
import Text

/// Something that happened: a key's meaning, an answer, the passing of time.
package enum Action: Sendable {
    /// The program has begun, with what the local store knew of each channel.
    case started(StoredState, others: [StoredState] = [])
    /// Loads what the local store knew of each channel, for a front end that asks for what it wants and for nothing else.
    case loaded([StoredState], budget: Budget, mutes: [SafeText])
    case user(UserIntent)
    /// A question that a line or a command puts; what its answer changes is changed as for any other.
    case asked(ShopQuery, of: Channel)
    case request(Request)
    case feed(FeedAction)
    /// A character or pasted text for the open prompt, as it came: a combining mark belongs to what stands before it.
    case typed(String)
    /// Of a channel, whose all names in it are.
    case answered(ShopQuery, of: Channel = .first, Result<ShopAnswer, ShopFailure>)
    /// A server's clock as a reply told it, cut to the second.
    case serverTime(Timestamp, of: Channel = .first, by: ClockOwner = .shop)
    /// The account that private questions are asked in the name of.
    case accountKnown(id: String, name: SafeText, of: Channel = .first)
    /// The user's own account, which had to be looked for. `formerly`: the guests' that have become part of it.
    case accountFound(id: String, name: SafeText, formerly: [String], of: Channel = .first)
    /// Whether the shop no longer takes the account that somebody has signed in to.
    case signedOut(Bool, of: Channel = .first)
    /// An intent is on disk as it is here: only what is there as `sent` may go out.
    case intentRecorded(OrderIntent)
    /// An intent could not be written so; nothing was sent. `isBeyondBudget`: another program had spent what was left.
    case intentNotRecorded(OrderIntent, reason: SafeText, isBeyondBudget: Bool = false)
    case turn(OrderIntent, IntentTurn)
    /// It is on disk that the purchase with this key came to nothing; `problem` says why it is not.
    case refusalKept(key: String, problem: SafeText?)
    case storeFailed(reason: SafeText)
    /// Something that is kept here and nowhere else is not on the disk.
    case notKept(StoreCommand, reason: SafeText)
    /// Everything that was to be kept before this mark is on disk, or has been said not to be.
    case storeSettled(Int)
    /// The settings have been read: the themes there are, the one they name, whether less is to move, what they mute, and
    /// the first thing wrong with them.
    case settingsRead(
        themes: [String], theme: String, reduceMotion: Bool, mutes: [SafeText], budget: Budget = Budget(),
        problem: SafeText?)
    /// What the store has of what variants cost.
    case pricesRead([SKU: [PricePoint]])
    /// The terminal's window gained or lost the focus.
    case focusChanged(Bool)
    /// The terminal no longer takes what is drawn at once, or does again.
    case outputBackedUp(Bool)
    case timePassed
    case resized(columns: Int, rows: Int)
    /// The program was stopped or the machine slept: what is shown may be old.
    case resumed
    case clicked(Target)
    /// The wheel was turned over a place, by so many rows; down is positive.
    case scrolled(Target, by: Int)
    /// The total of the open pane has come to stand on the screen.
    case totalShown
    /// The products that the frame on the screen names, beside the keys that buy them; nil where it names none.
    case choiceShown(BuyChoice?)
    /// What of the chat is on the screen.
    case chatShown(ChatWindow)
    /// What the shop is told of who buys, as it is kept.
    case contactRead(ContactDetails)
    /// It is kept; `problem` says why it is not.
    case contactKept(problem: SafeText?)
    /// Reply to a step of a sign-in; one of an earlier attempt changes nothing.
    case signIn(SignInReply, attempt: Int, of: Channel = .first)
    /// The newest link on the screen went to the clipboard; nil where there was none.
    case linkCopied(SafeText?)
}
