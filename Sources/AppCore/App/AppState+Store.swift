import Domain
import Text

extension AppState {
    mutating func tellStoreProblem(_ reason: SafeText) -> [Effect] {
        storeProblem = reason
        tell("Could not be kept on disk: " + reason, .problem)
        return []
    }

    /// Undoes what is kept here and nowhere else, where the disk has not taken it: the next start would not know of it.
    mutating func takeBack(_ command: StoreCommand) {
        switch command {
        case .wish(let wish, true): wishes.wishes.removeAll { $0.product == wish.product }
        case .wish(let wish, false): if !wishes.contains(wish.product) { wishes.wishes.insert(wish, at: 0) }
        case .reminder(let reminder, true): reminders.removeAll { $0.show == reminder.show }
        case .reminder(let reminder, false): if !isReminded(of: reminder.show) { reminders.append(reminder) }
        default: break
        }
        if let selected = wishes.selected, !wishes.contains(selected) { wishes.selected = wishes.wishes.first?.product }
    }
}
