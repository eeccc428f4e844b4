import Domain
import ShowServer

/// Ways to pay and addresses of every account of the demo shop: play money and made-up addresses.
enum Wallet {
    static let payments = [
        ShopSetup.Payment(PaymentMethod(id: "pm-card", kind: .card, label: "Card ·· 4242 (pays)"), .paid),
        ShopSetup.Payment(PaymentMethod(id: "pm-card-declined", kind: .card, label: "Card ·· 0002 (fails)"), .declined),
        ShopSetup.Payment(PaymentMethod(id: "pm-hosted", kind: .hosted, label: "The shop's own page"), .hosted),
    ]

    static let destinations = [
        ShopSetup.Destination(Address(id: "addr-ch", label: "Seefeldstr. 1, Zürich", country: "CH"), currency: "CHF"),
        ShopSetup.Destination(Address(id: "addr-de", label: "Lindenallee 7, Berlin", country: "DE"), currency: "EUR"),
        ShopSetup.Destination(Address(id: "addr-us", label: "12 Alder St, Portland", country: "US"), currency: "USD"),
        ShopSetup.Destination(Address(id: "addr-jp", label: "大阪市北区梅田 1-2-3", country: "JP"), currency: "JPY"),
    ]
}
