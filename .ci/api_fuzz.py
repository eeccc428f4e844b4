"""Real ids for schemathesis, so that it comes past 404: run before it for a configuration, and loaded by it as hooks, which
put real things into some of the bodies that it makes up."""
import collections, json, os, random, sys, urllib.error, urllib.parse, urllib.request

SHOP = os.environ["SHOP"]


def ask(method, path, body=None, token=None, form=None, **headers):
    data = json.dumps(body).encode() if body is not None else urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(SHOP + path, data=data, method=method)
    if data:
        request.add_header("Content-Type", "application/x-www-form-urlencoded" if form else "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def skus():
    return [variant["sku"] for product in ask("GET", "/v1/products")["items"] for variant in product["variants"]]


def quote(token, wish=None):
    wish = wish or {"lines": [{"sku": random.choice(skus()), "quantity": 1}]}
    return ask("POST", "/v1/quotes", wish, token)


def order(token, key, method):
    offer = quote(token)
    body = {"quote": offer["id"], "maximumTotal": offer["total"], "paymentMethod": method}
    return ask("POST", "/v1/orders", body, token, Idempotency_Key=key)


def prepare(folder):
    token = ask("POST", "/v1/guests")["token"]
    open(folder + "/token", "w").write(token)
    shows = [show["id"] for state in ("live", "ended", "scheduled")
             for show in ask("GET", "/v1/shows?state=" + state)["items"][:3]]
    orders = [order(token, f"k-{number}", "pm-card")["id"] for number in range(12)]
    pages = [order(token, f"p-{number}", "pm-hosted")["checkoutUrl"].rsplit("/", 1)[1] for number in range(4)]
    ids = {"show": shows, "host": [host["id"] for host in ask("GET", "/v1/hosts")["items"][:5]],
           "product": [product["id"] for product in ask("GET", "/v1/products")["items"][:8]], "order": orders,
           "token": pages, "segment": [0, 1, 2]}
    with open(folder + "/schemathesis.toml", "w") as file:
        file.write('hooks = "api_fuzz"\n')
        file.write(f"headers = {{ Authorization = {json.dumps('Bearer ' + token)} }}\n[parameters]\n")
        for name in ids:
            file.write(f'"path.{name}" = {{ dictionary = "{name}", probability = 0.6 }}\n')
        for name, values in ids.items():
            file.write(f"[dictionaries.{name}]\nvalues = {json.dumps(values)}\n")


def hooks():
    import schemathesis
    token, known = os.environ["SHOP_TOKEN"], skus()

    def improved(operation, body, dice):
        if operation == "quote" and isinstance(body.get("lines"), list):
            for line in body["lines"]:
                if isinstance(line, dict):
                    line["sku"] = dice.choice(known)
            body.pop("show", None), body.pop("address", None)
        elif operation == "placeOrder":
            offer = quote(token, {"lines": [{"sku": dice.choice(known), "quantity": dice.choice([1, 1, 1, 99])}]})
            body["quote"], body["maximumTotal"] = offer["id"], dict(offer["total"])
            body["maximumTotal"]["amount"] -= dice.choice([0, 0, 0, 1])
            body["paymentMethod"] = dice.choice(["pm-card", "pm-card", "pm-card-declined", "pm-hosted"])
        elif operation in ("letIn", "token"):
            # The server begins thirty in a minute, and says so after that.
            try:
                device = ask("POST", "/v1/sign-in/device", form={"client_id": "vitrine"})
                body.update({"user_code": device["user_code"]} if operation == "letIn" else
                            {"device_code": device["device_code"], "client_id": "vitrine",
                             "grant_type": "urn:ietf:params:oauth:grant-type:device_code"})
            except urllib.error.HTTPError:
                pass
        elif operation == "takeGuest":
            body["token"] = ask("POST", "/v1/guests")["token"]
        return body

    @schemathesis.hook
    def map_body(context, body):
        dice = random.Random(repr(body))
        if not isinstance(body, dict) or dice.random() < 0.4:
            return body
        try:
            return improved(context.operation.definition.raw.get("operationId"), body, dice)
        except urllib.error.HTTPError:  # sold out, by now
            return body


def answers(folder):
    """How often each status came: a run of nothing but 404 would have tried little."""
    counts = collections.Counter(entry["response"]["status"] for entry in
                                 json.load(open(folder + "/answers.har"))["log"]["entries"])
    print("vitrine: answers", ", ".join(f"{status}: {counts[status]}" for status in sorted(counts)))


if __name__ == "__main__":
    {"prepare": prepare, "answers": answers}[sys.argv[2]](sys.argv[1])
else:
    hooks()
