import Domain
import Providers
import Text

/// Why an account could not be kept.
package struct NotKept: Error, Sendable {
    package let reason: SafeText
}

/// At shops that know nobody: what they are told of who buys is the account's secret.
extension ShopClient {
    /// Keeps it in the place of what was kept, and calls back when it is on disk.
    package func keep(_ details: ContactDetails, _ completion: @escaping @Sendable (Result<Void, NotKept>) -> Void) {
        accounts.async { [self] in
            do {
                let new = Credential(Account(id: "guest", name: "Guest", token: details.token), .contact)
                var kept = try keeping.current()
                // Another copy of the program may change it at the same time; the last word counts.
                for _ in 0..<8 where kept?.account != new.account { kept = try keeping.exchange(kept, new) }
                // Whoever has the address forgotten means all of it.
                if details == ContactDetails() { try memory.clean(now: now(), isForgotten: true) }
                state.withLock { state in
                    state.credential = kept ?? new
                    state.mayFind = false
                }
                completion(.success(()))
            } catch {
                completion(.failure(NotKept(reason: SafeText("\(error)"))))
            }
        }
    }

    /// Takes what another copy of the program may have been told meanwhile. What the desktop's keyring holds is not asked
    /// for again while it is enough: that may take somebody's passphrase.
    func readContact() {
        let known = state.withLock { $0.credential }
        let isEnough = known.flatMap { ContactDetails(token: $0.account.token) }?.isComplete == true
        guard keeping.find == nil || !isEnough, let kept = try? keeping.current(), kept.account != known?.account
        else { return }
        state.withLock { state in
            guard state.credential == known else { return }
            state.credential = kept
            state.mayFind = false
        }
    }

    /// Looks up what the shop is told, and calls back.
    package func readContact(_ completion: @escaping @Sendable (ContactDetails?) -> Void) {
        accounts.async { [self] in
            readContact()
            completion(account.flatMap { ContactDetails(token: $0.token) })
        }
    }

    /// The details that the shop is told, as they are on disk now.
    package func currentContact() throws -> ContactDetails? {
        try keeping.current().flatMap { ContactDetails(token: $0.account.token) }
    }
}
