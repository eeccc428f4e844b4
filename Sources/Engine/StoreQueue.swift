import Storage

/// Queue that carries the store's operations out in order. The store is one itself; a test supplies one that decides when each
/// is carried out, and whether the disk takes it.
package protocol StoreQueue: Sendable {
    /// - Parameter completion: called once, on any thread; it must not block.
    func enqueue<Value>(
        _ operation: StoreOperation<Value>, completion: @escaping @Sendable (Result<Value, StorageError>) -> Void)

    /// Waits until everything put in the queue is done.
    func drain()
}

extension Store: StoreQueue {}
