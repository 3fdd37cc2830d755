// swift-tools-version: 6.2
import PackageDescription

// An app as others write them: the client, and none of the tool. Tests/Scripts/consumer.sh looks at what it resolves, builds
// it, and holds swift-crypto to the tests that the tool's cryptography passes: the folders in Tests are links.
let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v14), .iOS(.v17)],
    dependencies: [.package(name: "placard", path: "../..", traits: ["SwiftCrypto"])],
    targets: [
        .executableTarget(
            name: "Consumer", dependencies: [.product(name: "PlacardClient", package: "placard")]),
        // The first program of Documentation/Client.md.
        .executableTarget(
            name: "FirstMessage", dependencies: [.product(name: "PlacardClient", package: "placard")]),
        .target(
            name: "ConformanceSupport", dependencies: [.product(name: "CanonicalJSON", package: "placard")],
            path: "Tests/ConformanceSupport"),
        .testTarget(name: "CryptographyTests", dependencies: [.product(name: "TUF", package: "placard")]),
        .target(
            name: "TUFSupport", dependencies: [.product(name: "TUF", package: "placard")], path: "Tests/TUFSupport"),
        .testTarget(
            name: "TUFTests",
            dependencies: [.product(name: "TUF", package: "placard"), "TUFSupport", "ConformanceSupport"]),
    ]
)
