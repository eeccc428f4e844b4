import HTTPTransport
import Testing

/// Addresses as people write them.
@Suite struct TypedAddressTests {
    private static let names = HostNames { host in
        host == "lampen-müller.example" ? "xn--lampen-mller-klb.example" : nil
    }

    @Test(arguments: [
        ("shop.example", "https://shop.example"), (" shop.example/x?y=1 ", "https://shop.example/x?y=1"),
        ("shop.example:8443/a", "https://shop.example:8443/a"), ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:80/x", "http://127.0.0.1:80/x"), ("[::1]:80", "http://[::1]:80"),
        ("webcal://host.example/shows.ics", "https://host.example/shows.ics"),
        ("WEBCALS://host.example/a.ics", "https://host.example/a.ics"),
        ("https://shop.example", "https://shop.example"),
        ("http://shop.example", "http://shop.example"), ("ftp://shop.example", "ftp://shop.example"),
        ("lampen-müller.example/grüne", "https://xn--lampen-mller-klb.example/gr%C3%BCne"),
        ("https://lampen-müller.example:8443/", "https://xn--lampen-mller-klb.example:8443/"),
        ("https://shop.example/日本?q=ü", "https://shop.example/%E6%97%A5%E6%9C%AC?q=%C3%BC"),
    ])
    func areMadeWhole(_ typed: String, _ address: String) {
        #expect(TypedAddress.completed(typed, hostNames: Self.names) == address)
    }

    /// What is none is left for whoever refuses it, and never made one of another kind.
    @Test(arguments: [
        "", "shop", "a b.example", "mailto:ana@shop.example", "lea:pw@shop.example", "javascript:alert(1)", "shop.",
        ".example", "https://größe.example", "https://lea@lampen-müller.example",
    ])
    func whatIsNoneStays(_ typed: String) {
        #expect(TypedAddress.completed(typed, hostNames: Self.names) == typed)
    }
}
