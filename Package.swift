// swift-tools-version: 6.2
import PackageDescription

// Every module of the package, and what it may import: what the table of
// Documentation/Architecture.md says, to which Tests/Scripts/forbidden-imports.py holds it.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What only the command-line tool needs; an app that uses the client resolves none of it.
let tool = "CommandLine"
/// What only apps need, off Apple's systems: swift-crypto in the place of the system's libcrypto.
let swiftCrypto = "SwiftCrypto"

// On Debian the compiler finds C libraries by itself, and the archives are linked (`linked` below); elsewhere pkg-config tells.
#if os(Linux)
    let (cmark, yaml): (String?, String?) = (nil, nil)
#else
    let (cmark, yaml): (String?, String?) = ("libcmark-gfm", "yaml-0.1")
#endif

/// C libraries as archives on Linux, so that the tool is one file, and as they come elsewhere.
func linked(_ libraries: String...) -> [LinkerSetting] {
    libraries.map { .linkedLibrary(":lib\($0).a", .when(platforms: [.linux])) }
        + libraries.map { .linkedLibrary($0, .when(platforms: [.macOS])) }
}

let package = Package(
    name: "placard",
    platforms: [.macOS(.v14), .iOS(.v17)],
    products: [
        .executable(name: "placard", targets: ["placard"]),
        // With the modules whose types an app meets in it.
        .library(
            name: "PlacardClient",
            targets: ["PlacardClient", "PlacardEngine", "PlacardBundle", "LinkSafety", "CanonicalJSON"]),
        // The parts that signed releases stand on.
        .library(name: "TUF", targets: ["TUF", "Cryptography", "CanonicalJSON"]),
        .library(name: "PlacardEngine", targets: ["PlacardEngine", "PlacardBundle", "LinkSafety", "CanonicalJSON"]),
        .library(name: "CEL", targets: ["CEL", "SourceDiagnostics"]),
        .library(
            name: "MessageFormat",
            targets: ["MessageFormat", "SourceDiagnostics", "UnicodeLocale", "CanonicalJSON"]),
        .library(name: "UnicodeLocale", targets: ["UnicodeLocale"]),
        .library(name: "CanonicalJSON", targets: ["CanonicalJSON"]),
    ],
    traits: [
        .trait(name: tool, description: "The placard command: compiler, previews, checks."),
        .trait(name: swiftCrypto, description: "swift-crypto instead of the system's CryptoKit or libcrypto."),
        .default(enabledTraits: [tool]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        // C libraries: a module map each, nothing else.
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: cmark,
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CLibYAML", pkgConfig: yaml, providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(name: "CLibExpat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CLibCrypto", providers: [.apt(["libssl-dev"])]),

        // The core: no Foundation, no C, builds with Embedded Swift.
        .target(name: "ByteText", swiftSettings: strict),
        .target(name: "CivilTime", swiftSettings: strict),
        .target(name: "SourceDiagnostics", dependencies: ["ByteText"], swiftSettings: strict),
        .target(name: "CanonicalJSON", dependencies: ["ByteText"], swiftSettings: strict),
        .target(name: "UnicodeLocale", dependencies: ["ByteText"], swiftSettings: strict),
        .target(name: "LinearRegex", dependencies: ["ByteText"], swiftSettings: strict),
        .target(name: "LinkSafety", dependencies: ["ByteText"], swiftSettings: strict),
        .target(
            name: "CEL", dependencies: ["CivilTime", "ByteText", "SourceDiagnostics", "LinearRegex"],
            swiftSettings: strict),
        .target(
            name: "MessageFormat",
            dependencies: ["CivilTime", "ByteText", "SourceDiagnostics", "UnicodeLocale", "CanonicalJSON"],
            swiftSettings: strict),
        .target(
            name: "PlacardBundle", dependencies: ["CivilTime", "ByteText", "CanonicalJSON", "MessageFormat"],
            swiftSettings: strict),
        .target(
            name: "PlacardEngine",
            dependencies: [
                "ByteText", "PlacardBundle", "CEL", "MessageFormat", "UnicodeLocale", "CanonicalJSON",
                "SourceDiagnostics",
                "LinkSafety",
            ],
            swiftSettings: strict),

        .target(name: "Locking", swiftSettings: strict),

        // Names of units, which are too many for the core; numbers and dates through Foundation, for the tool and for apps.
        .target(name: "LocalizedUnits", dependencies: ["UnicodeLocale"], swiftSettings: strict),
        .target(
            name: "FoundationFormatting",
            dependencies: ["MessageFormat", "LocalizedUnits", "UnicodeLocale", "Locking"],
            swiftSettings: strict),

        // Hashes and signatures: libcrypto for the tool on Linux, CryptoKit or swift-crypto for apps.
        .target(
            name: "Cryptography",
            dependencies: [
                "ByteText", .target(name: "CLibCrypto", condition: .when(platforms: [.linux])),
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: [swiftCrypto])),
            ],
            swiftSettings: strict),

        // The compiler.
        .target(
            name: "PlacardMarkdown",
            dependencies: ["ByteText", "CCMarkGFM", "SourceDiagnostics", "CanonicalJSON", "LinkSafety"],
            swiftSettings: strict, linkerSettings: linked("cmark-gfm-extensions", "cmark-gfm")),
        .target(
            name: "PlacardText",
            dependencies: [
                "ByteText", "PlacardMarkdown", "MessageFormat", "UnicodeLocale", "SourceDiagnostics", "CanonicalJSON",
            ],
            swiftSettings: strict),
        .target(
            name: "LocatedYAML", dependencies: ["ByteText", "CLibYAML", "SourceDiagnostics"], swiftSettings: strict,
            linkerSettings: linked("yaml")),
        .target(
            name: "DocumentSchema",
            dependencies: ["CivilTime", "ByteText", "LocatedYAML", "SourceDiagnostics", "CanonicalJSON"],
            swiftSettings: strict),
        // Files for translators' tools.
        .target(
            name: "PlacardExchange", dependencies: ["ByteText", "CLibExpat", "CanonicalJSON"], swiftSettings: strict,
            linkerSettings: linked("expat")),
        .target(
            name: "PlacardCompiler",
            dependencies: [
                "ByteText", "SourceDiagnostics", "CanonicalJSON", "UnicodeLocale", "CEL", "MessageFormat",
                "PlacardBundle",
                "PlacardEngine", "PlacardMarkdown", "PlacardText", "LocatedYAML", "DocumentSchema", "PlacardPreview",
                "FoundationFormatting", "PlacardExchange", "Cryptography", "Locking",
            ],
            swiftSettings: strict),
        .target(
            name: "PlacardPreview", dependencies: ["ByteText", "SourceDiagnostics", "CanonicalJSON"],
            exclude: ["Resources"],
            swiftSettings: strict),
        .target(name: "LocalServer", dependencies: ["ByteText"], swiftSettings: strict),
        .target(
            name: "DiagnosticRendering", dependencies: ["ByteText", "SourceDiagnostics", "CanonicalJSON"],
            swiftSettings: strict),

        // The client side.
        .target(
            name: "TUF", dependencies: ["CivilTime", "ByteText", "CanonicalJSON", "Cryptography"], swiftSettings: strict
        ),
        .target(
            name: "PlacardClient",
            dependencies: [
                "TUF", "PlacardEngine", "PlacardBundle", "CanonicalJSON", "FoundationFormatting", "Cryptography",
            ],
            swiftSettings: strict),

        // Signed releases: keys, what is written in which order, what is read back.
        .target(
            name: "PlacardRelease",
            dependencies: ["ByteText", "TUF", "Cryptography", "PlacardCompiler", "PlacardBundle", "CanonicalJSON"],
            swiftSettings: strict),

        // Code for apps.
        .target(name: "PlacardGenerate", dependencies: ["PlacardBundle"], swiftSettings: strict),

        // The tool.
        .target(
            name: "PlacardCommands",
            dependencies: [
                "ByteText", "PlacardRelease", "TUF", "PlacardCompiler", "PlacardGenerate", "PlacardExchange",
                "LocalServer",
                "PlacardPreview",
                "DiagnosticRendering",
                "SourceDiagnostics",
                "CanonicalJSON", "PlacardEngine", "PlacardBundle", "DocumentSchema", "UnicodeLocale",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: [tool])),
            ],
            swiftSettings: strict),
        .executableTarget(name: "placard", dependencies: ["PlacardCommands"], swiftSettings: strict),

        // Tests.
        .target(
            name: "ConformanceSupport", dependencies: ["CanonicalJSON"], path: "Tests/ConformanceSupport",
            swiftSettings: strict),
        // One parser at a time, for files and for libFuzzer (Tests/Scripts/fuzz-parsers.sh).
        .executableTarget(
            name: "parser-fuzz",
            dependencies: [
                "CEL", "CanonicalJSON", "LinearRegex", "LocatedYAML", "MessageFormat", "PlacardBundle",
                "PlacardMarkdown", "PlacardPreview", "PlacardText", "SourceDiagnostics", "UnicodeLocale",
            ],
            path: "Tests/ParserFuzz", swiftSettings: strict),
        // The client of tuf-conformance (Tests/Scripts/tuf-conformance.py).
        .executableTarget(
            name: "tuf-conformance-client", dependencies: ["TUF"], path: "Tests/TUFConformanceClient",
            swiftSettings: strict),
        .testTarget(name: "ByteTextTests", dependencies: ["ByteText"], swiftSettings: strict),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"], swiftSettings: strict),
        // An app that follows releases and is killed (Tests/Scripts/soak.py, release-test.py).
        .executableTarget(
            name: "release-follower",
            dependencies: ["PlacardClient", "PlacardEngine", "PlacardBundle", "CanonicalJSON"],
            path: "Tests/ReleaseFollower", swiftSettings: strict),
        .testTarget(
            name: "CanonicalJSONTests",
            dependencies: ["CanonicalJSON"],
            swiftSettings: strict),
        .testTarget(
            name: "SourceDiagnosticsTests",
            dependencies: ["SourceDiagnostics"],
            swiftSettings: strict),
        .testTarget(
            name: "UnicodeLocaleTests",
            dependencies: ["UnicodeLocale", "CanonicalJSON", "ConformanceSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "LinearRegexTests",
            dependencies: ["LinearRegex"],
            swiftSettings: strict),
        .testTarget(
            name: "LinkSafetyTests",
            dependencies: ["LinkSafety"],
            swiftSettings: strict),
        .testTarget(
            name: "CELTests",
            dependencies: ["CEL", "LinearRegex", "SourceDiagnostics", "CanonicalJSON", "ConformanceSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "MessageFormatTests",
            dependencies: [
                "ByteText", "MessageFormat", "FoundationFormatting", "UnicodeLocale", "SourceDiagnostics",
                "CanonicalJSON",
                "ConformanceSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LocalizedUnitsTests",
            dependencies: ["LocalizedUnits", "FoundationFormatting", "MessageFormat", "UnicodeLocale"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardBundleTests",
            dependencies: ["PlacardBundle", "MessageFormat", "CanonicalJSON"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardEngineTests",
            dependencies: [
                "PlacardEngine", "PlacardBundle", "CEL", "MessageFormat", "UnicodeLocale", "SourceDiagnostics",
                "CanonicalJSON", "ConformanceSupport", "LinkSafety",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "LocatedYAMLTests",
            dependencies: ["LocatedYAML", "CLibYAML", "SourceDiagnostics", "CanonicalJSON", "ConformanceSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardCompilerTests",
            dependencies: [
                "ByteText", "PlacardCompiler", "PlacardExchange", "PlacardBundle", "PlacardEngine", "CEL",
                "DocumentSchema", "LocatedYAML", "MessageFormat", "UnicodeLocale", "SourceDiagnostics", "CanonicalJSON",
                "ConformanceSupport",
            ],
            exclude: ["FixItOutcomes", "Snapshots"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardPreviewTests",
            dependencies: ["ByteText", "PlacardPreview", "SourceDiagnostics", "CanonicalJSON", "ConformanceSupport"],
            swiftSettings: strict),
        .testTarget(name: "CryptographyTests", dependencies: ["ByteText", "Cryptography"], swiftSettings: strict),
        .target(name: "TUFSupport", dependencies: ["TUF"], path: "Tests/TUFSupport", swiftSettings: strict),
        .testTarget(
            name: "TUFTests",
            dependencies: ["ByteText", "TUF", "TUFSupport", "Cryptography", "CanonicalJSON", "ConformanceSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardClientTests",
            dependencies: [
                "PlacardClient", "PlacardEngine", "PlacardBundle", "PlacardCompiler", "CanonicalJSON", "LinkSafety",
                "Cryptography", "TUF", "TUFSupport",
            ],
            swiftSettings: strict),
        .testTarget(name: "LocalServerTests", dependencies: ["LocalServer"], swiftSettings: strict),
        .testTarget(
            name: "PlacardGenerateTests",
            dependencies: [
                "PlacardGenerate", "PlacardBundle", "PlacardCommands", "PlacardCompiler", "PlacardClient",
                "PlacardEngine",
                "CanonicalJSON",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DiagnosticRenderingTests",
            dependencies: ["DiagnosticRendering", "SourceDiagnostics", "CanonicalJSON"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardCommandsTests",
            dependencies: [
                "PlacardRelease", "TUF", "PlacardCommands", "PlacardCompiler", "DiagnosticRendering",
                "SourceDiagnostics", "CanonicalJSON",
                "ConformanceSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardMarkdownTests",
            dependencies: ["PlacardMarkdown", "SourceDiagnostics", "CanonicalJSON", "ConformanceSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PlacardTextTests",
            dependencies: [
                "PlacardText", "PlacardMarkdown", "MessageFormat", "UnicodeLocale", "SourceDiagnostics",
                "CanonicalJSON", "ConformanceSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DocumentSchemaTests",
            dependencies: [
                "DocumentSchema", "LocatedYAML", "SourceDiagnostics", "CanonicalJSON", "ConformanceSupport",
            ],
            swiftSettings: strict),
    ]
)
