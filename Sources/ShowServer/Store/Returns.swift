import Domain
import GRDB
import LiveAPI
import Text

extension OrderDesk {
    /// Asks for an order to be taken back.
    /// - Throws: `Problem` for one that is not there yet, that came too long ago, or that was asked for already.
    func takeBack(_ id: OrderID, _ wish: ReturnWish, of account: String, _ turn: inout Turn) throws -> Order {
        guard let order = try order(turn.db, id, of: account, now: turn.now) else { throw Problem.notFound("order") }
        let note = wish.note ?? ""
        guard note.count <= WireLimits.noteCharacters else {
            throw Problem.unprocessable("a note is at most \(WireLimits.noteCharacters) characters")
        }
        if let refusal = Self.refusal(of: order, now: turn.now) { throw refusal }
        try turn.db.execute(
            sql: "INSERT INTO returns (order_id, reason, note, state, state_at) VALUES (?, ?, ?, 'requested', ?)",
            arguments: [id.rawValue, wish.reason.rawValue, note, turn.now.milliseconds])
        guard let asked = try self.order(turn.db, id, of: account, now: turn.now) else {
            throw Problem.notFound("order")
        }
        return asked
    }

    private static func refusal(of order: Order, now: Timestamp) -> Problem? {
        if order.course.returning != nil {
            return Problem(
                code: ProblemCode.returnAlreadyAsked, status: 409, title: "A return has been asked for already",
                detail: "a return of this order has been asked for already")
        }
        switch order.status {
        case .delivered:
            if let end = order.course.returnBy, now < end { return nil }
            return tooLate
        case .completed: return tooLate
        case .unpaid, .onHold, .awaitingShipment, .inTransit, .cancelled, .returned, .gone:
            return Problem(
                code: ProblemCode.notDelivered, status: 409, title: "The order has not been delivered",
                detail: "only what has been delivered can be sent back; this order is \(order.status.rawValue)")
        }
    }

    private static let tooLate = Problem(
        code: ProblemCode.returnTooLate, status: 409, title: "It is too late to send it back",
        detail: "the time in which it could be sent back is over")
}

extension Orders {
    /// What is told of an order after the sale, as of `now`.
    static func course(_ db: Database, _ row: Row, _ status: OrderStatus, to address: Address?, now: Timestamp) throws
        -> (OrderCourse, parcelDue: Timestamp?)
    {
        let id: String = try row.value("id")
        let history = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT status, at FROM order_history WHERE order_id = ? ORDER BY id"),
            arguments: [id]
        ).compactMap { step in
            OrderStatus(rawValue: try step.value("status")).map {
                OrderCourse.Step($0, at: Timestamp(milliseconds: (step["at"] as Int64?) ?? 0))
            }
        }
        let parcel = try Parcels.parcel(db, of: id, to: address, now: now)
        let returning = try returning(db, id)
        let returnBy = (row["return_by"] as Int64?).map { Timestamp(milliseconds: $0) }
        let canReturn = status == .delivered && returning == nil && returnBy.map { now < $0 } == true
        return (
            OrderCourse(
                history: history, parcel: parcel?.0, returnBy: returnBy, canReturn: canReturn, returning: returning),
            parcel?.due
        )
    }

    private static func returning(_ db: Database, _ order: String) throws -> ReturnRequest? {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM returns WHERE order_id = ?"), arguments: [order])
        guard let row else { return nil }
        let steps = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT state, at FROM return_history WHERE order_id = ? ORDER BY id"),
            arguments: [order]
        ).compactMap { step in
            ReturnRequest.State(rawValue: try step.value("state")).map {
                ReturnRequest.Step($0, at: Timestamp(milliseconds: (step["at"] as Int64?) ?? 0))
            }
        }
        return ReturnRequest(
            reason: ReturnReason(rawValue: try row.value("reason")) ?? .other,
            note: SafeText(try row.value("note") as String), steps: steps)
    }
}
