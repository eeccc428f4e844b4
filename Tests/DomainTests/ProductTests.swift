import Domain
import Testing

@Suite struct ProductTests {
    private func lamp(_ forms: [(francs: Int64, stock: Int?)], hasDearerForms: Bool = false) throws -> Product {
        Product(
            id: "lamp", title: "Lamp",
            variants: try forms.enumerated().map { index, form in
                let price = try #require(Money(amount: form.francs, exponent: 0, currency: "CHF"))
                return Variant(sku: SKU("\(index)"), price: price, stock: form.stock)
            }, hasDearerForms: hasDearerForms)
    }

    @Test func aPriceIsTheLowestOfSeveralWhereADearerFormCanBeHad() throws {
        #expect(try lamp([(10, 1), (20, nil)]).isPricedFrom)
        #expect(try !lamp([(10, 1), (10, nil)]).isPricedFrom)
        #expect(try !lamp([(10, 1)]).isPricedFrom)
        #expect(try !lamp([]).isPricedFrom)
    }

    @Test func whatIsSoldOutIsNoPriceToChooseFrom() throws {
        let oneIsLeft = try lamp([(10, 0), (20, 3)])
        #expect(oneIsLeft.cheapestAvailable?.sku == "1" && !oneIsLeft.isPricedFrom)
        #expect(try lamp([(10, 0), (20, 0)]).isPricedFrom)
    }

    @Test func aListMayTellTheLowestPriceAlone() throws {
        #expect(try lamp([(10, nil), (10, nil)], hasDearerForms: true).isPricedFrom)
        #expect(try !lamp([], hasDearerForms: true).isPricedFrom)
    }
}
