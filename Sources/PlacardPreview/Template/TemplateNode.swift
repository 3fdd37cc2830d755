// What a `preview.mustache` is once it is read: a tree whose every element is opened and closed by us. Sections stand
// around whole nodes, whole attributes or pieces of a value, so that whatever is drawn or left out, the tree stays one.

/// A node of a template.
indirect enum TemplateNode {
    /// Literal text, as HTML without markup.
    case text([UInt8])
    /// A value, escaped. The name is a place in ``MustacheTemplate/names``, as all names here are.
    case variable(name: Int)
    /// HTML of the message; `isPhrasing` where blocks may not stand, as inside a paragraph.
    case html(name: Int, isPhrasing: Bool)
    case element(TemplateElement)
    case section(name: Int, isInverted: Bool, [TemplateNode])
}

/// An element that a preview may hold.
struct TemplateElement {
    /// In small letters.
    var name: String
    var attributes: [TemplateAttribute]
    /// Nothing in a void element.
    var children: [TemplateNode]
}

/// An attribute, or attributes in a section.
indirect enum TemplateAttribute {
    /// `value` is nil where none is written, as in `hidden`.
    case attribute(name: String, value: [TemplateValue]?)
    /// `src`, which is the path of the message's own image.
    case image(name: Int)
    case section(name: Int, isInverted: Bool, [TemplateAttribute])
}

/// A piece of an attribute's value.
indirect enum TemplateValue {
    /// As HTML between quotation marks.
    case literal([UInt8])
    case variable(name: Int)
    case section(name: Int, isInverted: Bool, [TemplateValue])
}
