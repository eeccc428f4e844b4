import Domain
import ShowServer

/// Orders of the demo shop on their way: released, packed, sent off, delivered, completed, and sent back, all by
/// themselves. How long each takes is counted in days that are as long as the demo is told.
struct Fulfilment: Sendable {
    /// Length of a day of the post. A minute lets a shopper see an order arrive, and long enough for somebody to
    /// think again and cancel.
    let day: Duration

    var times: DeliveryTimes { DeliveryTimes(checking: day / 2, packing: day, travelling: day * 4) }

    private var returning: Duration { day * 30 }
    private var accepting: Duration { day }
    private var refunding: Duration { day * 3 }

    /// Each step begins where the one before it ended, not when somebody looked, so that a server that was away finds
    /// its orders as if it had been there.
    func advance(_ studio: Studio) throws {
        let (now, times) = (studio.now, times)
        for (order, at) in try studio.orders(.onHold, since: now - times.checking) {
            try studio.release(order, at: at + times.checking)
        }
        for (order, at) in try studio.orders(.awaitingShipment, since: now - times.packing) {
            let left = at + times.packing
            try studio.ship(order, at: left, arriving: left + times.travelling)
        }
        // From before there were parcels.
        for (order, at) in try studio.ordersWithoutParcel() {
            try studio.giveParcel(to: order, at: at, arriving: at + times.travelling)
        }
        for (order, at) in try studio.arrivals(by: now) {
            try studio.deliver(order, at: at, returnsUntil: at + returning)
        }
        for (order, at) in try studio.ordersWithoutReturnTime() {
            try studio.setReturnTime(of: order, to: at + returning)
        }
        try moveReturns(studio)
        // What nobody sends back in time is kept.
        for (order, end) in try studio.keptOrders(by: now) { try studio.complete(order, at: end) }
    }

    private func moveReturns(_ studio: Studio) throws {
        for (order, at) in try studio.returns(.requested, since: studio.now - accepting) {
            try studio.acceptReturn(of: order, at: at + accepting)
        }
        for (order, at) in try studio.returns(.accepted, since: studio.now - refunding) {
            try studio.refundReturn(of: order, at: at + refunding)
        }
    }
}
