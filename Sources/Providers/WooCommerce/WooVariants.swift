import Domain
import Text

extension WooProduct {
    /// More forms of one thing than anybody chooses from.
    private static let mostVariants = 250

    /// As the program knows products.
    /// - Parameter details: its variations as the shop lists them; nil where they were not asked for, so that all have
    ///   the product's own price.
    func product(_ details: [Int: WooProduct]?) -> Product {
        let open = attributes.filter(\.hasVariations)
        let variants = variants(of: open, details)
        return Product(
            id: ProductID(String(id)), title: name, brand: brand, summary: summary, rating: rating,
            optionNames: type == Self.variable ? Self.safe(open.map(\.name)) : [],
            variants: variants, hasDearerForms: details == nil && hasSeveralPrices,
            elsewhere: variants.isEmpty ? elsewhere : nil, page: page.flatMap { PaymentPage($0) }?.address)
    }

    /// Place that sells it, for what does not go into a basket here.
    private var elsewhere: SoldElsewhere? {
        // Where the shop has put no price on it, it says 0.
        let price = prices?.price.flatMap { $0.amount == 0 ? nil : $0 }
        let isFrom = price.flatMap { price in prices?.highest.map { $0.exceeds(price) == true } } ?? false
        func sold(_ kind: SoldElsewhere.Kind, _ link: String?, parts: [ProductID] = []) -> SoldElsewhere? {
            guard price != nil || link != nil else { return nil }
            return SoldElsewhere(kind: kind, price: price, isPricedFrom: isFrom, page: link, parts: parts)
        }
        switch type {
        case "external": return sold(.otherShop, buttonPage ?? page)
        case "grouped": return sold(.set, page, parts: parts.map { ProductID(String($0)) })
        default: return isPurchasable ? sold(.shopPage, page) : nil
        }
    }

    private var hasSeveralPrices: Bool {
        guard type == Self.variable, let price = prices?.price else { return false }
        return prices?.highest?.exceeds(price) == true
    }

    static let variable = "variable"
    /// Of these nothing goes into a basket: they are several products, or another shop's.
    private static let notForBaskets: Set = ["grouped", "external"]

    private func variants(of open: [Attribute], _ details: [Int: WooProduct]?) -> [Variant] {
        guard isPurchasable, !Self.notForBaskets.contains(type) else { return [] }
        guard type == Self.variable else {
            return hasOptions ? [] : variant(WooItem(id: id), options: [], like: self).map { [$0] } ?? []
        }
        var all: [Variant] = []
        for variation in variations {
            guard let detail = details.map({ $0[variation.id] }) ?? self, detail.isPurchasable else { continue }
            for form in forms(of: variation, open) {
                guard all.count < Self.mostVariants else { return all }
                if let variant = variant(form.item, options: Self.safe(form.values), like: detail) {
                    all.append(variant)
                }
            }
        }
        return all
    }

    private func variant(_ item: WooItem, options: [SafeText], like detail: WooProduct) -> Variant? {
        guard let price = detail.prices?.price, item.sku.rawValue.utf8.count <= 128 else { return nil }
        // A product with variations counts none of its own.
        let stock = detail.type == Self.variable ? nil : detail.stock
        return Variant(
            sku: item.sku, options: options, price: price, was: detail.prices?.was, stock: stock,
            quantities: detail.quantities, isOnBackorder: detail.isOnBackorder)
    }

    /// A variation in each form that it can be bought in: an attribute that it leaves open has all its values.
    private func forms(of variation: Variation, _ open: [Attribute]) -> [(item: WooItem, values: [String])] {
        var forms: [(chosen: [WooItem.Attribute], values: [String])] = [([], [])]
        for attribute in open {
            let value = variation.values[attribute.name] ?? ""
            if value.isEmpty {
                let isTooMuch = forms.count * attribute.terms.count > Self.mostVariants
                guard !isTooMuch else { return [] }
                forms = forms.flatMap { form in
                    attribute.terms.map { term in
                        let chosen = WooItem.Attribute(attribute: attribute.name, value: term.slug)
                        return (form.chosen + [chosen], form.values + [term.name])
                    }
                }
            } else {
                let word = attribute.terms.first { $0.slug == value }?.name ?? HTMLText.plain(value)
                forms = forms.map { ($0.chosen, $0.values + [word]) }
            }
        }
        return forms.map { (WooItem(id: variation.id, attributes: $0.chosen), $0.values) }
    }

    private static func safe(_ words: [String]) -> [SafeText] { words.map { HTMLText.safe($0, limit: 80) } }
}
