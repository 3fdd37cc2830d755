import CEL
import CanonicalJSON
import PlacardBundle

/// A version that is read for what it means, as apps report them: `3.4` is 3.4.0.
package struct LenientVersion: Sendable, Equatable {
    /// The attribute: `app.version`.
    package var path: String
    /// As it is written.
    package var given: String
    /// As it is read.
    package var read: String

    /// - Returns: nil for a version in three numbers, and for what is none.
    init?(_ path: String, given: String) {
        guard SemanticVersion(parsing: given) == nil, let read = SemanticVersion(reported: given)?.text else {
            return nil
        }
        (self.path, self.given, self.read) = (path, given, read)
    }
}

extension ProjectDefinition {
    /// The versions among some attributes, by group, that are not written in three numbers.
    package func lenientVersions(context: JSONObject) -> [LenientVersion] {
        self.context.flatMap { group in
            lenientVersions(context[group.name]?.object, group.attributes, in: group.name)
        }
    }

    /// The versions among the properties of an event that are not written in three numbers.
    package func lenientVersions(properties: JSONObject, of event: String) -> [LenientVersion] {
        lenientVersions(properties, events[named: event]?.properties ?? [], in: "event")
    }

    private func lenientVersions(
        _ values: JSONObject?, _ attributes: DeclaredList<AttributeDefinition>, in group: String
    ) -> [LenientVersion] {
        guard let values else { return [] }
        return attributes.compactMap { attribute in
            guard attribute.type == .version, let given = values[attribute.name]?.string else { return nil }
            return LenientVersion("\(group).\(attribute.name)", given: given)
        }
    }
}
