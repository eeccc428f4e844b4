import Domain

/// The demo world's hosts and products under their ids, for those who make shows of them.
struct Cast: Sendable {
    struct Item: Sendable {
        let id: ProductID
        let seed: ProductSeed
        let host: HostSeed
        /// SKUs with the words that people use for them in a chat.
        let variants: [(sku: SKU, options: [String])]
    }

    let hosts: [HostSeed]
    let items: [ProductID: Item]
    private let itemsOfHost: [String: [ProductID]]

    static let demo = Cast(Content.hosts)

    init(_ hosts: [HostSeed]) {
        self.hosts = hosts
        var items: [ProductID: Item] = [:]
        var itemsOfHost: [String: [ProductID]] = [:]
        for host in hosts {
            for (index, seed) in host.products.enumerated() {
                let id = ProductID("\(host.code.lowercased())-\(101 + index)")
                let stem = "\(host.code)-\(101 + index)"
                items[id] = Item(id: id, seed: seed, host: host, variants: Self.variants(seed, stem: stem))
                itemsOfHost[host.id, default: []].append(id)
            }
        }
        self.items = items
        self.itemsOfHost = itemsOfHost
    }

    func host(_ id: HostID) -> HostSeed? { hosts.first { $0.id == id.rawValue } }

    func products(of hosts: [HostSeed]) -> [ProductID] { hosts.flatMap { itemsOfHost[$0.id] ?? [] } }

    /// Every combination of the options' values; an SKU is spelt with those that can be spelt in ASCII.
    private static func variants(_ seed: ProductSeed, stem: String) -> [(sku: SKU, options: [String])] {
        var combinations: [(code: String, options: [String])] = [(stem, [])]
        for option in seed.options {
            combinations = combinations.flatMap { combination in
                option.values.enumerated().map { index, value in
                    (combination.code + "-" + code(value, index), combination.options + [value])
                }
            }
        }
        return combinations.map { (SKU($0.code), $0.options) }
    }

    private static func code(_ value: String, _ index: Int) -> String {
        let letters = value.uppercased().unicodeScalars.filter {
            ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        }
        let code = String(String.UnicodeScalarView(letters.prefix(5)))
        return code.isEmpty || value.unicodeScalars.contains { !$0.isASCII } ? "\(index + 1)" : code
    }
}
