import DocumentSchema
import LocatedYAML
import SourceDiagnostics

struct MessageSchemas: Sendable {
    init(templates: [TemplateDefinition]) {}
    func validateMessage(_ node: YAMLNode, file: String, template: String?, inherited: Set<String>) -> [Diagnostic] { [] }
    func validateVariant(_ node: YAMLNode, file: String, template: String) -> [Diagnostic] { [] }
    func validateTranslation(_ node: YAMLNode, file: String, template: String) -> [Diagnostic] { [] }
    func validateDefaults(_ node: YAMLNode, file: String) -> [Diagnostic] { [] }
}
func validateProject(_ node: YAMLNode, file: String) -> [Diagnostic] { [] }
func validateTemplate(_ node: YAMLNode, file: String) -> [Diagnostic] { [] }
enum DiagnosticCatalog { static let ids: [String] = [] }
