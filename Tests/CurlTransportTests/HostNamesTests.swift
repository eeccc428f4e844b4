import CurlTransport
import HTTPTransport
import Testing

/// Host names of other scripts, by libcurl's own library for them.
@Suite struct HostNamesTests {
    @Test(arguments: [
        ("lampen-müller.example", "xn--lampen-mller-klb.example"), ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("日本.example", "xn--wgv71a.example"), ("straße.example", "xn--strae-oqa.example"),
        ("mu\u{308}nchen.example", "xn--mnchen-3ya.example"), ("shop.example", "shop.example"),
    ])
    func areMadeASCII(_ host: String, _ name: String) { #expect(HostNames.curl.ascii(host)?.lowercased() == name) }

    @Test(arguments: ["a/b", "ü ü", "ü\u{202E}x", "ü@x", ""])
    func whatIsNoHostHasNoName(_ host: String) {
        let name = HostNames.curl.ascii(host)
        #expect(
            name == nil || HTTPOrigin("https://" + (name ?? "")) == nil || name?.contains("xn--") == true,
            "\(name ?? "")")
    }
}
