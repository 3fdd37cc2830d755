import SourceDiagnostics

/// What compiling one message gives.
struct MessageResult: Sendable {
    /// Nil where there is no source.
    var message: CompiledMessage?
    var diagnostics: [Diagnostic]
}

/// What a compilation found of each message, for the next one over nearly the same files.
///
/// A message depends on its own files, on the names of all files, and on everything that messages share: `placard.yaml`, templates,
/// defaults, images, the lock. So a result holds as long as no file came or went, none of the shared ones changed, and none of its
/// own did.
package struct FormerMessages: Sendable {
    let files: ProjectFiles
    let messages: [MessageFiles]
    let results: [MessageResult]

    /// The results that hold for other files, by the place of their messages in `content`; nil in the place of those that do not.
    func results(for content: ContentIndex, in other: ProjectFiles) -> [MessageResult?] {
        let none = [MessageResult?](repeating: nil, count: content.messages.count)
        guard files.files.count == other.files.count, messages.count == content.messages.count,
            files.problems.isEmpty, other.problems.isEmpty
        else { return none }
        var changed: Set<Int> = []
        for index in files.files.indices {
            guard files.files[index].path == other.files[index].path else { return none }
            if files.files[index].bytes != other.files[index].bytes { changed.insert(index) }
        }
        var own = changed
        for message in content.messages { own.subtract(message.all) }
        guard own.isEmpty else { return none }
        return zip(content.messages, results).map { message, result in
            changed.isDisjoint(with: message.all) ? result : nil
        }
    }
}
