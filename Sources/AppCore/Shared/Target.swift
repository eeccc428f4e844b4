import Domain

/// Something on the screen that can be pointed at.
package enum Target: Hashable, Sendable {
    case tab(Tab)
    case show(ShowID)
    case host(HostID)
    case order(String)
    case product(ProductID)
    /// A moment of the show, by its time.
    case moment(Timestamp)
    /// A footer's key.
    case intent(UserIntent)
    /// A place with rows, outside any of them.
    case list, chat, lineUp
}
