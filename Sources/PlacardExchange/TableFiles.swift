import CanonicalJSON

// CSV (RFC 4180) for spreadsheets, and JSON for scripts.

private let columns = ["id", "source", "target", "state", "former source", "limit", "notes", "file"]

func writeCSV(_ document: ExchangeDocument) -> [UInt8] {
    // Spreadsheets take a file for UTF-8 by its byte order mark alone.
    var text = "\u{FEFF}" + columns.joined(separator: ",") + "\r\n"
    for unit in document.units {
        let fields = [
            unit.id, unit.source, unit.target, unit.state.rawValue, unit.formerSource ?? "",
            unit.limit.map(String.init) ?? "", unit.notes.joined(separator: "\n"), unit.file,
        ]
        text += fields.map(csvField).joined(separator: ",") + "\r\n"
    }
    return Array(text.utf8)
}

/// A field in quotation marks where it needs them. What a spreadsheet would take for a formula has an apostrophe before it,
/// which reading takes away.
private func csvField(_ value: String) -> String {
    var value = value
    if let first = value.first, "=+-@\t\r'".contains(first) { value = "'" + value }
    guard value.contains(where: { $0 == "," || $0 == "\"" || $0 == ";" || $0.isNewline || $0 == " " }) else {
        return value
    }
    return "\"" + value.replacing("\"", with: "\"\"") + "\""
}

func readCSV(_ text: String) throws(ExchangeError) -> ReturnedDocument {
    let head = text.prefix { !$0.isNewline }
    let separator: Character = head.contains(";") && !head.contains(",") ? ";" : head.contains("\t") ? "\t" : ","
    var rows = csvRows(text, separator)[...]
    guard let names = rows.popFirst()?.map({ $0.lowercased() }), let id = names.firstIndex(of: "id"),
        let source = names.firstIndex(of: "source"), let target = names.firstIndex(of: "target")
    else {
        throw ExchangeError("the file is none that placard translations export wrote: no columns id, source and target")
    }
    let state = names.firstIndex(of: "state")
    var document = ReturnedDocument(targetLocale: nil)
    document.keepsState = false
    for row in rows where row.count > 1 || row.first?.isEmpty == false {
        func value(_ index: Int?) -> String? {
            guard let index, index < row.count else { return nil }
            return row[index].hasPrefix("'") ? String(row[index].dropFirst()) : row[index]
        }
        guard let id = value(id), !id.isEmpty, let source = value(source), let target = value(target) else {
            document.rejected.append((row.first ?? "", "the row has too few cells"))
            continue
        }
        document.units.append(
            ReturnedUnit(id: id, source: source, target: target, needsReview: value(state) == "outdated"))
    }
    return document
}

private func csvRows(_ text: String, _ separator: Character) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var wasQuote = false
    for character in text {
        if isQuoted {
            if wasQuote {
                wasQuote = false
                if character == "\"" {
                    field.append("\"")
                    continue
                }
                isQuoted = false
            } else if character == "\"" {
                wasQuote = true
                continue
            } else {
                field.append(character == "\r\n" ? "\n" : character)
                continue
            }
        }
        if character == separator {
            row.append(field)
            field = ""
        } else if character.isNewline {
            row.append(field)
            rows.append(row)
            (row, field) = ([], "")
        } else if character == "\"", field.isEmpty {
            isQuoted = true
        } else {
            field.append(character)
        }
    }
    if !field.isEmpty || !row.isEmpty { rows.append(row + [field]) }
    return rows
}

func writeJSON(_ document: ExchangeDocument) -> [UInt8] {
    let units = document.units.map { unit -> JSONValue in
        var members: [JSONObject.Member] = [
            .init(key: "file", value: .string(unit.file)), .init(key: "id", value: .string(unit.id)),
            .init(key: "source", value: .string(unit.source)), .init(key: "state", value: .string(unit.state.rawValue)),
            .init(key: "target", value: .string(unit.target)),
        ]
        if let former = unit.formerSource { members.append(.init(key: "formerSource", value: .string(former))) }
        if let limit = unit.limit { members.append(.init(key: "limit", value: .integer(limit))) }
        if !unit.notes.isEmpty {
            members.append(.init(key: "notes", value: .array(unit.notes.map { .string($0) })))
        }
        return .object(JSONObject(members))
    }
    let value: JSONValue = [
        "locale": .string(document.targetLocale), "schema": "placard/exchange/1",
        "source": .string(document.sourceLocale), "units": .array(units),
    ]
    return value.canonicalBytes + [0x0A]
}

func readJSON(_ text: String) throws(ExchangeError) -> ReturnedDocument {
    let value: JSONValue
    do {
        value = try JSONValue(parsing: Array(text.utf8))
    } catch {
        throw ExchangeError("the file is no JSON")
    }
    guard case .object(let root) = value, root["schema"] == .string("placard/exchange/1"),
        case .array(let units)? = root["units"]
    else { throw ExchangeError("the file is none that placard translations export wrote") }
    var document = ReturnedDocument(targetLocale: root["locale"]?.string)
    document.keepsState = false
    for unit in units {
        guard case .object(let unit) = unit, let id = unit["id"]?.string, let source = unit["source"]?.string,
            let target = unit["target"]?.string
        else {
            document.rejected.append(("", "a unit without id, source or target"))
            continue
        }
        document.units.append(
            ReturnedUnit(id: id, source: source, target: target, needsReview: unit["state"]?.string == "outdated"))
    }
    return document
}
