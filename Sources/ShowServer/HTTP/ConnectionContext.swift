import Hummingbird

/// What is known of a request besides what it says: where its connection comes from.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Whoever connected, a proxy where there is one; nil where there is no such thing.
    let peer: ClientAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = ClientAddress(source.channel.remoteAddress)
    }
}
