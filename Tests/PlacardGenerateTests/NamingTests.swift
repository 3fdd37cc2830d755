import Testing

@testable import PlacardGenerate

@Suite struct `Names of generated code` {
    @Test func `names are cut into words and put together in the style of the language`() {
        #expect(
            SwiftNames.constants.names(for: ["order_status_changed", "order-ready", "checkout.paid", "HTTPServer"]) == [
                "orderStatusChanged", "orderReady", "checkoutPaid", "httpServer",
            ])
        #expect(
            SwiftNames.properties.names(for: ["order_id", "id", "image_url", "tripId"]) == [
                "orderID", "id", "imageURL", "tripID",
            ])
        #expect(KotlinNames.properties.names(for: ["order_id", "image_url"]) == ["orderId", "imageUrl"])
        #expect(KotlinNames.constants.names(for: ["order-ready", "BR", "pt-BR"]) == ["ORDER_READY", "BR", "PT_BR"])
        #expect(SwiftNames.types.names(for: ["order-ready"]) == ["OrderReady"])
    }

    @Test func `signs, digits and letters beyond ASCII become letters, digits and underscores`() {
        #expect(
            SwiftNames.constants.names(for: ["3.2", "v-1-2", "Zoë", "", "_", "+1", "🎉"]) == [
                "n3_2", "v_1_2", "zoU00eb", "empty", "u005f", "n1", "u1f389",
            ])
    }

    @Test func `keywords stand between back quotes, and what no quotes help gets an underscore`() {
        #expect(
            SwiftNames.constants.names(for: ["IN", "default", "self", "init"]) == [
                "`in`", "`default`", "self_", "init_",
            ])
        #expect(SwiftNames.types.names(for: ["string", "type", "self"]) == ["String_", "Type_", "Self_"])
        #expect(KotlinNames.properties.names(for: ["in", "class", "object"]) == ["`in`", "class_", "`object`"])
        #expect(KotlinNames.functions.names(for: ["notify", "to_string"]) == ["notify_", "toString_"])
    }

    @Test func `names that come to the same are all written otherwise, so that none changes its meaning`() {
        #expect(KotlinNames.properties.names(for: ["trip_id"]) == ["tripId"])
        #expect(KotlinNames.properties.names(for: ["trip_id", "tripId"]) == ["trip_id_", "tripId_"])
        #expect(KotlinNames.constants.names(for: ["gold", "GOLD"]) == ["GOLD__2", "GOLD_"])
        #expect(SwiftNames.constants.names(for: ["a-b", "a.b", "a_b"]) == ["au002Db_", "au002Eb_", "a_b_"])
        // Written the other way round, they are the same names.
        #expect(
            SwiftNames.constants.names(for: ["Ab", "ab"]) == SwiftNames.constants.names(for: ["ab", "Ab"]).reversed())
    }

    @Test func `any texts come to distinct names of letters, digits and underscores`() {
        var random = SystemRandomNumberGenerator()
        let signs: [String] = [
            "a", "B", "_", "-", ".", "1", " ", "é", "\u{202E}", "\"", "\n", "`", "*/", "u002D", "in", "\\",
        ]
        for _ in 0..<500 {
            let written = Array(
                Set(
                    (0..<20).map { _ in
                        (0..<Int.random(in: 0...4, using: &random)).map { _ in signs.randomElement() ?? "" }.joined()
                    }))
            for scope in [SwiftNames.constants, SwiftNames.types, KotlinNames.properties, KotlinNames.constants] {
                let names = scope.names(for: written)
                #expect(Set(names.map { $0.lowercased() }).count == written.count, "\(written): \(names)")
                for name in names {
                    #expect(name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*|`[a-z]+`/) != nil, "\(written): \(name)")
                }
            }
        }
    }
}
