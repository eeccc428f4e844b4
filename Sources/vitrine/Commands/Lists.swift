import ArgumentParser
import Commands
import Domain

struct Shows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shows", abstract: "List the shows, live ones first.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false
    @Flag(name: .customLong("ics"), help: "Print a calendar that other programs read (iCalendar).") var isCalendar =
        false
    @Option(help: "Only shows in this state: scheduled, live, ended or cancelled.") var state: ShowState?
    @Option(help: "Only shows of the host with this id.") var host: String?
    @Option(help: "Only shows with this tag.") var tag: String?
    @Option(name: .customLong("find"), help: "Only shows whose title, hosts or tags contain this.") var search: String?

    func validate() throws {
        guard !json || !isCalendar else { throw ValidationError("expected one of --json and --ics") }
    }

    func run() async throws {
        let filter = ShowFilter(state: state, tag: tag, search: search)
        let form: ListForm = json ? .json : isCalendar ? .calendar : .lines
        try await server.run { try await $0.printShows(filter, host: host, as: form) }
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Print one show with its line-up.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The show's id, as ‘vitrine shows’ prints it.") var id: String
    @Flag(help: "Print the deals that run in it, and nothing else.") var deals = false
    @Flag(help: "Print the API's object as JSON.") var json = false

    func run() async throws {
        try await server.run { try await $0.printShow(id, deals: deals, json: json) }
    }
}

struct Hosts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hosts", abstract: "List the hosts.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false
    @Option(name: .customLong("find"), help: "Only hosts whose name contains this.") var search: String?

    func run() async throws {
        try await server.run { try await $0.printHosts(find: search, json: json) }
    }
}

struct Products: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "products", abstract: "List the products with the SKUs to buy them by.")

    @OptionGroup var server: ServerOptions
    @Flag(help: "Print the API's objects as JSON.") var json = false
    @Option(help: "Only products of the show with this id.") var show: String?
    @Option(name: .customLong("find"), help: "Only products whose title or brand contains this.") var search: String?

    func run() async throws {
        try await server.run { try await $0.printProducts(show: show, find: search, json: json) }
    }
}

struct ProductCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product", abstract: "Print one product with the forms it comes in.")

    @OptionGroup var server: ServerOptions
    @Argument(help: "The product's id, as ‘vitrine products’ prints it, or the address of its page.") var id: String
    @Flag(help: "Print the deals on it that run in live shows, and nothing else.") var deals = false
    @Flag(help: "Print the API's object as JSON.") var json = false

    func run() async throws {
        try await server.run { try await $0.printProduct(id, deals: deals, json: json) }
    }
}

extension ShowState: ExpressibleByArgument {}
