import PlacardCompiler
import SourceDiagnostics
import Testing

// A project for slips of one sign, and what is expected of each: one diagnostic, whose fix makes the file what it was meant to be.

let slipProject = """
    source: en
    locales:
      fr: required
      de: optional
    context:
      user:
        country: {type: string, values: [US, FR]}
        version: {type: version, words: "on {value}"}
        rated: {type: bool, default: false}
    events:
      session_start: {}
      trip_completed:
        trip_id: {type: string, examples: [T-882]}
        fare: {type: double, examples: [14.2]}
    groups:
      promotions: {frequency: [1 per 1d]}
    links: {schemes: [https, starling], hosts: ["*.example.com"]}

    """

let slipSource = """
    ---
    template: note
    title: A new chapter is here
    audience: user.country in ["US", "FR"]
    trigger: {event: trip_completed, when: 'event.fare > 3.0', delay: 3s}
    schedule: {days: [mon, tue], timezone: local}
    frequency: [1 per 7d, 3 total]
    group: promotions
    experiment: {variants: {control: 50, urgent: 50}, holdout: 10%}
    accent: "#b4461e"
    actions:
      - {id: go, label: Go now, dismiss: true}
      - {id: later, label: Maybe later, remind: 3d}
    push:
      title: A chapter
      body: It is here.
    ---
    Hello.

    """

let slipTranslation = """
    ---
    title: Un nouveau chapitre
    actions:
      - {id: go, label: Allez-y}
      - {id: later, label: Plus tard}
    push:
      title: Un chapitre
      body: Le voici.
    ---
    Bonjour.

    """

struct StructureSlip: Sendable, CustomTestStringConvertible {
    var right: String
    var wrong: String
    /// What the fix writes, where that is not what was there.
    var fixed: String
    var id: String
    var testDescription: String { wrong }

    init(_ right: String, _ wrong: String, _ id: String, fixed: String? = nil) {
        (self.right, self.wrong, self.id, self.fixed) = (
            right, wrong, id.contains("/") ? id : "yaml/" + id, fixed ?? right
        )
    }
}

func expect(
    _ slip: StructureSlip, in path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var files = [
        "placard.yaml": slipProject, "content/a.md": slipSource, "content/a.fr.md": slipTranslation,
        "content/a+urgent.md": "---\ntitle: Now\n---\n", "content/a+urgent.fr.md": "---\ntitle: Vite\n---\n",
    ]
    let right = try #require(files[path])
    try #require(right.contains(slip.right), sourceLocation: sourceLocation)
    #expect(visible(compile(project(files))) == [], sourceLocation: sourceLocation)
    files[path] = right.replacing(slip.right, with: slip.wrong)
    let broken = project(files)
    let found = compile(broken)
    #expect(visible(found) == [slip.id], sourceLocation: sourceLocation)
    let trial = try #require(FixItTrial.all(in: broken, found).first, sourceLocation: sourceLocation)
    #expect(trial.complaints == [], sourceLocation: sourceLocation)
    let text = String(decoding: trial.fixed[path] ?? [], as: UTF8.self)
    #expect(text == right.replacing(slip.right, with: slip.fixed), sourceLocation: sourceLocation)
    #expect(visible(trial.after) == [], sourceLocation: sourceLocation)
    files[path] = right
    let seen = readersTexts(compile(project(files)))
    #expect(seen != nil && readersTexts(trial.after) == seen, sourceLocation: sourceLocation)
}

func visible(_ compilation: Compilation) -> [String] {
    compilation.diagnostics.filter { $0.severity <= .warning }.map(\.id)
}
