/// Something that a stand-in shop sells, in the forms that it comes in.
package struct ShopifyGoods: Sendable {
    package struct Form: Sendable {
        package var id: Int
        package var values: [String]
        /// In thousandths of the shop's currency, so that any scale can be written.
        package var price: Int
        package var compareAt: Int?
        /// nil where the shop does not count; it tells nobody how many there are.
        package var stock: Int?
        /// At most so many at once.
        package var most: Int?

        package init(
            _ id: Int, _ values: [String] = ["Default Title"], price: Int, compareAt: Int? = nil, stock: Int? = nil,
            most: Int? = nil
        ) {
            self.id = id
            self.values = values
            self.price = price
            self.compareAt = compareAt
            self.stock = stock
            self.most = most
        }
    }

    package var id: Int
    package var title: String
    package var vendor: String
    package var text: String
    package var options: [String]
    package var forms: [Form]

    package init(
        _ id: Int, _ title: String, vendor: String = "Studio Lopez", text: String = "", options: [String] = ["Title"],
        _ forms: [Form]
    ) {
        self.id = id
        self.title = title
        self.vendor = vendor
        self.text = text
        self.options = options
        self.forms = forms
    }

    /// Its name in addresses.
    package var handle: String { title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-") }

    /// A small shop with a little of everything that makes a difference.
    package static var assortment: [ShopifyGoods] {
        [
            ShopifyGoods(
                7001, "Paper Moon lamp", text: "<p>Washi &amp; brass.</p>", options: ["Colour", "Size"],
                [
                    Form(9001, ["Sand", "S"], price: 145_000, compareAt: 180_000, stock: 4),
                    Form(9002, ["Sand", "L"], price: 320_000, stock: 0),
                    Form(9003, ["Moss", "S"], price: 145_000, stock: 9),
                ]),
            ShopifyGoods(7002, "Brass hook", [Form(9010, price: 7_990, stock: 3)]),
            ShopifyGoods(7003, "Linen shade", [Form(9020, price: 58_000, most: 2)]),
            ShopifyGoods(7004, "Last teapot", [Form(9030, price: 90_000, stock: 0)]),
            ShopifyGoods(
                7005, "Yarn", options: ["Colour", "Weight", "Length"],
                [Form(9040, ["Red", "Fine", "100 m"], price: 5_500, compareAt: 5_000)]),
        ]
    }
}
