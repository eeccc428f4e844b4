import Providers
import QRCode

/// An address as a code for a phone's camera.
package enum DrawnCode {
    /// Where the window has room for it: it helps, and is not what counts.
    package static func draw(_ address: WebAddress) {
        guard let code = QRCode(address.text.string),
            let margin = [4, 2].first(where: { code.size + 2 * $0 <= Output.columns ?? .max })
        else { return }
        Output.code(code.halfBlocks(margin: margin))
    }
}
