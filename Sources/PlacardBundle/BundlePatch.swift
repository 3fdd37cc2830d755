import CanonicalJSON

/// What makes one version of a catalog or of a locale file of another: a JSON Merge Patch (RFC 7396), which a signed release
/// lists as a target beside the whole file (Documentation/Protocol.md, section 1).
///
/// In a patch of catalogs the list `messages` is an object by `id`, so that one message can change.
public enum BundlePatch {
    private static let folder = "patches/"
    private static let messages = KeyedList("messages", by: "id")
    /// The file of a bundle that holds a list of messages; all others are locale files.
    private static let catalogName = "catalog.json"

    /// The name of the target that leads from one file to its next version.
    ///
    /// - Parameters:
    ///   - old: SHA-256 of the file that it begins with, in lower-case hexadecimal.
    ///   - name: the target that it leads to, such as `fr.json`.
    public static func targetName(from old: String, to name: String) -> String { "\(folder)\(old).\(name)" }

    /// Where a target leads from and to; nil when it is no patch.
    public static func parts(of targetName: String) -> (old: String, name: String)? {
        guard targetName.utf8.starts(with: folder.utf8) else { return nil }
        let parts = targetName.utf8.dropFirst(folder.utf8.count).split(separator: 0x2E, maxSplits: 1)
        guard parts.count == 2, parts[0].count == 64 else { return nil }
        return (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
    }

    /// Makes a patch.
    ///
    /// - Parameters:
    ///   - old: the bytes of the old file.
    ///   - new: the bytes of the new file.
    ///   - name: the target's name, `catalog.json` or that of a locale file.
    /// - Returns: nil when there is none, or none that is less than half of the new file.
    public static func make(from old: [UInt8], to new: [UInt8], name: String) -> [UInt8]? {
        guard let patch = try? MergePatch.make(from: form(of: old, name), to: form(of: new, name)),
            patch.count < new.count / 2, apply(patch, to: old, name: name) == new
        else { return nil }
        return patch
    }

    /// Applies a patch.
    ///
    /// - Parameters:
    ///   - patch: its bytes.
    ///   - old: the bytes of the file that it begins with.
    ///   - name: the target's name.
    /// - Returns: the bytes of the new file, once their SHA-256 has been found to be the manifest's; nil when the patch cannot
    ///   be applied.
    public static func apply(_ patch: [UInt8], to old: [UInt8], name: String) -> [UInt8]? {
        try? MergePatch.apply(patch, to: old, list: list(name))
    }

    /// Applies a patch as ``apply(_:to:name:)`` does, and hands over what comes of it in pieces, so that it is never held whole.
    ///
    /// - Returns: whether the patch could be applied; if not, what `write` was given is nothing.
    public static func apply(
        _ patch: [UInt8], to old: UnsafeBufferPointer<UInt8>, name: String,
        _ write: @escaping (UnsafeBufferPointer<UInt8>) -> Void
    ) -> Bool {
        (try? MergePatch.apply(patch, to: old, list: list(name), write)) != nil
    }

    /// What is a list in a file, and an object in its patches.
    private static func list(_ name: String) -> KeyedList? { name == catalogName ? messages : nil }

    /// What is patched of a file.
    private static func form(of bytes: [UInt8], _ name: String) throws(JSONParseError) -> [UInt8] {
        try list(name)?.object(of: bytes) ?? bytes
    }
}
