public import SourceDiagnostics

/// Where a node of the data model stands in the text it was parsed from.
///
/// All places are equal, so that two messages are equal when they say the same, wherever they stand.
/// A node that was read from JSON or built by hand has an empty place at offset 0.
public struct Place: Hashable, Sendable {
    /// The UTF-8 byte offsets.
    public var span: Span

    /// A place at `span`.
    public init(_ span: Span) {
        self.span = span
    }

    /// The place of a node that stands in no text.
    public static let none = Place(Span(at: 0))

    /// True for every pair of places.
    public static func == (a: Place, b: Place) -> Bool { true }

    /// Adds nothing.
    public func hash(into hasher: inout Hasher) {}
}
