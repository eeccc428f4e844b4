import Domain

/// The Watch page among the open ones. Its state is a field of AppState, where a burst of messages changes it in place.
package struct WatchPage: PageFeature {
    package let show: ShowID

    package static var keyContext: KeyContext { .watch }
    package var name: Page? { .watch(show) }
    package var channel: Channel? { show.channel }
}
