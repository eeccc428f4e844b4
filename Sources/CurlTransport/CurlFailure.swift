import CCurl
import HTTPTransport

extension HTTPFailure {
    /// libcurl's code in our words.
    /// - Parameters:
    ///   - sent: a part of the request may have left.
    ///   - isSlow: an answer had begun and there was time left.
    ///   - verification: OpenSSL's verdict on the certificate, 0 when there is none.
    init(_ code: CURLcode, sent: Bool, isSlow: Bool, verification: Int) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .cannotResolve
        case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED:
            self = sent ? .connectionLost(sent: true) : .cannotConnect
        case CURLE_OPERATION_TIMEDOUT: self = isSlow ? .tooSlow : .timedOut(sent: sent)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CLIENTCERT:
            self = sent ? .connectionLost(sent: true) : .tls(reason: Self.tlsReason(code, verification))
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_AGAIN: self = .connectionLost(sent: sent)
        case CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND: self = .connectionLost(sent: true)
        case CURLE_URL_MALFORMAT: self = .badRequest(reason: "the address is not valid")
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: self = sent ? .connectionLost(sent: true) : .cannotConnect
        default: self = .protocolError
        }
    }

    private static func tlsReason(_ code: CURLcode, _ verification: Int) -> String {
        if code == CURLE_SSL_CACERT_BADFILE { return "the file of trusted certificates cannot be read" }
        guard code == CURLE_PEER_FAILED_VERIFICATION else { return "the server does not speak TLS as we do" }
        // X509_V_ERR_… of OpenSSL's x509_vfy.h; 1 is what libcurl starts from, and the host is what it checks first itself.
        switch verification {
        case 9: return "the certificate is not valid yet"
        case 10: return "the certificate has expired"
        case 18, 19: return "the certificate is signed by itself"
        case 2, 20, 21: return "the certificate's issuer is not known"
        case 23: return "the certificate was revoked"
        case 0, 1, 62, 64: return "the certificate is for another host"
        default: return "the certificate is not trusted"
        }
    }
}
