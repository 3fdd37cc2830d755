import ByteText
import SourceDiagnostics

/// What of a message a change is about.
package enum ChangedAspect: String, Sendable, CaseIterable {
    /// Whom it is for: its audience and what it asks of its event.
    case audience
    /// What brings it up, and when after that.
    case trigger
    /// When it may show: its window, hours and days.
    case schedule
    /// How often it may show, and before which others.
    case limits
    /// Its variants and the shares of users.
    case experiment
    /// Where its buttons and links lead.
    case links
    case images
    /// Its template, and fields that are no texts.
    case appearance
    /// Texts of the source.
    case text
    /// Texts in other languages.
    case translation
}

/// A value that is other than it was.
package struct ChangedValue: Sendable, Equatable {
    /// What it is: `schedule end`, `action view`.
    package var name: String
    package var aspect: ChangedAspect
    /// What it was; nil where there was none.
    package var former: String?
    /// What it is; nil where there is none.
    package var now: String?
}

/// A text that is other than it was.
package struct ChangedText: Sendable {
    package var locale: String
    /// The text's name in its message: `title`, and `+urgent/title` of a variant.
    package var name: String
    /// Whether there was one before, and is one now.
    package var change: Change
    /// The words that changed, in order; of a text that is new or gone all of them.
    package var words: [WordChange]
    /// The text as it was written, and as it is; empty where there was, or is, none.
    package var former: [UInt8]
    package var now: [UInt8]

    package enum Change: String, Sendable, CaseIterable {
        case added, removed, changed
    }
}

/// What a change of conditions does in one direction.
package enum AudienceMovement: Sendable, Equatable {
    /// Nobody: proved.
    case nobody
    /// At least this user, whom both versions were asked about.
    case user(String)
    /// Not decided: what the conditions ask cannot be told without running them.
    case undecided
}

/// Who sees a message by its new conditions and did not by the former ones, and the other way round.
package struct AudienceDifference: Sendable, Equatable {
    package var gained: AudienceMovement
    package var lost: AudienceMovement
}

/// What became of a message.
package struct MessageDifference: Sendable {
    package enum Change: String, Sendable, CaseIterable {
        case added, removed, changed
    }

    package var id: String
    /// Path of its source, as it is now, or was.
    package var file: String
    package var change: Change
    package var values: [ChangedValue] = []
    package var texts: [ChangedText] = []
    /// Locales whose translation is new, or gone, as a whole: their texts are not in ``texts``.
    package var addedLocales: [String] = []
    package var removedLocales: [String] = []
    /// Variables that its source texts read now and did not, and the other way round.
    package var addedVariables: [String] = []
    package var removedVariables: [String] = []
    /// What a change of its conditions means; nil where they are the same, or where its event is another.
    package var audience: AudienceDifference?
    /// The message that was removed and had the same texts: what users have seen of that does not count for this.
    package var formerID: String?
    /// Whether it says something else altogether: what users have seen of the former one counts for this.
    package var isReused = false

    /// What the change is about, in the order of the declaration.
    package var aspects: [ChangedAspect] {
        var found = Set(values.map(\.aspect))
        found.formUnion(texts.map { $0.aspect(of: self) })
        if !addedLocales.isEmpty || !removedLocales.isEmpty { found.insert(.translation) }
        return ChangedAspect.allCases.filter(found.contains)
    }

    var isEmpty: Bool { change == .changed && aspects.isEmpty }

    /// The locale of the source, whose texts are not translations.
    var source = ""
}

extension ChangedText {
    fileprivate func aspect(of message: MessageDifference) -> ChangedAspect {
        locale == message.source ? .text : .translation
    }
}

/// What became of a project.
package struct ProjectDifference: Sendable {
    /// What `placard.yaml` declares otherwise.
    package var declarations: [ChangedValue]
    /// Files of templates, scenarios and images that are new, gone or other: path and what became of it.
    package var files: [(path: String, change: MessageDifference.Change)]
    /// Those with a difference, in the order of their ids.
    package var messages: [MessageDifference]

    package var isEmpty: Bool { declarations.isEmpty && files.isEmpty && messages.isEmpty }

    package func count(_ change: MessageDifference.Change) -> Int { messages.count { $0.change == change } }
}

/// Compares two projects that were compiled with `keepsUnits`.
///
/// Messages are the same by their ids. What does not compile is compared as far as it was understood.
package func difference(from base: Compilation, to head: Compilation) -> ProjectDifference {
    let (former, now) = (VersionedMessages(base), VersionedMessages(head))
    let ids = Set(former.messages.keys).union(now.messages.keys).sorted(by: utf8Less)
    let shares = sharesAll(former, now)
    var messages = concurrentMap(ids.count) { index -> MessageDifference? in
        let id = ids[index]
        switch (former.messages[id], now.messages[id]) {
        case (let old?, let new?):
            // Of most messages nothing has changed.
            if shares, former.ownFiles(of: old).elementsEqual(now.ownFiles(of: new), by: isSame) { return nil }
            return changed(old, new, former, now)
        case (nil, let new?):
            return MessageDifference(id: id, file: new.definition.file, change: .added)
        case (let old, nil):
            return MessageDifference(id: id, file: old?.definition.file ?? "", change: .removed)
        }
    }.compactMap { $0 }.filter { !$0.isEmpty }
    nameFormerIDs(&messages, former, now)
    let moved = messages.indices.filter { messages[$0].aspects.contains(.audience) }
    if !moved.isEmpty {
        let movements = AudienceComparison(base, head, Set(moved.map { messages[$0].id }))
        for index in moved { messages[index].audience = movements.compare(messages[index].id) }
    }
    return ProjectDifference(
        declarations: changes(from: declarations(base.project), to: declarations(head.project)),
        files: changedFiles(from: base.files, to: head.files), messages: messages)
}

