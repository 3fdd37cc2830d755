import CanonicalJSON
import MessageFormat
import PlacardBundle

/// Why a message cannot be drawn.
struct RenderingFailure: Error {
    var reason: Reason

    init(_ missing: MissingValues) { reason = Reason(missing) }

    init(_ reason: Reason) { self.reason = reason }
}

extension DecisionRun {
    /// The texts and values of a message for this user.
    func render(
        _ message: CatalogMessage, _ localized: LocalizedMessage, _ variant: ExperimentVariant?
    ) -> Result<RenderedMessage, RenderingFailure> {
        let missing = message.needs.filter { values[$0] == nil && localized.fallbacks[$0] == nil }
        guard missing.isEmpty else { return .failure(RenderingFailure(.missingValue(missing))) }
        var renderer = MessageRenderer(
            texts: TextRenderer(
                locale: localized.locale, values: values, fallbacks: localized.fallbacks, engine: engine,
                timeZone: request.timeZone),
            links: engine.catalog.links)
        do throws(RenderingFailure) {
            return .success(try renderer.render(message, localized, variant))
        } catch {
            return .failure(error)
        }
    }
}

/// Draws one message.
private struct MessageRenderer {
    let texts: TextRenderer
    let links: LinkRules
    /// The addresses of actions and fields that came to nothing.
    private var refusedLinks: [RefusedLink] = []

    init(texts: TextRenderer, links: LinkRules) {
        self.texts = texts
        self.links = links
    }

    mutating func render(
        _ message: CatalogMessage, _ localized: LocalizedMessage, _ variant: ExperimentVariant?
    ) throws(RenderingFailure) -> RenderedMessage {
        let content = localized.content(for: variant?.id)
        var values = message.fields
        for entry in variant?.fields ?? SortedMap() { values[entry.name] = entry.value }
        var fields: SortedMap<RenderedField> = SortedMap()
        for entry in values { fields[entry.name] = try value(entry.value) }
        for entry in content.fields { fields[entry.name] = try field(entry.value, beside: values[entry.name]) }
        let actions = try actions(variant?.actions ?? message.actions, content)
        let steps = try steps(content.steps ?? [])
        let push = try push(content.push, message.push)
        return RenderedMessage(
            locale: localized.locale, direction: localized.direction, fields: fields, actions: actions, steps: steps,
            push: push, refusedLinks: refusedLinks)
    }

    private func plain(_ text: BundleText) throws(RenderingFailure) -> String {
        switch texts.plain(text) {
        case .success(let string): return string
        case .failure(let missing): throw RenderingFailure(missing)
        }
    }

    /// An address with its values; an address that may not be opened is none.
    private mutating func address(_ text: BundleText) throws(RenderingFailure) -> String? {
        switch texts.address(text, links) {
        case .success(.success(let url)): return url
        case .success(.failure(let refused)):
            refusedLinks.append(refused)
            return nil
        case .failure(let missing): throw RenderingFailure(missing)
        }
    }

    /// The asset key of an image; one that is an address which may not be opened is empty.
    private func image(_ src: String) -> String { links.allowsImage(src) ? src : "" }

    private mutating func value(_ value: FieldValue) throws(RenderingFailure) -> RenderedField {
        switch value {
        case .bool(let flag): .bool(flag)
        case .int(let number): .int(number)
        case .string(let string): .string(string)
        case .url(let text): .url(try address(text))
        case .image(let src): .image(src: image(src), alt: "")
        }
    }

    private func field(_ field: LocalizedField, beside value: FieldValue?) throws(RenderingFailure) -> RenderedField {
        switch field {
        case .text(let text): return .text(try plain(text))
        case .body(let body): return .body(try self.body(body))
        case .image(let alt):
            guard case .image(let src)? = value else { return .text(try plain(alt)) }
            return .image(src: image(src), alt: try plain(alt))
        case .list(let items):
            var rendered: [RenderedItem] = []
            for item in items { rendered.append(RenderedItem(id: item.id, text: try plain(item.text))) }
            return .list(rendered)
        }
    }

    private func body(_ body: LocalizedBody) throws(RenderingFailure) -> RenderedBody {
        var rendered = RenderedBody()
        if let html = body.html {
            switch texts.html(html, links) {
            case .success(let string): rendered.html = string
            case .failure(let missing): throw RenderingFailure(missing)
            }
        }
        if let text = body.text { rendered.text = try plain(text) }
        if let tree = body.mdast {
            switch texts.tree(tree, links) {
            case .success(let json): rendered.mdast = json
            case .failure(let missing): throw RenderingFailure(missing)
            }
        }
        return rendered
    }

    private mutating func actions(
        _ actions: [BundleAction], _ content: LocalizedContent
    ) throws(RenderingFailure) -> [RenderedAction] {
        var rendered: [RenderedAction] = []
        for action in actions {
            let label = try content.actions[action.id].map { text throws(RenderingFailure) in try plain(text) }
            let kind: RenderedAction.Kind
            switch action.kind {
            case .open(let url): kind = .open(url: try address(url))
            case .dismiss: kind = .dismiss
            case .remind(let seconds): kind = .remind(seconds: seconds)
            case .emit(let event): kind = .emit(event: event)
            case .request(let request): kind = .request(request)
            }
            rendered.append(RenderedAction(id: action.id, label: label ?? "", kind: kind))
        }
        return rendered
    }

    private func steps(_ steps: [LocalizedStep]) throws(RenderingFailure) -> [RenderedStep] {
        var rendered: [RenderedStep] = []
        for step in steps {
            var choices: [RenderedStep.Choice] = []
            for choice in step.choices {
                choices.append(RenderedStep.Choice(step: choice.step, label: try plain(choice.label)))
            }
            rendered.append(
                RenderedStep(
                    id: step.id, title: try plain(step.title), body: try body(step.body), choices: choices))
        }
        return rendered
    }

    private mutating func push(_ push: PushText?, _ behaviour: CatalogPush?) throws(RenderingFailure) -> RenderedPush? {
        guard let push else { return nil }
        return RenderedPush(
            title: try push.title.map { text throws(RenderingFailure) in try plain(text) }, body: try plain(push.body),
            link: try behaviour?.link.flatMap { link throws(RenderingFailure) in try address(link) })
    }
}
