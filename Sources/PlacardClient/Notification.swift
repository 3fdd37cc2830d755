import CanonicalJSON
import PlacardBundle
import PlacardEngine

extension PlacardClient {
    /// The notification of a payload that `placard build` wrote, worded for this user with the values that the server
    /// put into it.
    ///
    /// It reads the payload alone, no bundle and no folder, so that an app's notification service extension can call it:
    ///
    /// ```swift
    /// if let push = PlacardClient.notification(payload, report: { log($0) }) {
    ///     content.title = push.title ?? content.title
    ///     content.body = push.body
    /// }
    /// ```
    ///
    /// A text of the alert, which is whole, stands where the app cannot word it: where a value is missing that has no
    /// fallback.
    ///
    /// - Parameters:
    ///   - payload: the payload as Apple's service brings it: `aps`, and `placard` as an object or, by way of Firebase, as
    ///     the text of one. On Android, the `data` of a message into which the server has moved `title` and `body`.
    ///   - context: what the app knows of the user, by group, as for ``decide(event:properties:context:)``: it counts for
    ///     what the server gave no value of.
    ///   - environment: time zone, languages, numbers and dates; the device's own unless a test says otherwise.
    ///   - report: is told why a part is not as its author worded it, and why there is nothing.
    /// - Returns: the texts, and the link when the project's rules allow it; nil for a payload of somebody else's.
    public static func notification(
        _ payload: JSONValue, context: JSONValue = [:], environment: ClientEnvironment = .system,
        report: (PushProblem) -> Void = { _ in }
    ) -> RenderedPush? {
        let data: PushData
        switch pushData(payload["placard"] ?? payload["data"]?["placard"]) {
        case .success(let read): data = read
        case .failure(let problem):
            report(problem)
            return nil
        }
        let alert = payload["aps"]?["alert"] ?? payload["notification"] ?? payload["data"] ?? payload
        let wording = PushWording(
            data, on: environment.platform, timeZone: environment.timeZone(), context: context)
        wording.misfits.forEach(report)
        /// What is there; the rest is reported.
        func found(_ result: Result<String, PushProblem>?) -> String? {
            switch result {
            case .success(let text)?: return text
            case .failure(let problem)?: report(problem)
            case nil: break
            }
            return nil
        }
        let title = found(wording.text(.title)) ?? alert["title"]?.string
        guard let body = found(wording.text(.body)) ?? alert["body"]?.string else {
            report(.unreadable("there is no alert with a body"))
            return nil
        }
        return RenderedPush(title: title, body: body, link: found(wording.link))
    }

    private static func pushData(_ json: JSONValue?) -> Result<PushData, PushProblem> {
        guard var json else { return .failure(.unreadable("there is no member placard")) }
        if let text = json.string {
            guard let parsed = try? JSONValue(parsing: Array(text.utf8)) else {
                return .failure(.unreadable("placard is not the text of a JSON document"))
            }
            json = parsed
        }
        do throws(BundleError) { return .success(try PushData(json: json)) } catch {
            return .failure(.unreadable("placard: \(error)"))
        }
    }
}
