import ByteText

/// Schemes that never pass, whoever lists them: they run code, install or search, reach local files, or lead to what is no
/// page of the web. In lower case, sorted.
///
/// The compiler refuses to list them and to link with them; the engine asks again before it gives a link to an app, for
/// a bundle can come from anywhere.
public let forbiddenSchemes = [
    "about", "applescript", "blob", "chrome", "chrome-extension", "chrome-untrusted", "content", "data", "feed",
    "file", "filesystem", "hcp", "intent", "itms-services", "its", "jar", "javascript", "livescript", "mhtml", "mk",
    "mocha", "moz-extension", "ms-appinstaller", "ms-excel", "ms-help", "ms-its", "ms-msdt", "ms-officecmd",
    "ms-powerpoint", "ms-search", "ms-word", "nfs", "res", "resource", "search", "search-ms", "shell", "smb",
    "vbscript", "view-source", "ws", "wss", "wyciwyg", "x-man-page",
]

/// Whether a scheme is one of ``forbiddenSchemes``.
///
/// - Parameter scheme: in any case, without the colon.
public func isForbiddenScheme(_ scheme: some Sequence<UInt8>) -> Bool {
    let lower = scheme.map { $0.asciiLowercased }
    return forbiddenSchemes.contains { $0.utf8.elementsEqual(lower) }
}
