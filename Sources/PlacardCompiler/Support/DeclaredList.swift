/// What is found by its name.
package protocol Declared: Sendable {
    /// Unlike that of any other of its list.
    var name: String { get }
}

/// What a project declares, in the order of the file, and found by name in one look, however many there are: a project of
/// others may declare as many as it has messages.
package struct DeclaredList<Element: Declared>: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable {
    private let elements: [Element]
    private let places: [String: Int]

    /// A list; of elements with the same name the first is found.
    package init(_ elements: some Sequence<Element>) {
        self.elements = Array(elements)
        places = Dictionary(self.elements.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// A list of the elements in brackets.
    package init(arrayLiteral elements: Element...) { self.init(elements) }

    package var startIndex: Int { elements.startIndex }
    package var endIndex: Int { elements.endIndex }
    package subscript(index: Int) -> Element { elements[index] }

    /// The element of a name; nil when there is none.
    package subscript(named name: String) -> Element? { places[name].map { elements[$0] } }

    /// The names, in order; a text is not copied for it.
    package var names: some RandomAccessCollection<String> { elements.lazy.map(\.name) }
}
