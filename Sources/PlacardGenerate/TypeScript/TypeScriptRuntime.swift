/// What is the same in all of TypeScript's code.
enum TypeScriptRuntime {
    /// Values as clients take them: Documentation/Protocol.md, section 3.
    static let values = #"""
        /** A moment: a Date, or its RFC 3339 text. */
        export type Timestamp = Date | string;

        /** A length of time as CEL's `duration()` reads it: `1h30m`, `90s`, `250ms`. */
        export type DurationText = string;

        export type JSONValue = null | boolean | number | string | JSONValue[] | { [name: string]: JSONValue };

        /** An event as a request has it. */
        export interface AppEvent {
          event: AppEventName;
          properties: JSONValue;
        }

        /** An event with its properties, as clients take it. */
        export function appEvent<Name extends AppEventName>(
          event: Name,
          ...properties: {} extends AppEvents[Name] ? [AppEvents[Name]?] : [AppEvents[Name]]
        ): AppEvent {
          return { event, properties: json(properties[0] ?? {}) };
        }

        /** A context as clients take it, by group. */
        export function appContext(context: AppContext): JSONValue {
          return json(context);
        }

        function json(value: unknown): JSONValue {
          if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
          if (Array.isArray(value)) return value.map(json);
          switch (typeof value) {
            case "boolean":
            case "string":
              return value;
            case "number":
              return Number.isFinite(value) ? value : null;
            case "object": {
              const members = Object.entries(value ?? {}).filter((member) => member[1] != null);
              return value === null ? null : Object.fromEntries(members.map(([name, member]) => [name, json(member)]));
            }
            default:
              return null;
          }
        }
        """#
}
