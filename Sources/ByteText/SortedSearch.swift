extension RandomAccessCollection where Index == Int {
    /// The first index of an element that is `inside`, found by halving; the end when there is none.
    ///
    /// Where elements are large, their indices are looked through: `list.indices.placeInOrder { list[$0].at > now }` copies none.
    ///
    /// - Parameter inside: false of all elements before that one, true of all behind it.
    @inlinable
    package func placeInOrder(where inside: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if inside(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
