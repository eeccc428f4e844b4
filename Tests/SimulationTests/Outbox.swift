import Engine
import HTTPTransport
import ShopAccess
import Storage
import Synchronization

/// Everything that a viewer puts on the line or hands to its disk, in order, until the simulation decides what becomes of it.
final class Outbox: Sendable {
    enum Item: Sendable {
        case request(HTTPRequest, HTTPClient.Completion)
        case operation(DiskWork)
        case later(Duration, WorkQueue.Work)
    }

    private let items = Mutex<[Item]>([])

    func put(_ item: Item) { items.withLock { $0.append(item) } }

    func take() -> [Item] {
        items.withLock { items in
            defer { items.removeAll() }
            return items
        }
    }

    /// The line: a request is on it until the simulation calls back.
    var client: HTTPClient {
        HTTPClient { [self] request, completion in
            put(.request(request, completion))
            return HTTPCancellation {}
        }
    }

    /// Queues of the shop's client: what it would do away from the caller it does at once, so that its order is fixed.
    func queue(_ label: String) -> WorkQueue {
        WorkQueue { [self] delay, work in delay > .zero ? put(.later(delay, work)) : work() }
    }
}

/// An operation in a viewer's queue.
struct DiskWork: Sendable {
    /// Carries it out and tells what came of it.
    let run: @Sendable (Store) -> Void
    /// Carries it out and tells nobody.
    let write: @Sendable (Store) -> Void
    /// Tells that the disk is full.
    let fail: @Sendable () -> Void
    /// Tells that it is done, whether it is or not; nil for what brings a value.
    let assume: (@Sendable () -> Void)?
}

/// The store's queue as `EffectRunner` sees it.
struct SimulatedDisk: StoreQueue {
    let outbox: Outbox

    func enqueue<Value>(
        _ operation: StoreOperation<Value>, completion: @escaping @Sendable (Result<Value, StorageError>) -> Void
    ) {
        let run: @Sendable (Store) -> Void = { store in
            let result: Result<Value, StorageError>
            do throws(StorageError) { result = .success(try store.run(operation)) } catch { result = .failure(error) }
            completion(result)
        }
        let write: @Sendable (Store) -> Void = { store in _ = try? store.run(operation) }
        var assume: (@Sendable () -> Void)?
        if let done = () as? Value { assume = { completion(.success(done)) } }
        outbox.put(
            .operation(DiskWork(run: run, write: write, fail: { completion(.failure(.full)) }, assume: assume)))
    }

    func drain() {}
}
