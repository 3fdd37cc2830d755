import Foundation
import PlacardBundle
import PlacardEngine
import TUF

// Getting bundles. Whatever goes wrong, what was in use stays in use.

/// How long to wait between updates, or until events are delivered again.
struct UpdatePace {
    /// After one that went well, and at most.
    let interval: Duration
    private var afterFailure = Duration.seconds(30)

    init(interval: Duration) { self.interval = interval }

    /// The time until the next: after failures half a minute, then twice as long each time.
    mutating func pause(hasFailed: Bool) -> Duration {
        guard hasFailed else {
            self = UpdatePace(interval: interval)
            return interval
        }
        defer { afterFailure = min(afterFailure * 2, interval) }
        return min(afterFailure, interval)
    }
}

extension PlacardClient {
    /// Fetches the newest bundle and puts it to use.
    ///
    /// Only what changed is fetched. Two updates at once are one. Call it at the start of the app, and when the user's
    /// languages change; ``keepUpdated(every:)`` does it now and then.
    ///
    /// - Parameter limit: how long it may take in all, whatever the source does.
    /// - Throws: ``ClientError``; the bundle in use stays in use. It ends when its task is cancelled, too.
    @discardableResult
    public func update(within limit: Duration = .seconds(60)) async throws(ClientError) -> UpdateOutcome {
        opened()
        let flight = flight ?? begin(within: limit)
        let (number, ticket) = (flight.number, flight.makeTicket(on: self))
        let outcome = await withTaskCancellationHandler {
            await end(of: flight, ticket)
        } onCancel: {
            Task { await self.leave(number, ticket) }
        }
        return try outcome.get()
    }

    /// Updates at once and then again and again, until its task is cancelled. After failures it waits half a minute, then
    /// twice as long each time, but no longer than `interval`; what fails is told to the client's `report`.
    ///
    /// ```swift
    /// .task { await client.keepUpdated() }
    /// ```
    ///
    /// - Parameter interval: the time between updates, give or take a quarter, so that not all devices ask at once.
    public func keepUpdated(every interval: Duration = .seconds(3600)) async {
        var pace = UpdatePace(interval: interval)
        while !Task.isCancelled {
            var hasFailed = false
            do throws(ClientError) {
                try await update()
            } catch {
                guard error != .cancelled else { return }
                report(error)
                hasFailed = true
            }
            try? await Task.sleep(for: pace.pause(hasFailed: hasFailed) * Double.random(in: 0.75...1.25))
        }
    }

    /// The bytes of an image of the bundle, from the folder or the source, checked like everything else.
    ///
    /// - Parameter key: the `src` of an image in a message's content.
    /// - Throws: ``ClientError``.
    public func asset(_ key: String) async throws(ClientError) -> [UInt8] {
        guard let bundle = opened(), let entry = bundle.manifest.assets[key] else { throw .unknownAsset(key) }
        if let stored = target(entry.target, in: bundle)?.contents() { return stored }
        let bytes = try await fetched(entry.target)
        try folder.store(bytes, of: entry.target)
        return bytes
    }

    // MARK: Flights

    /// A closure that says nothing of the client would wait somewhere else than the client is, and meet the flight as it lands.
    private func end(of flight: Flight, _ ticket: Int) async -> Flight.Outcome {
        await withCheckedContinuation { flight.wait(ticket, $0, on: self) }
    }

    private func begin(within limit: Duration) -> Flight {
        flightCount += 1
        let number = flightCount
        let new = Flight(number: number)
        flight = new
        new.tasks = [
            Task { await self.fly(number) },
            Task {
                try? await Task.sleep(for: limit)
                if !Task.isCancelled { self.land(number, .failure(.timedOut)) }
            },
        ]
        return new
    }

    private func fly(_ number: Int) async {
        do throws(ClientError) {
            land(number, .success(try await fetchBundle(number)))
        } catch {
            land(number, .failure(error))
        }
    }

    private func land(_ number: Int, _ outcome: Flight.Outcome) {
        guard let current = flight, current.number == number else { return }
        flight = nil
        current.land(outcome, on: self)
    }

    private func leave(_ number: Int, _ ticket: Int) {
        guard let current = flight, current.number == number, current.leave(ticket, on: self) else { return }
        land(number, .failure(.cancelled))
    }

    /// What comes after the update has ended for everybody is not looked at, and nothing of it is kept.
    private func stop(unless number: Int) throws(ClientError) {
        guard flight?.number == number else { throw .cancelled }
    }

    // MARK: Bundles

    private func fetchBundle(_ number: Int) async throws(ClientError) -> UpdateOutcome {
        let (bytes, tag) = try await root == nil ? manifest(number) : signedManifest(number)
        let manifest = try readManifest(bytes)
        if let current = bundle?.manifest.release, manifest.release < current, !mayFall {
            throw .rollback(release: manifest.release, current: current)
        }
        guard manifest.engine <= Manifest.engineVersion else { return .needsNewerEngine(manifest.engine) }
        let languages = environment.languages()
        let locale = manifest.locale(for: languages)
        if let bundle, bundle.manifest == manifest, bundle.locale == locale {
            folder.store(tag: tag)
            return .unchanged
        }
        if root == nil { try checkContent(manifest) }
        guard let texts = manifest.locales[locale] else { throw .missingLocale(locale) }
        let catalog = try await target(manifest.catalog, number)
        let localized = try await target(texts.target, number)
        // Nothing is kept that cannot be used.
        let new = try LoadedBundle(
            manifest, locale: locale, catalog: catalog, texts: localized, platform: environment.platform, known: bundle)
        return try putToUse(new, bytes, tag)
    }

