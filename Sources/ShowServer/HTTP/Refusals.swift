import LiveAPI

/// The refusals that need no more than their name; the others are made where their truth is known.
extension Problem {
    static func invalid(_ detail: String) -> Problem {
        Problem(code: ProblemCode.invalid, status: 400, title: "The request is not valid", detail: detail)
    }

    /// The request can be read, but asks for what cannot be.
    static func unprocessable(_ detail: String) -> Problem {
        Problem(code: ProblemCode.invalid, status: 422, title: "The request cannot be met", detail: detail)
    }

    static func notFound(_ what: String) -> Problem {
        Problem(code: ProblemCode.notFound, status: 404, title: "Not found", detail: "there is no such \(what)")
    }

    static let methodNotAllowed = Problem(
        code: "method_not_allowed", status: 405, title: "This path does not answer this method")

    static func bodyTooLarge(_ limit: Int) -> Problem {
        Problem(
            code: "body_too_large", status: 413, title: "The request is too large",
            detail: "a request's body holds at most \(limit) bytes")
    }

    static let headersTooLarge = Problem(
        code: "headers_too_large", status: 431, title: "The request's header fields are too large")

    static let unknownCoding = Problem(
        code: "transfer_coding_unknown", status: 501, title: "This transfer coding is not known here",
        detail: "a body comes as it is, with its length or in chunks")

    static let requestTimeout = Problem(
        code: "request_timeout", status: 408, title: "The request did not arrive in time",
        detail: "nothing was done")

    static let unauthorized = Problem(
        code: ProblemCode.unauthorized, status: 401, title: "Who asks is not known",
        detail: "a bearer token is needed; POST /v1/guests gives one")

    static let rateLimited = Problem(
        code: ProblemCode.rateLimited, status: 429, title: "Too many requests")

    /// The disk is full, or the database is busy for longer than anybody waits.
    static let unavailable = Problem(
        code: "unavailable", status: 503, title: "The server cannot do this at the moment")

    static let tooManyConnections = Problem(
        code: "unavailable", status: 503, title: "Too many connections are open from this address")
}

/// Bounds on what a request may ask for.
enum RequestLimits {
    static let orderQuantity = 99
    static let quoteLines = 20
    static let keyBytes = 255
    static let searchCharacters = 200
    static let pageSize = 50
}
