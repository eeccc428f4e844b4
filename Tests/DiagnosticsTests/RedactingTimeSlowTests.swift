import Diagnostics
import FoundationEssentials
import Testing

/// Long texts that look like secrets everywhere.
@Suite struct RedactingTimeSlowTests {
    /// A minute is hundreds of times what they take where each byte is looked at a few times, and nothing of what they took
    /// before: minutes for as much, in a debug build.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "token=", "token=token%3D", "password:\"", "Authorization: ", "https://a:b", ":%2F%2F", "bearer+", "a@b.",
            "/checkout/", "%25", "key='", "\\\"token\\\":\\\"", "wc_order_", "eyJ.", " = ",
            "{\"token\":\"A1b2C3d4e5\",", "[",
        ])
    func redactingTakesTimeByTheByte(_ piece: String) {
        let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
        _ = Redactor.text(text)
        _ = Redactor.body(Data(text.utf8))
    }
}
