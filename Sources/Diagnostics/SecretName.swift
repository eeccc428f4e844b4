/// Which names have a secret for their value, whatever the spelling: `access_token`, `Access-Token`, `accessToken`.
enum SecretName {
    /// Headers whose whole line is a secret.
    private static let headers: Set = [
        "authorization", "proxyauthorization", "cookie", "setcookie", "xapikey", "nonce",
    ]

    private static let endings = [
        "token", "secret", "password", "passwd", "passphrase", "apikey", "accesskey", "secretkey", "privatekey",
        "signature", "credential", "credentials", "cookie", "authorization", "devicecode", "usercode", "sessionid",
        "email", "orderkey",
    ]

    /// In JSON: who somebody is, and how they pay.
    private static let members: Set = [
        "pin", "otp", "pwd", "jwt", "assertion", "codeverifier", "phone", "street", "recipient", "iban", "cvv", "cvc",
        "verificationuricomplete",
    ]

    /// In a query and a form, where these words mean nothing harmless; a JSON `code` is one of a problem, for instance.
    private static let parameters: Set = ["key", "code", "sig", "session", "sid", "auth"]

    /// Headers whose words are credentials.
    static func isCredential(_ name: String) -> Bool { headers.contains(name) || name == "carttoken" }
    static func isHeader(_ name: String) -> Bool { headers.contains(name) }
    static func isMember(_ name: String) -> Bool {
        members.contains(name) || endings.contains(where: name.hasSuffix)
    }
    static func isParameter(_ name: String) -> Bool { parameters.contains(name) || isMember(name) }

    /// Without what the spellings differ in.
    static func plain(_ name: some Sequence<UInt8>) -> String {
        let separators = Set("_-.".utf8)
        return String(decoding: name.filter { !separators.contains($0) }, as: UTF8.self).lowercased()
    }
}
