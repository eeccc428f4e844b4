import Domain

// Pages that extensions of AppState act for: these only name them.

package struct WatchPage: PageFeature {
    package let show: ShowID

    package static var keyContext: KeyContext { .watch }
    package var name: Page? { .watch(show) }
    package var channel: Channel? { show.channel }
}

extension OrderPageState: PageFeature {
    package static var keyContext: KeyContext { .order }
    package var name: Page? { .order(id) }
    package var channel: Channel? { id.channel }
}
