import ByteText

/// The steps of a conversation and where their choices lead, as a list; the script draws it as a graph, too.
struct ConversationSteps {
    let steps: [PreviewStep]

    func write(into page: inout ByteBuffer) {
        guard !steps.isEmpty else { return }
        page.append(
            html:
                "<section class=\"flow\" aria-labelledby=\"flow\"><h2 id=\"flow\">How the conversation goes</h2>\n<ol>\n"
        )
        for step in steps {
            page.append(html: "<li data-placard-step=\"")
            page.appendEscaped(step.id)
            page.append(html: "\"><strong>")
            page.appendEscaped(step.title)
            page.append(html: "</strong><ul>")
            for choice in step.choices {
                page.append(html: "<li data-placard-to=\"")
                page.appendEscaped(choice.step)
                page.append(html: "\">")
                page.appendEscaped(choice.label)
                page.append(html: " → ")
                page.appendEscaped(steps.first { $0.id == choice.step }?.title ?? choice.step)
                page.append(html: "</li>")
            }
            if step.choices.isEmpty { page.append(html: "<li>the end</li>") }
            page.append(html: "</ul></li>\n")
        }
        page.append(html: "</ol></section>\n")
    }
}
