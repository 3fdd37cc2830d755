// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses the library or builds the tool resolves or builds it.
// `make bench` runs it; Documentation/Benchmarks.md says what it measures.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v14)],
    dependencies: [.package(name: "placard", path: "..", traits: [])],
    targets: [
        .executableTarget(
            name: "targeting-benchmark",
            dependencies: [
                .product(name: "CEL", package: "placard"),
                .product(name: "PlacardEngine", package: "placard"),
                .product(name: "CanonicalJSON", package: "placard"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")])
    ]
)
