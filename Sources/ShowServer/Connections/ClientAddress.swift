import NIOCore

/// Who connected, as far as limits are concerned: an IPv4 address, or the network of an IPv6 address (its first 64
/// bits), since whoever has one such address has all of its network.
struct ClientAddress: Hashable, Sendable {
    private let network: UInt64
    private let host: UInt32

    /// - Returns: nil for what has no IP address.
    init?(_ address: SocketAddress?) {
        switch address {
        case .v4(let address): self.init(v4: UInt32(bigEndian: address.address.sin_addr.s_addr))
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            let (high, low) = (Self.number(bytes.prefix(8)), Self.number(bytes.suffix(8)))
            // ::ffff:a.b.c.d, an IPv4 client of a server that listens on both.
            if high == 0, low >> 32 == 0xFFFF {
                self.init(v4: UInt32(truncatingIfNeeded: low))
            } else {
                self.init(network: high, host: 0)
            }
        case .unixDomainSocket, nil: return nil
        }
    }

    /// The last address of an X-Forwarded-For: the others are what the client itself may have written.
    init?(forwardedFor field: String) {
        let last = field.split(separator: ",").last?.filter { $0 != " " && $0 != "\t" }
        guard let last, let address = try? SocketAddress(ipAddress: last, port: 0) else { return nil }
        self.init(address)
    }

    private init(v4: UInt32) { self.init(network: 0, host: v4) }

    private init(network: UInt64, host: UInt32) {
        self.network = network
        self.host = host
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
