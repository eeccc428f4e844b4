import CurlTransport
import FoundationEssentials
import Settings

/// The network as the user's settings and variables want it.
struct Network {
    /// A file of authorities' certificates, and who has named it.
    struct Certificates: Equatable {
        let path: String
        let source: String
    }

    /// nil where the system's are trusted alone.
    let certificates: Certificates?

    /// `certificates` in `config.toml` counts before the variables by which other programs are told.
    init(_ config: Config, _ environment: [String: String]) {
        if let path = config.certificates {
            certificates = Certificates(path: path, source: "config.toml")
        } else {
            certificates =
                ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy.compactMap { name in
                    environment[name].flatMap { $0.isEmpty ? nil : Certificates(path: $0, source: name) }
                }.first
        }
    }

    func client() -> CurlClient { CurlClient(version: vitrineVersion, certificates: certificates?.path) }
}
