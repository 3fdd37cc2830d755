import CanonicalJSON
import PlacardBundle
import PlacardEngine

extension PlacardClient {
    /// The notification of a payload that `placard build` wrote and a server has filled in, worded for this user.
    ///
    /// It reads the payload alone, no bundle and no folder, so that an app's notification service extension can call it:
    ///
    /// ```swift
    /// if let push = PlacardClient.notification(payload) {
    ///     content.title = push.title ?? content.title
    ///     content.body = push.body
    /// }
    /// ```
    ///
    /// A text of the alert stands where the app cannot word it: where a value is missing that has no fallback.
    ///
    /// - Parameter payload: the payload as Apple's service brings it: `aps`, and `placard` as an object or, by way of
    ///   Firebase, as the text of one.
    /// - Parameter context: what the app knows of the user, by group, as for
    ///   ``decide(event:properties:context:)``: it counts for what the server gave no value of.
    /// - Returns: the texts, and the link when the project's rules allow it; nil for a payload of somebody else's, and
    ///   for one whose text has a place for a value that nobody filled, so that no placeholder is ever shown.
    public static func notification(
        _ payload: JSONValue, context: JSONValue = [:], environment: ClientEnvironment = .system
    ) -> RenderedPush? {
        let alert = payload["aps"]?["alert"] ?? payload["notification"]
        guard let body = alert?["body"]?.string, let data = pushData(payload["placard"] ?? payload["data"]?["placard"])
        else { return nil }
        func text(_ text: BundleText?) -> String? {
            text.flatMap {
                data.rendered($0, on: environment.platform, timeZone: environment.timeZone(), context: context)
            }
        }
        /// The alert's own text, unless the server left a place for a value in it.
        func filled(_ text: String?) -> String? { text.flatMap { data.hasSlot($0) ? nil : $0 } }
        guard let body = text(data.body) ?? filled(body) else { return nil }
        let written = alert?["title"]?.string
        let title = text(data.title) ?? filled(written)
        guard title != nil || written == nil else { return nil }
        return RenderedPush(title: title, body: body, link: data.openableLink)
    }

    private static func pushData(_ json: JSONValue?) -> PushData? {
        guard let json else { return nil }
        guard let text = json.string else { return try? PushData(json: json) }
        guard let parsed = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
        return try? PushData(json: parsed)
    }
}
