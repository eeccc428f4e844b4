import Domain
import Testing

@Suite struct PaymentMethodTests {
    private let methods = ["bacs", "cheque", "cod"].map {
        PaymentMethod(id: PaymentMethodID($0), kind: .later, label: "a way")
    }

    private func order(_ method: PaymentMethod?, at seconds: Int64) throws -> Order {
        let total = try #require(Money(amount: 100, exponent: 2, currency: "USD"))
        return Order(
            id: OrderID("\(seconds)"), key: "", status: .completed, lines: [], total: total,
            placedAt: Timestamp(seconds: seconds), payment: method)
    }

    @Test func theWayThatWasPaidLastIsProposed() throws {
        let orders = [try order(nil, at: 3), try order(methods[2], at: 2), try order(methods[1], at: 1)]
        #expect(methods.proposed(after: orders)?.id == "cod")
        #expect(methods.proposed(after: [])?.id == "bacs")
    }

    @Test func whatTheShopNoLongerTakesIsNotProposed() throws {
        #expect(methods.dropLast().map { $0 }.proposed(after: [try order(methods[2], at: 2)])?.id == "bacs")
        #expect([PaymentMethod]().proposed(after: [try order(methods[2], at: 2)]) == nil)
    }
}
