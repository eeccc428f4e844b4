import Domain
import Text

/// Everything that the program knows, and all that drawing may look at.
package struct AppState: Sendable {
    package var now: Timestamp
    /// Time on the clock on the wall when something last happened: the day of a budget goes by it.
    package var wall: Timestamp
    /// Random bits of the action that is being handled.
    var entropy = Entropy(high: 0, low: 0)
    package var columns: Int
    package var rows: Int

    package var tab: Tab = .schedule
    /// The pages that were opened over the tab, the newest last.
    package var pages: [any PageFeature] = []
    package var isHelpOpen = false
    /// Which page of the help is shown, from 0; drawing stops at the last there is.
    package var helpPage = 0
    package var prompt: Prompt?
    package var notice: Notice?
    package var isQuitting = false

    /// Asks for schedules, accounts and payments without being told to, as a screen does; false for lines and commands, which ask
    /// for what they want and for nothing else.
    package var asksByItself = true

    /// How many channels there are: at least one.
    package let channelCount: Int
    package var shops: PerChannel<ShopState>
    /// When somebody last asked for what is in sight to be asked for at once.
    var refreshedAt: Timestamp?

    /// The names of the themes that can be chosen, and of the one that is.
    package var themes: [String] = []
    package var theme = ""
    /// The shopper wants nothing to move that need not.
    package var reduceMotion = false
    /// The terminal's window has the focus, as far as it tells.
    package var isFocused = true
    /// The terminal takes what is drawn more slowly than it is drawn.
    package var isOutputBackedUp = false
    /// What was written before on each kind of line, oldest first; of this session.
    package var histories: [Prompt.Purpose: [SafeText]] = [:]
    package var search = Search()
    package var mutes = MuteList()
    /// As the settings have it; nothing in the program changes it.
    package var budget = Budget()
    /// When the shop takes the next chat message; nil where it has not asked for a pause.
    package var chatOpensAt: Timestamp?

    package var schedule = ScheduleState()
    package var follows = FollowState()
    package var orders = OrdersState()
    package var watch: WatchState?
    package var wishes = WishState()
    package var reminding = ReminderState()
    package var seenPrices = SeenPrices()
    package var buy: BuyState?
    package var deals = RunningDeals()
    /// What has been filled in of the form for the shop; nil while it is closed.
    var contactForm: ContactDetails?
    /// Outcome of the newest wish to keep an address; nil while it is not known.
    package var keptContact: KeptContact?
    /// Failure of the local store to keep something, since a line or a command last asked for something.
    package var storeProblem: SafeText?
    /// Newest mark that the store has come to.
    package internal(set) var storeMark = 0
    package var signIns = SignIns()
    package var payment: PaymentState?
    package var payments = PaymentWatch()

    /// - Parameter channels: at least one.
    package init(now: Timestamp, channels: [ChannelSeat], columns: Int = 80, rows: Int = 24) {
        self.now = now
        wall = now
        channelCount = max(1, channels.count)
        shops = PerChannel(ShopState())
        for (index, seat) in channels.enumerated() {
            shops[Channel(index)].title = seat.title
            shops[Channel(index)].scope = seat.scope
            if seat.hasLiveSource { shops[Channel(index)].liveClock = ServerClock() }
        }
        self.columns = columns
        self.rows = rows
    }

    /// With one channel.
    package init(now: Timestamp, scope: String, columns: Int = 80, rows: Int = 24) {
        self.init(now: now, channels: [ChannelSeat(title: "", scope: scope)], columns: columns, rows: rows)
    }

    package func serverMinute(of channel: Channel) -> Timestamp { shops[channel].showMinute(at: now) }

    /// The clock of the shop in focus, as well as it is known.
    package var serverNow: Timestamp { clock.serverTime(at: now) }

    package var page: Page? { pages.last?.name }

    /// The theme to draw with: while one is named on the command line, that one, to be looked at before it is chosen.
    package var shownTheme: String {
        guard let prompt, prompt.purpose == .command else { return theme }
        let words = prompt.text.string.split(separator: " ")
        guard words.count == 2, CommandTable.command(named: String(words[0]))?.meaning == .theme,
            themes.contains(String(words[1]))
        else { return theme }
        return String(words[1])
    }
}

extension AppState {
    package mutating func tell(_ text: SafeText, _ tone: Notice.Tone = .information, _ key: KeyHint? = nil) {
        notice = Notice(text: text, tone: tone, until: now + .seconds(tone == .problem ? 8 : 5), key: key)
    }

    mutating func tell(_ text: SafeText, _ key: KeyHint) { tell(text, .information, key) }
}
