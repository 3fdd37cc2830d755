import PlacardCompiler
import SourceDiagnostics
import Testing

// A fix that shows a value which may be missing brings its fallback along if the other system had one, wherever the front matter has
// room for it. Else nothing is written in its place: what a text says without a value is its author's to write.

private func fixed(_ lines: String, _ body: String) throws -> (file: String, diagnostics: [String]) {
    let files = project(["content/a.md": message(lines, body: body)])
    let fix = try #require(compile(files).diagnostics.compactMap { $0.fixIts.first }.first)
    let after = applying(fix, to: files)
    return (String(decoding: after["content/a.md"] ?? [], as: UTF8.self), diagnostics(compile(after)))
}

@Test(arguments: [
    ("", "Hi {first_name}\n", "trigger: {event: session_start}\n---\nHi {$user.first_name}\n"),
    (
        "", "Hi {{ user.first_name | default: \"there\" }}\n",
        "variables: {user.first_name: {fallback: 'there'}}\n---\nHi {$user.first_name}\n"
    ),
    (
        "", #"Hi {{ user.first_name | default: "it's \"you\"" }}"# + "\n",
        "variables: {user.first_name: {fallback: 'it''s \"you\"'}}\n---\nHi {$user.first_name}\n"
    ),
    (
        "variables: {user.country: {fallback: here}}", "Hi {{user.first_name or 'you'}} in {$user.country}\n",
        "variables: {user.first_name: {fallback: 'you'}, user.country: {fallback: here}}\n---\nHi {$user.first_name} in"
    ),
    (
        "variables:\n  user.country: {fallback: here}", "Hi {first_name|you} in {$user.country}\n",
        "variables:\n  user.first_name: {fallback: 'you'}\n  user.country: {fallback: here}\n---\nHi {$user.first_name} in"
    ),
    ("", "Hi {$first_name}\n", "trigger: {event: session_start}\n---\nHi {$user.first_name}\n"),
    ("", "In {user.country}\n", "trigger: {event: session_start}\n---\nIn {$user.country}\n"),
    (
        "variables: {user.first_name: {fallback: you}}", "Hi ${user.first_name}\n",
        "variables: {user.first_name: {fallback: you}}\n---\nHi {$user.first_name}\n"
    ),
])
private func aFixThatShowsAValueBringsItsFallback(_ lines: String, _ body: String, _ wanted: String) throws {
    let result = try fixed(lines, body)
    #expect(result.file.contains(wanted), "\(result.file)")
    let asks = result.diagnostics.map { $0.prefix { $0 != " " } }.filter { $0 != "message/needless-fallback" }
    let isKnown = result.file.contains("fallback") || !result.file.contains("first_name")
    #expect(asks == (isKnown ? [] : ["text/missing-fallback"]))
}

@Test func aTitleAndALabelAreFixedInTheirYAML() throws {
    let front = message(
        "actions: [{id: ok, label: \"{{user.country}} &amp; you\", dismiss: true}]\npush: {body: 'In %COUNTRY%', fallback: {body: Hi}}"
    ).replacing("title: Hello", with: "title: ${user.country} :tada:")
    var files = project(["content/a.md": front])
    for _ in 0..<8 {
        guard let fix = compile(files).diagnostics.compactMap({ $0.fixIts.first }).first else { break }
        files = applying(fix, to: files)
    }
    let text = String(decoding: files["content/a.md"] ?? [], as: UTF8.self)
    #expect(text.contains("title: \"{$user.country} 🎉\"") || text.contains("title: '{$user.country} 🎉'"), "\(text)")
    #expect(text.contains("label: \"{$user.country} & you\""), "\(text)")
    #expect(text.contains("body: 'In {$user.country}'"), "\(text)")
    #expect(diagnostics(compile(files)) == [])
}
