import CanonicalJSON
import Foundation
import PlacardBundle
import PlacardCompiler
import SourceDiagnostics
import Testing

/// Events with what functions of an alert's texts may depend on.
private let paid = baseProject.replacing(
    "  session_start: {}",
    with: "  session_start: {}\n  paid: {price: double, cur: string, digits: int, at: timestamp}")

private func paidMessage(_ push: String) -> [String: String] {
    let fallbacks = "{event.price: {fallback: it}, event.cur: {fallback: EUR}, event.digits: {fallback: some}}"
    let lines = "template: note\ntitle: T\ntrigger: {event: paid}\nvariables: \(fallbacks)\n\(push)"
    return ["placard.yaml": paid, "content/a.md": "---\n\(lines)\n---\nPaid.\n"]
}

private func alert(_ push: String) throws -> JSONValue? {
    let written = try #require(sentPayloads(paidMessage(push))["a/en.apns.json"])
    return try JSONValue(parsing: Array(written.utf8))["aps"]?["alert"]
}

private func bare(_ text: String?) -> String? { text?.filter { !"\u{2066}\u{2067}\u{2068}\u{2069}".contains($0) } }

@Test func anOptionTakesTheFallbackOfItsVariable() throws {
    let push = """
        push:
          title: 'From {5 :currency currency=$event.cur} on'
          body: '.local $x = {5 :currency currency=$event.cur} {{Paid {$x}, {$event.price :currency currency=$event.cur}}}'
        """
    let alert = try alert(push)
    #expect(bare(alert?["title"]?.string) == "From €5.00 on")
    #expect(bare(alert?["body"]?.string) == "Paid €5.00, it")
}

@Test func aFallbackThatNoOptionTakesIsAFinding() throws {
    let body = "'Paid {5 :offset add=$event.digits} so far'"
    let found = compile(project(paidMessage("push:\n  body: \(body)"))).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.id) == ["text/missing-fallback"])
    #expect(
        found.first?.message
            == "`push.body` cannot be shown where no value is known, with its fallbacks `some` for `$event.digits`")
    let worded = try alert("push:\n  body: \(body)\n  fallback: {body: Paid so far}")
    #expect(worded?["body"] == "Paid so far")
}

@Test func wordsWithoutValuesMayHaveAFormattedLiteral() throws {
    func body(_ fallback: String) throws -> String? {
        bare(
            try alert("push:\n  body: 'Paid {$event.price :integer}'\n  fallback: {body: '\(fallback)'}")?["body"]?
                .string)
    }
    #expect(try body("Paid, from {5 :currency currency=EUR} {0.5 :percent}") == "Paid, from €5.00 50%")
    #expect(try body(".local $x = {5 :integer} {{Paid {$x}}}") == "Paid 5")
}

@Test func formattedWordsWithoutValuesAreMeasuredToo() {
    let words = "{5 :integer}" + String(repeating: "x", count: 4200)
    let push = "push:\n  body: 'Paid {$event.price :integer}'\n  fallback: {body: '\(words)'}"
    #expect(diagnostics(compile(project(paidMessage(push)))).contains { $0.hasPrefix("push/too-large") })
}

/// Whatever an alert's texts depend on: it has no brace that its author did not write, and no hole, or there is a diagnostic.
@Test func noAlertHasABraceOrAHole() throws {
    let operands = ["5", "0.5", "$event.price", "$event.cur", "$event.digits", "$x", "$y"]
    let functions = [
        "", ":string", ":integer", ":number minimumFractionDigits=$event.digits", ":currency currency=EUR",
        ":currency currency=$event.cur", ":offset add=$event.digits", ":offset add=1", ":percent",
        ":currency currency=$y",
        ":unit unit=$event.cur",
    ]
    var shown = 0
    var reported = 0
    for (index, operand) in operands.enumerated() {
        for (other, function) in functions.enumerated() {
            let next = functions[(index + other) % functions.count]
            let text =
                ".local $y = {$event.cur} .local $x = {5 \(next)} {{\\{a\\} <{\(operand) \(function)}> <{$x}> <{$y}>}}"
            let compilation = compile(project(paidMessage("push:\n  body: '\(text)'")))
            guard !compilation.hasErrors else {
                reported += 1
                continue
            }
            shown += 1
            let files = emitPush(compilation)
            let apple = try #require(files.first { $0.path == "a/en.apns.json" })
            let body = bare(try JSONValue(parsing: apple.bytes)["aps"]?["alert"]?["body"]?.string) ?? ""
            #expect(body.hasPrefix("{a} <"), "\(text): \(body)")
            #expect(!body.dropFirst(3).contains { "{}|$".contains($0) }, "\(text): \(body)")
            #expect(!body.contains("<>"), "\(text): \(body)")
        }
    }
    #expect(shown > 20)
    #expect(reported > 5)
}

// MARK: The build
