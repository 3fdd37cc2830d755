/// A file of the preview, relative to its folder.
package struct PreviewFile: Sendable {
    /// With `/`, such as `m/order-ready.html`.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
