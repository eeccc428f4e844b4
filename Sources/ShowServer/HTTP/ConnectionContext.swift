import Hummingbird

/// What is known of a request besides what it says: where its connection comes from.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of whoever connected, a proxy where there is one; nil where there is no such thing.
    let peer: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}
