/// A file of the preview, relative to its folder.
public struct PreviewFile: Sendable {
    /// With `/`, such as `m/order-ready.html`.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
