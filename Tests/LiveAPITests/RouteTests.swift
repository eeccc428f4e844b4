import Domain
import LiveAPI
import Testing

@Suite struct RouteTests {
    @Test(arguments: [
        Route.service, .shows, .show("s"), .head("s"), .segment("s", 0), .segment("s", 12), .moments("s"), .hosts,
        .host("h"), .products, .product("p"), .reviews("p"), .guests, .me, .myGuests, .deviceCode, .token, .revocation,
        .follows, .follow("h"), .messages("s"),
        .paymentMethods,
        .addresses, .quotes, .orders, .order("o"), .cancelOrder("o"), .returnOrder("o"),
        .show("a/b?c#d"), .host("~!$&'()*;=:@,"), .product("%2F+"), .order(".."),
    ])
    func aPathReadsBackAsItsRoute(_ route: Route) {
        #expect(Route(path: route.path) == route)
    }

    @Test(arguments: [
        "", "/", "v1", "/v1/", "//v1", "/v1//shows", "/v1/shows/", "/v1/shows/%", "/v1/shows/%4", "/v1/shows/%zz",
        "/v1/shows/%ff", "/v1/shows/s/timeline/x", "/v1/shows/s/timeline/-1", "/v1/shows/s/head/x", "/v1/me/none",
        "/v1/nothing", "/v1/hosts/%D9%84", "/v1/products/a%20b", "/v1/shows/a%00", "/v1/orders/a%0A",
        "/v1/shows/" + String(repeating: "x", count: 129),
    ])
    func anythingElseIsNoRoute(_ path: String) {
        #expect(Route(path: path) == nil)
    }
}
