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
    ///   - list: the list of `target` that is an object to the patch; nil for none.
    /// - Returns: the patched text in canonical form, which has at most as many bytes as both have together.
    /// - Throws: ``JSONParseError`` for a text that is not canonical, or nests deeper than ``JSONValue/nestingLimit``.
    public static func apply(
        _ patch: [UInt8], to target: [UInt8], list: KeyedList? = nil
    ) throws(JSONParseError) -> [UInt8] {
        try target.withUnsafeBufferPointer { target throws(JSONParseError) in try merge(patch, target, list, nil) }
    }

    /// Applies a merge patch, and hands over what comes of it in pieces, so that it is never held whole.
    ///
    /// - Parameters:
    ///   - patch: a patch in canonical form.
    ///   - target: JSON in canonical form.
    ///   - list: the list of `target` that is an object to the patch; nil for none.
    ///   - write: is given the patched text, piece by piece. What it was given before an error is no text.
    /// - Throws: as ``apply(_:to:list:)``.
    public static func apply(
        _ patch: [UInt8], to target: UnsafeBufferPointer<UInt8>, list: KeyedList? = nil,
        _ write: @escaping (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(JSONParseError) {
        let rest = try merge(patch, target, list, write)
        rest.withUnsafeBufferPointer(write)
    }

    /// Patches a text; what `write` has not been given is what it returns.
    private static func merge(
        _ patch: [UInt8], _ target: UnsafeBufferPointer<UInt8>, _ list: KeyedList?,
        _ write: ((UnsafeBufferPointer<UInt8>) -> Void)?
    ) throws(JSONParseError) -> [UInt8] {
        try patch.withUnsafeBufferPointer { bytes throws(JSONParseError) in
            let (patchText, targetText) = (CanonicalText(bytes: bytes), CanonicalText(bytes: target))
            let (change, value) = (try whole(patchText), try whole(targetText))
            if let list, try !list.isInOneOrder(targetText, value, patchText, change) {
                return try list.list(of: apply(patch, to: list.object(of: Array(target))))
            }
            var merge = Merge(patch: patchText, target: targetText, list: list, write: write)
            if write == nil { merge.bytes.reserveCapacity(target.count) }
            try merge.append(value, change, depth: 0)
            return merge.bytes
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
    /// What is a list in the target, and an object in the patch.
    let list: KeyedList?
    /// Is given what there is of the result when it is ``pieceLength`` long; nil where it stays in ``bytes``.
    let write: ((UnsafeBufferPointer<UInt8>) -> Void)?
    var bytes: [UInt8] = []

    private static let pieceLength = 1 << 16

    /// - Parameters:
    ///   - value: what is patched; nil where there is nothing.
    ///   - change: the patch.
    ///   - key: where `value` is a list that the patch sees as an object, the member that names its elements.
    mutating func append(
        _ value: Range<Int>?, _ change: Range<Int>, key: String? = nil, depth: Int
    ) throws(JSONParseError) {
        guard patch.bytes[change.lowerBound] == 0x7B else { return append(patch.bytes[change]) }
        guard depth <= JSONValue.nestingLimit else { throw patch.error(change.lowerBound) }
        var changes = CanonicalMembers(patch, at: change.lowerBound)
        var members = value.flatMap { Members(target, at: $0.lowerBound, key: key) }
        bytes.append(key == nil ? 0x7B : 0x5B)
        var isFirst = true
        var old = try members?.next()
        var new = try changes.next()
        while old != nil || new != nil {
            if let member = old, new.map({ canonicalKeyPrecedes(member.name, $0.name) }) ?? true {
                separate(&isFirst)
                append(target.bytes[key == nil ? member.whole : member.value])
                old = try members?.next()
            } else if let member = new {
                let isThere = old.map { sameBytes($0.name, member.name) } ?? false
                if patch.bytes[member.value.lowerBound] != 0x6E {
                    separate(&isFirst)
                    if key == nil { append(patch.bytes[member.whole.lowerBound..<member.value.lowerBound]) }
                    let isList = depth == 0 && list.map { sameBytes($0.list, member.name) } ?? false
                    try append(
                        isThere ? old?.value : nil, member.value, key: isList ? list?.key : nil, depth: depth + 1)
                }
                if isThere { old = try members?.next() }
                new = try changes.next()
            }
        }
        bytes.append(key == nil ? 0x7D : 0x5D)
    }

    private mutating func separate(_ isFirst: inout Bool) {
        if !isFirst { bytes.append(0x2C) }
        isFirst = false
    }

    private mutating func append(_ piece: Slice<UnsafeBufferPointer<UInt8>>) {
        let piece = UnsafeBufferPointer(rebasing: piece)
        guard let write, bytes.count + piece.count >= Merge.pieceLength else { return bytes.append(piece) }
        bytes.withUnsafeBufferPointer(write)
        bytes.removeAll(keepingCapacity: true)
        write(piece)
    }

    /// What is patched member by member. What is no object counts as an empty one.
    private enum Members {
        case members(CanonicalMembers)
        case elements(KeyedElements)

        init?(_ text: CanonicalText, at place: Int, key: String?) {
            switch (key, text.bytes[place]) {
            case (nil, 0x7B): self = .members(CanonicalMembers(text, at: place))
            case (let key?, 0x5B): self = .elements(KeyedElements(text, by: key, at: place))
            default: return nil
            }
        }

        mutating func next() throws(JSONParseError) -> CanonicalMember? {
            switch self {
            case .members(var members):
                let next = try members.next()
                self = .members(members)
                return next
            case .elements(var elements):
                let next = try elements.next()
                self = .elements(elements)
                return next
            }
        }
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
