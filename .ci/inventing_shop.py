"""A shop that invents: stands before a real one and tells, with each head, of variants, deals and messages that it has never
told of before and never will again. Standard library only."""
import http.client, json, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

EVENTS = 250  # With each head, which is polled once a second.


class InventingShop:
    def __init__(self, origin):
        self.behind, self.lock = urlsplit(origin).netloc, threading.Lock()
        self.sequence, self.segment = None, 0
        shop = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                status, headers, body = shop.ask(self.command, self.path, self.headers, self.rfile.read(length))
                if self.path.endswith("/head") and status == 200:
                    headers, body = [("Content-Type", "application/json")], shop.invent(json.loads(body))
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("content-length", "connection", "date"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ask(self, method, path, headers, body):
        connection = http.client.HTTPConnection(self.behind, timeout=15)
        try:
            kept = {name: value for name, value in headers.items() if name.lower() not in ("host", "connection", "if-none-match")}
            connection.request(method, path, body or None, kept)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def invent(self, head):
        """The same show, with a segment of its own in which everything is new."""
        with self.lock:
            snapshot = head["snapshot"]
            first = self.sequence or snapshot["sequence"]
            self.sequence, self.segment = first + EVENTS, self.segment + 1
            at, price = head["serverTime"], {"amount": 1990, "exponent": 2, "currency": "CHF"}
            opening = dict(snapshot, sequence=first)
            events = []
            for number in range(first + 1, self.sequence + 1):
                event = {"sequence": number, "at": at}
                kind = number % 5
                if kind == 0:
                    event |= {"kind": "price", "sku": f"sku-{number}", "price": price}
                elif kind == 1:
                    event |= {"kind": "stock", "sku": f"stock-{number}", "stock": number}
                elif kind == 2:
                    event |= {"kind": "chat_removed", "message": f"removed-{number}"}
                elif kind == 3:
                    event |= {"kind": "offer_started", "offer": {
                        "id": f"offer-{number}", "kind": "flash_deal", "product": f"product-{number}", "title": "Deal",
                        "percentOff": 5, "endsAt": "2999-01-01T00:00:00.000Z"}}
                else:
                    event |= {"kind": "chat", "message": {
                        "id": f"message-{number}", "at": at, "author": f"author-{number}", "role": "viewer",
                        "text": f"a text that nobody has written before: {number}"}}
                events.append(event)
            head["open"] = {"segment": 1_000_000 + self.segment, "closed": False, "opening": opening, "events": events}
            head["snapshot"] = dict(snapshot, sequence=self.sequence)
            head["lastSequence"], head["pollAfterMs"] = self.sequence, 1000
            return json.dumps(head).encode()


if __name__ == "__main__":
    import sys
    print(InventingShop(sys.argv[1]).origin, flush=True)
    while True:
        time.sleep(3600)
