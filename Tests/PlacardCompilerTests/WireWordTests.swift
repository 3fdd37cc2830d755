import PlacardBundle
import Testing

@testable import DocumentSchema

/// Words of `template.yaml` and front matter that stand in bundles as they are: the schema of the one knows what the type of the
/// other has.
@Suite struct WireWordTests {
    @Test func surfacesOfTemplatesAreThoseOfBundles() {
        #expect(PlacardSchemas.surfaces.map(\.name) == Surface.allCases.map(\.rawValue))
    }

    @Test func waysToCloseAreThoseOfBundles() {
        #expect(PlacardSchemas.dismissals.map(\.name) == Dismissal.allCases.map(\.rawValue))
    }

    @Test func policiesOfMessagesAreThoseOfBundles() {
        #expect(PlacardSchemas.missingPolicies.map(\.name) == MissingPolicy.allCases.map(\.rawValue))
    }
}