/// The messages of one version, by id.
struct VersionedMessages: Sendable {
    let compilation: Compilation
    let messages: [String: CompiledMessage]

    init(_ compilation: Compilation) {
        self.compilation = compilation
        messages = Dictionary(compilation.messages.map { ($0.definition.id, $0) }) { first, _ in first }
    }

    var source: String { compilation.project.source }

    /// The files that a message was made of, and no other.
    func ownFiles(of message: CompiledMessage) -> [ProjectFiles.File] {
        message.files.map { compilation.files.files[$0] }
    }
}

/// Whether all that messages share is the same in both versions: declarations, templates, defaults, images. Then a message whose
/// own files are the same is the same.
private func sharesAll(_ former: VersionedMessages, _ now: VersionedMessages) -> Bool {
    func shared(_ version: VersionedMessages) -> [ProjectFiles.File] {
        let own = Set(version.compilation.messages.flatMap(\.files))
        let files = version.compilation.files.files
        // The lock tells of translations in which state they are, and a scenario what it expects.
        return files.indices.filter { !own.contains($0) }.map { files[$0] }.filter {
            $0.path != TranslationLock.path && !$0.path.hasPrefix("scenarios/")
        }
    }
    return shared(former).elementsEqual(shared(now), by: isSame)
}

private func isSame(_ first: ProjectFiles.File, _ second: ProjectFiles.File) -> Bool {
    first.path == second.path && first.bytes == second.bytes
}

private func changed(
    _ old: CompiledMessage, _ new: CompiledMessage, _ former: VersionedMessages, _ now: VersionedMessages
) -> MessageDifference {
    var result = MessageDifference(id: new.definition.id, file: new.definition.file, change: .changed)
    result.source = now.source
    result.values = changes(
        from: settings(of: old, in: former.compilation), to: settings(of: new, in: now.compilation))
    let (oldTexts, newTexts) = (MessageWords(old, former.source), MessageWords(new, now.source))
    result.addedLocales = newTexts.locales.filter { !oldTexts.locales.contains($0) }
    result.removedLocales = oldTexts.locales.filter { !newTexts.locales.contains($0) }
    result.texts = changedTexts(from: oldTexts, to: newTexts)
    let (oldNames, newNames) = (oldTexts.variables(now.source), newTexts.variables(now.source))
    result.addedVariables = newNames.subtracting(oldNames).sorted(by: utf8Less)
    result.removedVariables = oldNames.subtracting(newNames).sorted(by: utf8Less)
    result.isReused = newTexts.isOther(than: oldTexts, now.source)
    return result
}

/// Says of messages that are new which removed one they were: that with the same texts.
private func nameFormerIDs(
    _ messages: inout [MessageDifference], _ former: VersionedMessages, _ now: VersionedMessages
) {
    var removed: [[UInt8]: String] = [:]
    for message in messages where message.change == .removed {
        guard let old = former.messages[message.id] else { continue }
        let words = MessageWords(old, former.source).identity(former.source)
        if !words.isEmpty { removed[words] = message.id }
    }
    for index in messages.indices where messages[index].change == .added {
        guard let new = now.messages[messages[index].id] else { continue }
        messages[index].formerID = removed[MessageWords(new, now.source).identity(now.source)]
    }
}

/// Files that are no messages: of templates, scenarios, and images.
private func changedFiles(
    from base: ProjectFiles, to head: ProjectFiles
) -> [(path: String, change: MessageDifference.Change)] {
    func isOther(_ path: String) -> Bool {
        path.hasPrefix("templates/") || path.hasPrefix("scenarios/") || path.hasPrefix("content/") && !isSource(path)
    }
    var result: [(path: String, change: MessageDifference.Change)] = []
    for file in base.files where isOther(file.path) {
        switch head[file.path] {
        case nil: result.append((file.path, .removed))
        case let bytes?: if bytes != file.bytes { result.append((file.path, .changed)) }
        }
    }
    for file in head.files where isOther(file.path) && base[file.path] == nil { result.append((file.path, .added)) }
    return result.sorted { utf8Less($0.path, $1.path) }
}

/// A value with its name, of one version.
struct NamedValue: Sendable {
    var name: String
    var aspect: ChangedAspect
    var value: String
}

/// The values that differ, in the order of the new version; those that are gone behind them.
func changes(from former: [NamedValue], to now: [NamedValue]) -> [ChangedValue] {
    let old = Dictionary(former.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(now.map(\.name))
    var result: [ChangedValue] = []
    for value in now {
        let before = old[value.name]?.value
        // Byte by byte: two forms of one letter are a change.
        if let before, before.utf8.elementsEqual(value.value.utf8) { continue }
        result.append(ChangedValue(name: value.name, aspect: value.aspect, former: before, now: value.value))
    }
    for value in former where !names.contains(value.name) {
        result.append(ChangedValue(name: value.name, aspect: value.aspect, former: value.value, now: nil))
    }
    return result
}
