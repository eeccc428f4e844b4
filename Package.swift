// swift-tools-version: 6.1
// The manifest is the map of the house: every room, its floor, and what it may import.
// `.ci/check-imports` compares each `import` in the sources with the lists below.
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let themes = [
    "colour-blind", "ember", "fjord", "high-contrast", "midnight", "monochrome", "paper", "terminal",
].map { Resource.embedInCode($0 + ".toml") }

// At a fixed address: 3 MB less of memory and no 86 000 relocations at every start (docs/decisions/0007). Functions that run
// lie side by side, and those that nothing calls are left out: 7 MB less (docs/decisions/0036).
let viewerLink = [
    "-Xclang-linker", "-no-pie", "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker",
    "--symbol-ordering-file=\(Context.packageDirectory)/Sources/vitrine/Link/order.txt", "-Xlinker",
    "--no-warn-symbol-ordering",
]

// Optimised in debug builds too: a test that draws spends most of its time in these rooms, which seldom change.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "vitrine",
    products: [
        .executable(name: "vitrine", targets: ["vitrine"]),
        .executable(name: "vitrine-server", targets: ["vitrine-server"]),
        // A clock that tests move, preloaded into the programs that they start.
        .library(name: "MovedClock", type: .dynamic, targets: ["CMovedClock"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0: C behind a shim, text as cells see it, QR codes, and the themes of the top-level folder.
        .systemLibrary(name: "CNcurses"),
        .target(name: "CCurl"),
        .target(name: "CRescue"),
        .target(name: "Themes", path: "Themes", resources: themes),
        .target(name: "Text", exclude: ["Generate"], swiftSettings: optimised),
        .target(name: "QRCode", swiftSettings: optimised),

        // Floor 1: values and seams.
        .target(name: "Domain", dependencies: ["Text"]),
        .target(name: "TerminalKit", dependencies: ["Text"], swiftSettings: optimised),
        .target(name: "HTTPTransport"),

        // Floor 2: the core, the wire format, and one room for each thing outside the program.
        .target(name: "AppCore", dependencies: ["Domain", "QRCode", "Text", deque]),
        .target(name: "LiveAPI", dependencies: ["Domain", "Text"]),
        .target(name: "ICalendar", dependencies: ["Domain", "Text"]),
        .target(name: "Storage", dependencies: ["Domain", "Text", grdb]),
        .target(name: "Settings", dependencies: ["Domain", "HTTPTransport", "TerminalKit", "Themes"]),
        .target(name: "Diagnostics", dependencies: ["HTTPTransport", "Text", logging]),
        .target(name: "CurlTransport", dependencies: ["CCurl", "HTTPTransport"]),
        .target(name: "NcursesTerminal", dependencies: ["CNcurses", "CRescue", "TerminalKit", "Text"]),

        // Floor 3: shops, drawing, the server.
        .target(name: "Providers", dependencies: ["Domain", "HTTPTransport", "ICalendar", "LiveAPI", "Text"]),
        .target(
            name: "ViewerUI", dependencies: ["AppCore", "Domain", "QRCode", "Settings", "TerminalKit", "Text"]),
        .target(
            name: "ShowServer",
            dependencies: [
                "Domain", "LiveAPI", "Text", crypto, grdb, hummingbird, hummingbirdCore, logging, nioCore, nioHTTP1,
                nioHTTPTypes,
                serviceLifecycle,
            ], exclude: ["Generate"]),

        .target(
            name: "ShopAccess",
            dependencies: ["Domain", "HTTPTransport", "Providers", "Settings", "Storage", "Text", logging]),

        // Floor 4: the demo, which runs shows as any host does; the core with its effects carried out, and no terminal.
        .target(name: "DemoWorld", dependencies: ["Domain", "ShowServer", "Text"]),
        .target(
            name: "Engine", dependencies: ["AppCore", "Domain", "ShopAccess", "Storage", "Text", logging]),

        // Floor 5: the front ends.
        .target(
            name: "Viewer",
            dependencies: ["AppCore", "Domain", "Engine", "Settings", "TerminalKit", "Text", "ViewerUI"]),
        .target(
            name: "Lines",
            dependencies: [
                "AppCore", "Domain", "Engine", "HTTPTransport", "LiveAPI", "Providers", "QRCode", "Settings",
                "ShopAccess",
                "Storage", "Text", "ViewerUI", logging,
            ]),
        .target(
            name: "Commands",
            dependencies: [
                "AppCore", "Diagnostics", "Domain", "Engine", "HTTPTransport", "ICalendar", "Lines", "LiveAPI",
                "Providers",
                "Settings", "ShopAccess", "Storage", "Text", "ViewerUI",
            ]),

        // Floor 6: the executables, where concrete parts are put together.
        .executableTarget(
            name: "vitrine",
            dependencies: [
                "AppCore", "Commands", "CurlTransport", "Diagnostics", "Domain", "Engine", "HTTPTransport", "Lines",
                "LiveAPI",
                "NcursesTerminal", "Providers", "Settings", "ShopAccess", "Storage", "TerminalKit", "Text", "Viewer",
                "ViewerUI", argumentParser, logging,
            ],
            exclude: ["Link"],
            linkerSettings: [.unsafeFlags(viewerLink, .when(configuration: .release))]),
        .executableTarget(
            name: "vitrine-server", dependencies: ["CRescue", "DemoWorld", "ShowServer", argumentParser, logging]),

        // A pseudo-terminal and what its bytes leave on a screen, for tests of two floors.
        .target(name: "PtyTesting", dependencies: ["TerminalKit", "Text"], path: "Tests/PtyTesting"),

        // One kind of repeatable random numbers for the tests.
        .target(name: "SeededRandom", path: "Tests/SeededRandom"),

        // Another program's eye for QR codes.
        .target(name: "CodeReader", path: "Tests/CodeReader"),

        // The law that text keeps to its field, for tests and for libFuzzer.
        .target(
            name: "FieldOracle", dependencies: ["TerminalKit", "Text"], path: "Tests/FieldOracle",
            exclude: ["Fuzzer.swift", "Seeds"], swiftSettings: optimised),

        // The law that replies are read or refused, for tests and for libFuzzer.
        .target(
            name: "DecoderOracle", dependencies: ["Diagnostics", "Domain", "HTTPTransport", "Providers", "Text"],
            path: "Tests/DecoderOracle", exclude: ["Fuzzer.swift"]),

        // What stand-ins read and write.
        .target(name: "StandInJSON", path: "Tests/StandInJSON"),

        // A shop that behaves as WooCommerce does.
        .target(name: "WooStandIn", dependencies: ["HTTPTransport", "StandInJSON"], path: "Tests/WooStandIn"),

        // A server that behaves as Owncast does towards whoever watches.
        .target(name: "OwncastStandIn", dependencies: ["HTTPTransport"], path: "Tests/OwncastStandIn"),

        // A shop that behaves as Shopify does.
        .target(name: "ShopifyStandIn", dependencies: ["HTTPTransport", "StandInJSON"], path: "Tests/ShopifyStandIn"),

        // Threads for tests that block, and turns for tests that start programs.
        .target(name: "TestThreads", path: "Tests/TestThreads"),
        .target(name: "CMovedClock", path: "Tests/CMovedClock"),
        .target(name: "CSpawn", path: "Tests/CSpawn"),

        // Hummingbird alone, for `make bench-server` to compare with.
        .executableTarget(name: "BareServer", dependencies: [hummingbird, logging], path: "Tests/BareServer"),

        // A shop in the test's process, and somebody who uses lines and commands there.
        .target(
            name: "FaceTesting",
            dependencies: [
                "DemoWorld", "Diagnostics", "Domain", "Engine", "HTTPTransport", "Lines", "Providers", "Settings",
                "ShopAccess", "ShowServer", "Storage", "Text", logging,
            ], path: "Tests/FaceTesting"),

        // A server of the demo shop on a clock that a test moves, and its API as the document has it.
        .target(
            name: "ShopTesting",
            dependencies: ["CurlTransport", "DemoWorld", "Domain", "HTTPTransport", "LiveAPI", "ShowServer"],
            path: "Tests/ShopTesting"),

        // Servers in the test's process, and all that somebody who uses the program finds around it.
        .target(
            name: "ProgramTesting",
            dependencies: [
                "CurlTransport", "DemoWorld", "Domain", "HTTPTransport", "LiveAPI", "OwncastStandIn", "ShopifyStandIn",
                "ShowServer", "WooStandIn", grdb, logging,
            ], path: "Tests/ProgramTesting"),

        // Tests mirror targets.
        .testTarget(name: "QRCodeTests", dependencies: ["CodeReader", "QRCode", "SeededRandom"]),
        .testTarget(name: "TextTests", dependencies: ["Text"]),
        .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport"]),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "HTTPTransport", logging]),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "SeededRandom"]),
        .testTarget(name: "TerminalKitTests", dependencies: ["FieldOracle", "TerminalKit", "Text"]),
        .testTarget(name: "AppCoreTests", dependencies: ["AppCore", "Domain", "SeededRandom", "Text"]),
        .testTarget(name: "LiveAPITests", dependencies: ["LiveAPI", "Domain", "Text"]),
        .testTarget(name: "ICalendarTests", dependencies: ["ICalendar", "Domain", "Text"]),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "Domain", "Text", grdb], exclude: ["OldFiles"]),
        .testTarget(
            name: "SettingsTests", dependencies: ["Domain", "HTTPTransport", "Settings", "TerminalKit", "Themes"]),
        .testTarget(name: "CurlTransportTests", dependencies: ["CurlTransport", "HTTPTransport"]),
        .testTarget(
            name: "NcursesTerminalTests",
            dependencies: ["NcursesTerminal", "PtyTesting", "TerminalKit", "TestThreads", "Text"]),
        .testTarget(
            name: "ProvidersTests",
            dependencies: [
                "DecoderOracle", "Providers", "Domain", "HTTPTransport", "LiveAPI", "OwncastStandIn", "SeededRandom",
                "ShopifyStandIn",
                "Text", "WooStandIn",
            ],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "ViewerUITests",
            dependencies: [
                "AppCore", "CodeReader", "Domain", "FieldOracle", "Settings", "TerminalKit", "Text", "ViewerUI",
            ],
            exclude: ["Screens"]),
        .testTarget(
            name: "ShopAccessTests",
            dependencies: [
                "Domain", "HTTPTransport", "Providers", "Settings", "ShopAccess", "ShopifyStandIn", "Text",
                "WooStandIn",
            ]),
        .testTarget(
            name: "ViewerTests",
            dependencies: [
                "AppCore", "Domain", "Engine", "HTTPTransport", "Providers", "Settings", "ShopAccess", "Storage",
                "TerminalKit", "Text", "Viewer", "ViewerUI", logging,
            ]),
        .testTarget(
            name: "LinesTests",
            dependencies: [
                "AppCore", "Domain", "Engine", "FaceTesting", "HTTPTransport", "Lines", "LiveAPI", "Providers",
                "Settings",
                "ShopAccess", "Storage", "Text", logging,
            ]),
        .testTarget(
            name: "CommandsTests",
            dependencies: ["AppCore", "Commands", "Domain", "FaceTesting", "HTTPTransport", "Lines", "Settings"]),
        .testTarget(
            name: "ShowServerTests",
            dependencies: [
                "AppCore", "CurlTransport", "DemoWorld", "Domain", "HTTPTransport", "LiveAPI", "SeededRandom",
                "ShopTesting", "ShowServer", "TestThreads", "Text", grdb, hummingbird, hummingbirdCore, logging,
                nioCore, nioEmbedded,
            ]),
        .testTarget(
            name: "DemoWorldTests",
            dependencies: ["DemoWorld", "Domain", "HTTPTransport", "LiveAPI", "ShopTesting", "ShowServer"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "AppCore", "DemoWorld", "Domain", "Engine", "HTTPTransport", "LiveAPI", "Providers", "SeededRandom",
                "ShopAccess", "ShowServer", "Storage", "Text", "WooStandIn", logging,
            ]),
        // The whole program, from its arguments to its exit status, in the test's process.
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "Domain", "HTTPTransport", "ICalendar", "Lines", "LiveAPI", "OwncastStandIn", "ProgramTesting",
                "ShopifyStandIn",
                "TestThreads", "Text", "WooStandIn", "vitrine", argumentParser, grdb,
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CSpawn", "CodeReader", "CurlTransport", "Domain", "HTTPTransport", "LiveAPI", "OwncastStandIn",
                "ProgramTesting", "PtyTesting", "TerminalKit", "TestThreads", "Text", "WooStandIn", grdb,
            ]),
    ],
    swiftLanguageModes: [.v6]
)