    /// Keeps what was fetched, and puts it to use; when another process on the folder has come further meanwhile, what that
    /// one keeps.
    private func putToUse(
        _ new: LoadedBundle, _ manifest: [UInt8], _ tag: EntityTag?
    ) throws(ClientError) -> UpdateOutcome {
        let old = Set((bundle?.manifest.targetEntries ?? []).map(\.sha256))
        do {
            bundle = try folder.exclusively {
                if !mayFall, let further = keptBundle(after: new.manifest.release) { return further }
                for file in new.files { try folder.keep(file) }
                try folder.store(manifest: manifest)
                folder.store(tag: tag)
                return new
            }
        } catch {
            folder.removeTargets(ours: Set(new.files.map(\.entry.sha256)))
            throw storageError(error, folder.url.path)
        }
        folder.removeTargets(ours: old)
        return .updated
    }

    /// The bundle in the folder, when it is whole and of a later release.
    private func keptBundle(after release: Int64) -> LoadedBundle? {
        guard let bytes = folder.storedManifest(), let manifest = try? Manifest(reading: bytes),
            manifest.release > release
        else { return nil }
        return try? LoadedBundle(in: folder, environment.languages(), environment.platform)
    }

    /// The manifest of a bundle that is not signed, and what the source calls it.
    private func manifest(_ number: Int) async throws(ClientError) -> (bytes: [UInt8], tag: EntityTag?) {
        let kept = bundle?.shipped == nil ? folder.storedManifest() : nil
        let stored = kept == nil ? nil : folder.storedTag(of: manifestPath)
        switch try await respond(manifestPath, limit: PlacardClient.manifestLimit, tag: stored?.asked) {
        case .file(let bytes, let tag):
            try stop(unless: number)
            return (bytes, EntityTag(tag, of: manifestPath, bytes, kept: kept, stored: stored))
        case .unchanged:
            try stop(unless: number)
            guard let kept else { throw .unavailable(path: manifestPath, reason: "it is said not to have changed") }
            return (kept, stored)
        case .missing(let reason): throw .unavailable(path: manifestPath, reason: reason)
        }
    }

    /// A target that was checked: from the folder, else from the bundle that shipped, else from the source.
    private func target(_ entry: TargetEntry, _ number: Int) async throws(ClientError) -> StoredFile {
        if let stored = target(entry, in: bundle) { return stored }
        let new: StoredFile
        if let patched = try await patched(entry, number) {
            new = patched
        } else {
            new = try await written(entry, number)
        }
        flight?.files.append(new.file)
        return new
    }

    /// A target from the source, written as it comes where the source can do that.
    private func written(_ entry: TargetEntry, _ number: Int) async throws(ClientError) -> StoredFile {
        try stop(unless: number)
        try refuseTooLarge(entry)
        let new = try folder.newTarget(entry)
        flight?.files.append(new)
        let limit = Int(entry.bytes)
        let response = try await respond(entry.path, limit: limit) { piece in
            guard new.write(piece, limit: limit) else { throw SourceError.tooLong }
        }
        try stop(unless: number)
        let bytes = try file(response, entry.path)
        if !bytes.isEmpty { try check(bytes, against: entry) }
        bytes.withUnsafeBytes { _ = new.write($0) }
        return try folder.stored(new, entry)
    }

    /// A target that need not be fetched.
    func target(_ entry: TargetEntry, in bundle: LoadedBundle?) -> StoredFile? {
        bundle?.file(of: entry) ?? folder.storedTarget(entry) ?? bundle?.shipped?.target(entry)
    }

    private func fetched(_ entry: TargetEntry) async throws(ClientError) -> [UInt8] {
        try refuseTooLarge(entry)
        let bytes = try await file(entry.path, limit: Int(entry.bytes))
        try check(bytes, against: entry)
        return bytes
    }

    private func refuseTooLarge(_ entry: TargetEntry) throws(ClientError) {
        guard entry.bytes <= Int64(PlacardClient.targetLimit) else {
            throw .tooLarge(path: entry.path, limit: PlacardClient.targetLimit)
        }
    }

    /// The bytes of a file that must be there.
    func file(_ path: String, limit: Int) async throws(ClientError) -> [UInt8] {
        try file(try await respond(path, limit: limit), path)
    }

    private func file(_ response: BundleResponse, _ path: String) throws(ClientError) -> [UInt8] {
        switch response {
        case .file(let bytes, _): return bytes
        case .missing(let reason): throw .unavailable(path: path, reason: reason)
        case .unchanged: throw .unavailable(path: path, reason: "it is said not to have changed")
        }
    }

    /// Asks the source; an answer that is longer than it may be is none.
    func respond(
        _ path: String, limit: Int, tag: String? = nil, write: BundleRequest.Write? = nil
    ) async throws(ClientError) -> BundleResponse {
        let response: BundleResponse
        do {
            response = try await source.respond(
                BundleRequest(path: path, lengthLimit: limit, entityTag: tag, write: write))
        } catch SourceError.tooLong {
            throw ClientError.tooLarge(path: path, limit: limit)
        } catch is CancellationError {
            throw ClientError.cancelled
        } catch {
            throw ClientError.unavailable(path: path, reason: words(error))
        }
        if case .file(let bytes, _) = response, bytes.count > limit { throw .tooLarge(path: path, limit: limit) }
        return response
    }
}
