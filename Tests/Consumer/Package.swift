// swift-tools-version: 6.2
import PackageDescription

// An app as others write them: the client, and none of the tool. Tests/Scripts/consumer.sh looks at what it resolves.
let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v14), .iOS(.v17)],
    dependencies: [.package(name: "placard", path: "../..", traits: [])],
    targets: [
        .executableTarget(
            name: "Consumer", dependencies: [.product(name: "PlacardClient", package: "placard")])
    ]
)
