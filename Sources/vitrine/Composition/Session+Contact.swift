import Dispatch
import Domain
import Synchronization
import Viewer

extension Session {
    /// What the shop is told of who buys; nil where nothing has been kept.
    func contact() throws -> ContactDetails? {
        do { return try shop.currentContact() } catch {
            throw CommandFailure(.usage, "the address cannot be read: \(error)")
        }
    }

    /// Keeps it for this shop.
    func keep(_ details: ContactDetails) throws {
        let result = Mutex<Result<Void, NotKept>?>(nil)
        let isThere = DispatchSemaphore(value: 0)
        shop.keep(details) { kept in
            result.withLock { $0 = kept }
            isThere.signal()
        }
        isThere.wait()
        if case .failure(let problem)? = result.withLock({ $0 }) {
            throw CommandFailure(.usage, "the address was not kept: \(problem.reason)")
        }
    }
}
