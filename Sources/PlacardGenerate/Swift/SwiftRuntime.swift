/// What is the same in all of Swift's code.
enum SwiftRuntime {
    /// The client's calls with the types of the project.
    ///
    /// - Parameter access: `public ` or nothing.
    static func client(access: String) -> String {
        """
        extension PlacardClient {
            /// Decides which message an event brings up; nil for none.
            \(access)func decide(_ event: AppEvent, context: AppContext) -> ShownMessage? {
                decide(event: event.name.rawValue, properties: event.properties, context: context.json)
            }

            /// Decides as `decide` does, and says more: exposures, and what in the context is not as declared.
            \(access)func decision(_ event: AppEvent, context: AppContext) -> Decision? {
                decision(event: event.name.rawValue, properties: event.properties, context: context.json)
            }

            /// Why each message would show now or not. Nothing is recorded.
            \(access)func explain(_ event: AppEvent, context: AppContext) -> Decision? {
                explain(event: event.name.rawValue, properties: event.properties, context: context.json)
            }

            /// Says that something happened; what it brings up comes out of `messages()`.
            \(access)func track(_ event: AppEvent, context: AppContext) {
                track(event.name.rawValue, properties: event.properties, context: context.json)
            }

            /// Says that the user chose a button of a message.
            \(access)func acted(_ message: ShownMessage, _ action: MessageAction) {
                acted(message, action: action.id)
            }
        }

        extension ShownMessage {
            /// Which message it is.
            \(access)var messageID: MessageID { MessageID(rawValue: message.id) }

            /// Which of the message's buttons one is.
            \(access)func messageAction(_ action: RenderedAction) -> MessageAction {
                MessageAction(message: messageID, id: action.id)
            }
        }

        extension RenderedAction {
            /// The event that the button gives to the app; nil when it does something else.
            \(access)var emittedEvent: AppEventName? {
                if case .emit(let event) = kind { AppEventName(rawValue: event) } else { nil }
            }

            /// What the button asks of the system; nil when it does something else.
            \(access)var systemRequest: MessageRequest? {
                if case .request(let request) = kind { MessageRequest(rawValue: request) } else { nil }
            }
        }

        """
    }

    /// Values as clients take them: Documentation/Protocol.md, section 3.
    static let values = #"""
        private struct PlacardObject {
            private var members: [JSONObject.Member] = []

            mutating func add(_ name: String, _ value: JSONValue) {
                members.append(JSONObject.Member(key: name, value: value))
            }

            mutating func add<Value: PlacardValue>(_ name: String, _ value: Value?) {
                if let value { add(name, value.placardJSON) }
            }

            var json: JSONValue { .object(JSONObject(distinct: members)) }
        }

        private protocol PlacardValue {
            var placardJSON: JSONValue { get }
        }

        extension PlacardValue where Self: RawRepresentable, RawValue == String {
            fileprivate var placardJSON: JSONValue { .string(rawValue) }
        }

        extension String: PlacardValue {
            fileprivate var placardJSON: JSONValue { .string(self) }
        }

        extension Bool: PlacardValue {
            fileprivate var placardJSON: JSONValue { .bool(self) }
        }

        extension Int: PlacardValue {
            fileprivate var placardJSON: JSONValue { .number(Double(self)) }
        }

        extension UInt: PlacardValue {
            fileprivate var placardJSON: JSONValue { .number(Double(self)) }
        }

        extension Double: PlacardValue {
            fileprivate var placardJSON: JSONValue { isFinite ? .number(self) : .null }
        }

        extension Date: PlacardValue {
            fileprivate var placardJSON: JSONValue {
                .string(formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            }
        }

        extension Duration: PlacardValue {
            fileprivate var placardJSON: JSONValue {
                let (seconds, attoseconds) = components
                let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
                let nanoseconds = String(attoseconds.magnitude / 1_000_000_000)
                let zeros = String(repeating: "0", count: 9 - nanoseconds.utf8.count)
                return .string("\(sign)\(seconds.magnitude).\(zeros)\(nanoseconds)s")
            }
        }

        extension URL: PlacardValue {
            fileprivate var placardJSON: JSONValue { .string(absoluteString) }
        }

        extension Array: PlacardValue where Element: PlacardValue {
            fileprivate var placardJSON: JSONValue { .array(map(\.placardJSON)) }
        }

        extension Dictionary: PlacardValue where Key: LosslessStringConvertible, Value: PlacardValue {
            fileprivate var placardJSON: JSONValue {
                .object(JSONObject(distinct: map { JSONObject.Member(key: String($0.key), value: $0.value.placardJSON) }))
            }
        }
        """#
}
