import PlacardBundle
import PlacardEngine
import TUF

extension PlacardClient {
    /// The manifest of the newest release that was signed as the root says, by the workflow of a TUF client
    /// (specification, section 5).
    ///
    /// What is trusted of its metadata is kept at once, in the order that the workflow tells, so that nothing older is taken
    /// later; the bundle in use stays until all files of the new one are there.
    func signedManifest(_ number: Int) async throws(ClientError) -> (bytes: [UInt8], tag: EntityTag?) {
        let kept = folder.storedMetadata()
        var update = try beginUpdate(kept)
        var tag: EntityTag?
        while let request = update.request {
            let path = "metadata/" + request.path
            let stored = kept[request.path] == nil ? nil : folder.storedTag(of: path)
            let bytes: [UInt8]?
            var isUnchanged = false
            switch try await respond(path, limit: request.lengthLimit, tag: stored?.asked) {
            case .file(let file, let name):
                bytes = file
                if request.path == "timestamp.json" {
                    tag = EntityTag(name, of: path, file, kept: kept[request.path], stored: stored)
                }
            case .unchanged:
                (bytes, tag, isUnchanged) = (kept[request.path], stored, true)
            case .missing(let reason):
                guard request.mayBeMissing else { throw .unavailable(path: path, reason: reason) }
                bytes = nil
            }
            guard flight?.number == number else { throw .cancelled }
            do throws(UntrustedFile) {
                let changes = try update.receive(bytes)
                for change in changes { keep(change, since: kept) }
            } catch {
                // What is kept will not do, by the tag that says it is the newest: it is asked for anew.
                if isUnchanged { folder.store(tag: nil) }
                throw .untrusted(path: "metadata/" + error.file, error.reason)
            }
        }
        patches = offers(of: update)
        mayFall = update.mayFall
        guard let target = update.target(manifestPath) else { throw .untrusted(path: manifestPath, .notListed) }
        if let stored = folder.storedManifest(), isWhole(stored, target) { return (stored, tag) }
        let path = "targets/" + update.servedPath(of: target)
        guard target.length <= PlacardClient.manifestLimit else {
            throw .tooLarge(path: path, limit: PlacardClient.manifestLimit)
        }
        let bytes = try await file(path, limit: target.length)
        guard flight?.number == number else { throw .cancelled }
        do throws(TUFError) {
            try target.verify(bytes)
        } catch {
            throw .untrusted(path: path, error)
        }
        return (bytes, tag)
    }

    /// Begins with the newest root that is trusted: the one that was kept, or the one that came with the app.
    private func beginUpdate(_ kept: [String: [UInt8]]) throws(ClientError) -> MetadataUpdate {
        let now = UTCTime(seconds: environment.now().seconds)
        let old = kept["root.json"].flatMap { try? MetadataUpdate(root: $0, kept: kept, now: now) }
        do throws(UntrustedFile) {
            let shipped = try MetadataUpdate(root: root ?? [], kept: kept, now: now)
            guard let old, old.root.version > shipped.root.version else { return shipped }
            return old
        } catch {
            guard let old else { throw .untrusted(path: error.file, error.reason) }
            return old
        }
    }

    /// What cannot be kept is told, and no reason not to go on: it will be fetched again.
    private func keep(_ change: MetadataUpdate.Change, since kept: [String: [UInt8]]) {
        do {
            try folder.apply(change, since: kept)
        } catch {
            report(storageError(error, "metadata"))
        }
    }

    private func isWhole(_ bytes: [UInt8], _ target: TargetFile) -> Bool {
        do throws(TUFError) {
            try target.verify(bytes)
            return true
        } catch {
            return false
        }
    }
}
