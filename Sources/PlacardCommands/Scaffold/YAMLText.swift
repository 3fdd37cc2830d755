import PlacardCompiler

/// `text` as a YAML scalar on one line that reads back as that very string; as the compiler writes it into translations.
func yamlScalar(_ text: String, inFlow: Bool = false) -> String {
    PlacardCompiler.yamlScalar(text, inFlow: inFlow)
}
