import ByteText

/// JSON Merge Patch (RFC 7396) for texts in canonical form (RFC 8785).
///
/// Both texts are walked over side by side, so that time and memory grow with their lengths alone: no tree is built of either,
/// whatever their size. Texts that are not canonical are refused where that is seen, and else give bytes that are no more
/// canonical than they are: whoever gets them from elsewhere knows a hash of what must come out.
public enum MergePatch {
    /// What makes one text of another.
    ///
    /// - Parameters:
    ///   - old: JSON in canonical form.
    ///   - new: JSON in canonical form.
    /// - Returns: a merge patch in canonical form; nil when there is none, as `new` has a member that is `null`, which in a
    ///   patch means that the member goes.
    /// - Throws: ``JSONParseError`` for a text that is not canonical, or nests deeper than ``JSONValue/nestingLimit``.
    public static func make(from old: [UInt8], to new: [UInt8]) throws(JSONParseError) -> [UInt8]? {
        try old.withUnsafeBufferPointer { old throws(JSONParseError) in
            try new.withUnsafeBufferPointer { new throws(JSONParseError) in
                let (oldText, newText) = (CanonicalText(bytes: old), CanonicalText(bytes: new))
                var difference = Difference(old: oldText, new: newText)
                let isWhole = try difference.append(try whole(oldText), try whole(newText), depth: 0)
                return isWhole ? difference.bytes : nil
            }
        }
    }

    /// Applies a merge patch.
    ///
    /// - Parameters:
    ///   - patch: a patch in canonical form.
    ///   - target: JSON in canonical form.
    /// - Returns: the patched text in canonical form, which has at most as many bytes as both have together.
    /// - Throws: ``JSONParseError`` for a text that is not canonical, or nests deeper than ``JSONValue/nestingLimit``.
    public static func apply(_ patch: [UInt8], to target: [UInt8]) throws(JSONParseError) -> [UInt8] {
        try patch.withUnsafeBufferPointer { patch throws(JSONParseError) in
            try target.withUnsafeBufferPointer { target throws(JSONParseError) in
                let (patchText, targetText) = (CanonicalText(bytes: patch), CanonicalText(bytes: target))
                var merge = Merge(patch: patchText, target: targetText)
                let (change, value) = (try whole(patchText), try whole(targetText))
                merge.bytes.reserveCapacity(target.count)
                try merge.append(value, change, depth: 0)
                return merge.bytes
            }
        }
    }

    /// The place of the one value that a text is.
    private static func whole(_ text: CanonicalText) throws(JSONParseError) -> Range<Int> {
        let end = try text.end(from: 0)
        guard end == text.bytes.count else { throw text.error(end) }
        return 0..<end
    }
}

/// `MergePatch` of RFC 7396, section 2.
private struct Merge {
    let patch: CanonicalText
    let target: CanonicalText
    var bytes: [UInt8] = []

    /// - Parameters:
    ///   - value: what is patched; nil where there is nothing.
    ///   - change: the patch.
    mutating func append(_ value: Range<Int>?, _ change: Range<Int>, depth: Int) throws(JSONParseError) {
        guard patch.bytes[change.lowerBound] == 0x7B else {
            bytes.append(UnsafeBufferPointer(rebasing: patch.bytes[change]))
            return
        }
        guard depth <= JSONValue.nestingLimit else { throw patch.error(change.lowerBound) }
        var changes = CanonicalMembers(patch, at: change.lowerBound)
        // What is no object counts as an empty one.
        var members = value.flatMap { value in
            target.bytes[value.lowerBound] == 0x7B ? CanonicalMembers(target, at: value.lowerBound) : nil
        }
        bytes.append(0x7B)
        var isFirst = true
        var old = try members?.next()
        var new = try changes.next()
        while old != nil || new != nil {
            if let member = old, new.map({ canonicalKeyPrecedes(member.name, $0.name) }) ?? true {
                append(target.bytes[member.whole], &isFirst)
                old = try members?.next()
            } else if let member = new {
                let isThere = old.map { sameBytes($0.name, member.name) } ?? false
                if patch.bytes[member.value.lowerBound] != 0x6E {
                    append(patch.bytes[member.whole.lowerBound..<member.value.lowerBound], &isFirst)
                    try append(isThere ? old?.value : nil, member.value, depth: depth + 1)
                }
                if isThere { old = try members?.next() }
                new = try changes.next()
            }
        }
        bytes.append(0x7D)
    }

    /// Appends a member, or the name and the colon of one.
    private mutating func append(_ member: Slice<UnsafeBufferPointer<UInt8>>, _ isFirst: inout Bool) {
        if !isFirst { bytes.append(0x2C) }
        isFirst = false
        bytes.append(UnsafeBufferPointer(rebasing: member))
    }
}

/// The patch that leads from one text to another.
private struct Difference {
    let old: CanonicalText
    let new: CanonicalText
    var bytes: [UInt8] = []

    /// Appends what makes the new value of the old one.
    ///
    /// - Returns: whether a patch can say it.
    mutating func append(_ from: Range<Int>, _ to: Range<Int>, depth: Int) throws(JSONParseError) -> Bool {
        guard depth <= JSONValue.nestingLimit else { throw new.error(to.lowerBound) }
        guard old.bytes[from.lowerBound] == 0x7B, new.bytes[to.lowerBound] == 0x7B else {
            return try append(new: to, depth)
        }
        var olds = CanonicalMembers(old, at: from.lowerBound)
        var news = CanonicalMembers(new, at: to.lowerBound)
        bytes.append(0x7B)
        var isFirst = true
        var before = try olds.next()
        var after = try news.next()
        while before != nil || after != nil {
            if let gone = before, after.map({ canonicalKeyPrecedes(gone.name, $0.name) }) ?? true {
                begin(old.bytes[gone.whole.lowerBound..<gone.value.lowerBound], &isFirst)
                bytes.append("null")
                before = try olds.next()
            } else if let member = after {
                let was = before.flatMap { sameBytes($0.name, member.name) ? $0.value : nil }
                if was.map({ isSame($0, member.value) }) != true {
                    begin(new.bytes[member.whole.lowerBound..<member.value.lowerBound], &isFirst)
                    // Alone in an object, a null is a change that no patch can say.
                    guard new.bytes[member.value.lowerBound] != 0x6E else { return false }
                    let isSaid =
                        if let was { try append(was, member.value, depth: depth + 1) } else {
                            try append(new: member.value, depth + 1)
                        }
                    guard isSaid else { return false }
                }
                if was != nil { before = try olds.next() }
                after = try news.next()
            }
        }
        bytes.append(0x7D)
        return true
    }

    private mutating func begin(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ isFirst: inout Bool) {
        if !isFirst { bytes.append(0x2C) }
        isFirst = false
        bytes.append(UnsafeBufferPointer(rebasing: name))
    }

    private mutating func append(new value: Range<Int>, _ depth: Int) throws(JSONParseError) -> Bool {
        bytes.append(UnsafeBufferPointer(rebasing: new.bytes[value]))
        return try !new.hasNullMember(value, depth: depth)
    }

    private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        sameBytes(
            UnsafeBufferPointer(rebasing: old.bytes[one]), UnsafeBufferPointer(rebasing: new.bytes[other]))
    }
}
