import CanonicalJSON
import PlacardBundle
import Testing

@testable import PlacardEngine

@Suite struct ExperimentTests {
    private let experiment = Experiment(
        variants: [ExperimentVariant(id: "control", weight: 50), ExperimentVariant(id: "urgent", weight: 50)],
        holdout: 1000)

    private func world(_ unit: Int, _ experiment: Experiment) -> World {
        var world = World(message("m", priority: 60, experiment: experiment), message("n", priority: 10))
        world.unit = "user-\(unit)"
        return world
    }

    @Test func holdoutsSeeWhatComesNextAndAreExposed() {
        var heldOut = 0
        for unit in 0..<300 {
            let world = world(unit, experiment)
            let decision = world.decide()
            let isHeldOut = Draw(.holdout, message: "m", unit: world.unit).isWithin(1000)
            heldOut += isHeldOut ? 1 : 0
            #expect(decision.shown?.message.id == (isHeldOut ? "n" : "m"))
            if isHeldOut {
                #expect(
                    decision.exposures == [Exposure(message: "m", arm: .holdout, withheld: true, at: world.now)])
                #expect(decision.reason(of: "m")?.gate == .holdout)
            } else {
                let variant = decision.shown?.variant ?? ""
                #expect(
                    decision.exposures == [
                        Exposure(message: "m", arm: .variant(variant), withheld: false, at: world.now)
                    ])
            }
        }
        #expect((10...60).contains(heldOut))
    }

    /// Wherever the treatment is eligible the holdout is exposed, and nowhere else: the gates never see the draw.
    @Test func holdoutEligibilityIsTheTreatments() {
        var compared = 0
        for unit in 0..<200 {
            for variation in 0..<6 {
                func vary(_ experiment: Experiment) -> Decision {
                    var world = world(unit, experiment)
                    switch variation {
                    case 0: world.context = ["user": ["country": unit % 2 == 0 ? "US" : "FR"]]
                    case 1: world.messages[0].rollout = 5000
                    case 2: world.showing = [Showing(message: "x", surface: .banner)]
                    case 3: world.messages[0].needs = ["user.url"]
                    case 4: world.messages[1].priority = 90
                    default: world.messages[0].frequency = [FrequencyRule(count: 0, per: .total)]
                    }
                    world.messages[0].audience = "user.country == \"US\" || user.country == \"FR\""
                    return world.explain()
                }
                let treated = vary(Experiment(variants: experiment.variants))
                let held = vary(Experiment(variants: experiment.variants, holdout: 10_000))
                let controlled = vary(
                    Experiment(variants: [ExperimentVariant(id: "none", weight: 1, withheld: true)]))
                let shows = treated.shown?.message.id == "m"
                #expect((held.reason(of: "m")?.gate == .holdout) == shows)
                #expect((controlled.reason(of: "m")?.gate == .control) == shows)
                #expect(held.exposures.contains { $0.message == "m" } == shows)
                #expect(controlled.exposures.contains { $0.message == "m" } == shows)
                if !shows { #expect(held.reason(of: "m") == treated.reason(of: "m")) }
                compared += 1
            }
        }
        #expect(compared == 1200)
    }

    @Test func withheldExposuresCountForTheMessageAlone() {
        var world = World(
            message(
                "m", frequency: [FrequencyRule(count: 1, per: .total)], group: "g",
                experiment: Experiment(holdout: 10_000)),
            message("n", group: "g", priority: 10))
        world.groups = ["g": GroupDeclaration(frequency: [FrequencyRule(count: 1, per: .total)])]
        let first = world.decide()
        #expect(first.exposures.count == 1)
        #expect(first.shown?.message.id == "n")
        world.history.record(withheld: first.exposures)
        // As in the treatment, the message has had its one time; the group has shown nothing yet.
        check(world, "m", "frequency: shown once in all, at most 1")
        check(world, "n", "shown: it comes first")
        world.messages[0].frequency = []
        check(world, "m", "group: group g shown once in all, at most 1")
    }

    @Test func controlThatSeesNothing() {
        let world = world(
            1, Experiment(variants: [ExperimentVariant(id: "none", weight: 1, withheld: true)]))
        let decision = world.decide()
        #expect(decision.reason(of: "m")?.text == "control: the variant none sees nothing")
        #expect(decision.exposures == [Exposure(message: "m", arm: .variant("none"), withheld: true, at: world.now)])
        #expect(decision.shown?.message.id == "n")
    }

    @Test func variantsChangeTextsFieldsAndActions() {
        var world = World(
            message(
                experiment: Experiment(variants: [
                    ExperimentVariant(
                        id: "urgent", weight: 1, fields: ["tone": .string("warning")],
                        actions: [BundleAction(id: "go", .dismiss)])
                ]), actions: [BundleAction(id: "view", .dismiss)], fields: ["tone": .string("info"), "n": .int(1)]))
        world.texts["m"]?.variants["urgent"] = LocalizedContent(
            fields: ["title": .text(.plain("Now!"))], actions: ["go": .plain("Go")])
        let shown = world.decide().shown
        #expect(shown?.variant == "urgent")
        #expect(shown?.content.fields == ["title": .text("Now!"), "tone": .string("warning"), "n": .int(1)])
        #expect(shown?.content.actions == [RenderedAction(id: "go", label: "Go", kind: .dismiss)])
    }
}
