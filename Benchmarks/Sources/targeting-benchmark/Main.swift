import CanonicalJSON
import Foundation
import PlacardBundle

/// `targeting-benchmark INPUT`: measures what the JSON file asks for and prints the times as JSON.
/// Tests/Scripts/bench-targeting.py writes the file and sets the times beside those of others.
@main
struct TargetingBenchmark {
    static func main() {
        do {
            guard CommandLine.arguments.count == 2 else { throw BenchmarkError("usage: targeting-benchmark INPUT") }
            let input = try readJSON(CommandLine.arguments[1])
            var results = JSONObject()
            let world = try World(Catalog(json: readJSON(input.text("catalog"))), input["context"] ?? [:])
            if input["evaluate"] != nil {
                results["evaluate"] = try measureEvaluations(input.strings("evaluate"), world)
            }
            if input["compile"] != nil {
                results["compile"] = try measureCompilation(input.strings("compile"), world)
            }
            if let decide = input["decide"] {
                let catalog = try Catalog(json: readJSON(decide.text("catalog")))
                results["decide"] = try measureDecisions(catalog, readBytes(decide.text("texts")))
            }
            print(JSONValue.object(results).canonicalString)
        } catch {
            FileHandle.standardError.write(Data("targeting-benchmark: \(error)\n".utf8))
            exit(1)
        }
    }
}
