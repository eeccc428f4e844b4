import CCurl
import Glibc
import HTTPTransport

/// The life of libcurl's thread. Everything here belongs to that thread alone.
final class CurlLoop {
    private let mailbox: CurlMailbox
    private let identity: CurlIdentity
    private let deliveries: Deliveries
    private var multi: UnsafeMutableRawPointer?
    private var inFlight: [UInt64: Transfer] = [:]
    private var lanes = HostLanes<CurlAddress.Origin, Transfer>()
    /// Easy handles for the next requests.
    private var spare: [Transfer] = []
    private static let mostSpare = 8
    private static let mostRedirects = 3
    /// With nothing in flight only a command can bring work; libcurl shortens this while it has timers of its own.
    private static let longestSleep: Int32 = 24 * 3600 * 1000

    init(mailbox: CurlMailbox, identity: CurlIdentity, deliveries: Deliveries) {
        self.mailbox = mailbox
        self.identity = identity
        self.deliveries = deliveries
    }

    func run() {
        guard curlIsReady else { return refuseAll() }
        replaceMulti()
        while carryOutCommands() {
            var active: Int32 = 0
            vitrine_curl_multi_perform(multi, &active)
            finishDone()
            var events: Int32 = 0
            if vitrine_curl_multi_poll(multi, sleep, &events) != CURLM_OK {
                // Out of memory or of descriptors: without a pause this would spin until either is back.
                usleep(100_000)
            }
            for transfer in lanes.overdue(at: now) { start(transfer) }
        }
        for transfer in lanes.empty() { transfer.complete(.failure(.cancelled(sent: false)), by: deliveries) }
        for transfer in takeInFlight() {
            transfer.complete(.failure(.cancelled(sent: transfer.mayHaveSent)), by: deliveries)
        }
        spare.removeAll()
        mailbox.setWakeUp(nil)
        vitrine_curl_multi_cleanup(multi)
    }

    private var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Milliseconds.
    private var sleep: Int32 {
        lanes.nextTime.map { Int32(clamping: max(0, $0 - now)) } ?? Self.longestSleep
    }

    /// Without the library there is nothing to wait on, either: what is asked is looked for now and then.
    private func refuseAll() {
        while carryOutCommands() { usleep(100_000) }
    }

    /// Whether to go on.
    private func carryOutCommands() -> Bool {
        var goesOn = true
        for command in mailbox.takeCommands() {
            switch command {
            case .send(let id, let request, let completion):
                if goesOn {
                    begin(id, request, completion)
                } else {
                    refuse(.cancelled(sent: false), completion)
                }
            case .cancel(let id):
                if let waiting = lanes.giveUp(id) { end(waiting, .failure(.cancelled(sent: false))) }
                guard let transfer = inFlight.removeValue(forKey: id) else { continue }
                vitrine_curl_multi_remove_handle(multi, transfer.easy)
                end(transfer, .failure(.cancelled(sent: transfer.mayHaveSent)))
            case .dropConnections: startAnew()
            case .stop: goesOn = false
            }
        }
        return goesOn
    }

    private func begin(_ id: UInt64, _ request: HTTPRequest, _ completion: @escaping HTTPClient.Completion) {
        guard curlIsReady else {
            return refuse(.badRequest(reason: "the library libcurl.so.4 cannot be loaded"), completion)
        }
        guard multi != nil, let transfer = spare.popLast() ?? Transfer() else {
            return refuse(.cannotConnect, completion)
        }
        if let refusal = transfer.prepare(request, id: id, identity: identity, completion) {
            return end(transfer, .failure(refusal))
        }
        queue(transfer)
    }

    private func refuse(_ failure: HTTPFailure, _ completion: @escaping HTTPClient.Completion) {
        deliveries.deliver(.failure(failure), to: completion, from: nil, isAlone: false)
    }

    /// What has a connection of its own waits for nobody.
    private func queue(_ transfer: Transfer) {
        guard !transfer.isAlone, let host = transfer.address.origin else { return start(transfer) }
        if lanes.enter(host, transfer.id, transfer, at: now) { start(transfer) }
    }

    private func start(_ transfer: Transfer) {
        guard vitrine_curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
            return end(transfer, .failure(.cannotConnect))
        }
        inFlight[transfer.id] = transfer
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = vitrine_curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = vitrine_curl_message_result(message)
            guard let context = vitrine_curl_get_private(easy) else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            // Facts about the exchange are read while it is still attached.
            let outcome = transfer.outcome(code)
            let sharing = transfer.isMultiplexed ? lanes.share(with: transfer.id) : []
            vitrine_curl_multi_remove_handle(multi, easy)
            inFlight[transfer.id] = nil
            switch outcome {
            case .done(let result): end(transfer, result)
            case .redirect(let address):
                if let refusal = transfer.follow(address, atMost: Self.mostRedirects) {
                    end(transfer, .failure(refusal))
                } else {
                    start(transfer)
                }
            case .unencoded:
                if let refusal = transfer.askUnencoded() { end(transfer, .failure(refusal)) } else { start(transfer) }
            }
            for transfer in sharing { start(transfer) }
        }
    }

    private func end(_ transfer: Transfer, _ result: Result<HTTPResponse, HTTPFailure>) {
        let next = lanes.leave(transfer.id)
        transfer.complete(result, by: deliveries)
        if spare.count < Self.mostSpare { spare.append(transfer) }
        if let next { start(next) }
    }

    private func takeInFlight() -> [Transfer] {
        let transfers = inFlight.values.sorted { $0.id < $1.id }
        inFlight.removeAll()
        for transfer in transfers { vitrine_curl_multi_remove_handle(multi, transfer.easy) }
        return transfers
    }

    private func startAnew() {
        let (transfers, waiting) = (takeInFlight(), lanes.empty())
        replaceMulti()
        for transfer in transfers {
            if transfer.isGet {
                if let refusal = transfer.restart() { end(transfer, .failure(refusal)) } else { queue(transfer) }
            } else {
                end(transfer, .failure(.connectionLost(sent: transfer.mayHaveSent)))
            }
        }
        // Nothing of these has been sent.
        for transfer in waiting { queue(transfer) }
    }

    private func replaceMulti() {
        guard let fresh = vitrine_curl_multi_init() else { return }
        vitrine_curl_multi_set_long(fresh, CURLMOPT_MAXCONNECTS, 8)
        let old = multi
        multi = fresh
        mailbox.setWakeUp(fresh)
        if let old { vitrine_curl_multi_cleanup(old) }
    }
}

/// Loads libcurl and sets it up, once in a process: it takes milliseconds that no first frame should wait for.
let curlIsReady: Bool = vitrine_curl_global_init() == CURLE_OK
