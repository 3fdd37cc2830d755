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
    /// - Parameter payload: the payload as Apple's service brings it: `aps`, and `placard` as an object or, by way of
    ///   Firebase, as the text of one.
    /// - Returns: the texts, those of the alert where a value is missing; nil for a payload of somebody else's.
    public static func notification(
        _ payload: JSONValue, environment: ClientEnvironment = .system
    ) -> RenderedPush? {
        let alert = payload["aps"]?["alert"] ?? payload["notification"]
        guard let body = alert?["body"]?.string, let data = pushData(payload["placard"] ?? payload["data"]?["placard"])
        else { return nil }
        func text(_ text: BundleText?) -> String? {
            text.flatMap { data.rendered($0, on: environment.platform, timeZone: environment.timeZone()) }
        }
        return RenderedPush(
            title: text(data.title) ?? alert?["title"]?.string, body: text(data.body) ?? body, link: data.openableLink)
    }

    private static func pushData(_ json: JSONValue?) -> PushData? {
        guard let json else { return nil }
        guard let text = json.string else { return try? PushData(json: json) }
        guard let parsed = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
        return try? PushData(json: parsed)
    }
}
