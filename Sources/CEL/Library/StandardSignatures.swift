// The standard definitions and the extensions as data: a name, what evaluates it, and its signatures.
// `list(A).(int) -> A` is a method; a capital letter is a type parameter; signatures are separated by `;`.
// Sources: google/cel-spec, doc/langdef.md, "List of Standard Definitions"; google/cel-go, ext (strings, math, lists,
// sets, encoders, network) and cel/library.go (optionals); k8s.io/apiserver, pkg/cel/library (semver).

struct StandardFunction: Sendable {
    let name: String
    let builtin: Builtin
    let signatures: String

    init(_ name: String, _ builtin: Builtin, _ signatures: String) {
        self.name = name
        self.builtin = builtin
        self.signatures = signatures
    }
}

private let ordered = """
    (bool, bool) -> bool; (int, int) -> bool; (uint, uint) -> bool; (double, double) -> bool; \
    (int, uint) -> bool; (int, double) -> bool; (uint, int) -> bool; (uint, double) -> bool; \
    (double, int) -> bool; (double, uint) -> bool; (string, string) -> bool; (bytes, bytes) -> bool; \
    (timestamp, timestamp) -> bool; (duration, duration) -> bool; (version, version) -> bool
    """

private let operators: [StandardFunction] = [
    StandardFunction(Operator.equals, .equals, "(A, A) -> bool"),
    StandardFunction(Operator.notEquals, .notEquals, "(A, A) -> bool"),
    StandardFunction(Operator.less, .less, ordered),
    StandardFunction(Operator.lessOrEqual, .lessOrEqual, ordered),
    StandardFunction(Operator.greater, .greater, ordered),
    StandardFunction(Operator.greaterOrEqual, .greaterOrEqual, ordered),
    StandardFunction(
        Operator.add, .add,
        """
        (int, int) -> int; (uint, uint) -> uint; (double, double) -> double; (string, string) -> string; \
        (bytes, bytes) -> bytes; (list(A), list(A)) -> list(A); (timestamp, duration) -> timestamp; \
        (duration, timestamp) -> timestamp; (duration, duration) -> duration
        """),
    StandardFunction(
        Operator.subtract, .subtract,
        """
        (int, int) -> int; (uint, uint) -> uint; (double, double) -> double; \
        (timestamp, timestamp) -> duration; (timestamp, duration) -> timestamp; (duration, duration) -> duration
        """),
    StandardFunction(
        Operator.multiply, .multiply, "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double"),
    StandardFunction(
        Operator.divide, .divide, "(int, int) -> int; (uint, uint) -> uint; (double, double) -> double"),
    StandardFunction(Operator.modulo, .modulo, "(int, int) -> int; (uint, uint) -> uint"),
    StandardFunction(Operator.negate, .negate, "(int) -> int; (double) -> double"),
    StandardFunction(Operator.not, .not, "(bool) -> bool"),
    StandardFunction(Operator.conditional, .conditional, "(bool, A, A) -> A"),
    StandardFunction(
        Operator.index, .index,
        """
        (list(A), int) -> A; (map(A, B), A) -> B; (optional(list(A)), int) -> optional(A); \
        (optional(map(A, B)), A) -> optional(B)
        """),
    StandardFunction(
        Operator.optionalIndex, .optionalIndex,
        """
        (list(A), int) -> optional(A); (map(A, B), A) -> optional(B); \
        (optional(list(A)), int) -> optional(A); (optional(map(A, B)), A) -> optional(B)
        """),
    StandardFunction(Operator.isIn, .isIn, "(A, list(A)) -> bool; (A, map(A, B)) -> bool"),
]

private let zoned = "timestamp.() -> int; timestamp.(string) -> int"

private let standard: [StandardFunction] = [
    StandardFunction(
        "size", .size,
        """
        (string) -> int; (bytes) -> int; (list(A)) -> int; (map(A, B)) -> int; \
        string.() -> int; bytes.() -> int; list(A).() -> int; map(A, B).() -> int
        """),
    StandardFunction("contains", .contains, "string.(string) -> bool"),
    StandardFunction("startsWith", .startsWith, "string.(string) -> bool"),
    StandardFunction("endsWith", .endsWith, "string.(string) -> bool"),
    StandardFunction("matches", .matches, "(string, string) -> bool; string.(string) -> bool"),
    StandardFunction("bool", .toBool, "(bool) -> bool; (string) -> bool"),
    StandardFunction("bytes", .toBytes, "(bytes) -> bytes; (string) -> bytes"),
    StandardFunction(
        "double", .toDouble, "(double) -> double; (int) -> double; (uint) -> double; (string) -> double"),
    StandardFunction("duration", .toDuration, "(duration) -> duration; (string) -> duration"),
    StandardFunction("dyn", .toDyn, "(A) -> dyn"),
    StandardFunction(
        "int", .toInt,
        "(int) -> int; (uint) -> int; (double) -> int; (string) -> int; (timestamp) -> int"),
    StandardFunction(
        "string", .toString,
        """
        (string) -> string; (bool) -> string; (int) -> string; (uint) -> string; (double) -> string; \
        (bytes) -> string; (timestamp) -> string; (duration) -> string; (net.IP) -> string; (net.CIDR) -> string
        """),
    StandardFunction("timestamp", .toTimestamp, "(timestamp) -> timestamp; (string) -> timestamp; (int) -> timestamp"),
    StandardFunction("type", .toType, "(A) -> type(A)"),
    StandardFunction("uint", .toUint, "(uint) -> uint; (int) -> uint; (double) -> uint; (string) -> uint"),
    StandardFunction("getDate", .getDate, zoned),
    StandardFunction("getDayOfMonth", .getDayOfMonth, zoned),
    StandardFunction("getDayOfWeek", .getDayOfWeek, zoned),
    StandardFunction("getDayOfYear", .getDayOfYear, zoned),
    StandardFunction("getFullYear", .getFullYear, zoned),
    StandardFunction("getMonth", .getMonth, zoned),
    StandardFunction("getHours", .getHours, zoned + "; duration.() -> int"),
    StandardFunction("getMinutes", .getMinutes, zoned + "; duration.() -> int"),
    StandardFunction("getSeconds", .getSeconds, zoned + "; duration.() -> int"),
    StandardFunction("getMilliseconds", .getMilliseconds, zoned + "; duration.() -> int"),
]

private let strings: [StandardFunction] = [
    StandardFunction("charAt", .charAt, "string.(int) -> string"),
    StandardFunction("indexOf", .indexOf, "string.(string) -> int; string.(string, int) -> int"),
    StandardFunction("lastIndexOf", .lastIndexOf, "string.(string) -> int; string.(string, int) -> int"),
    StandardFunction("lowerAscii", .lowerAscii, "string.() -> string"),
    StandardFunction("upperAscii", .upperAscii, "string.() -> string"),
    StandardFunction(
        "replace", .replace, "string.(string, string) -> string; string.(string, string, int) -> string"),
    StandardFunction("split", .split, "string.(string) -> list(string); string.(string, int) -> list(string)"),
    StandardFunction("substring", .substring, "string.(int) -> string; string.(int, int) -> string"),
    StandardFunction("trim", .trim, "string.() -> string"),
    StandardFunction("join", .join, "list(string).() -> string; list(string).(string) -> string"),
    StandardFunction("strings.quote", .quote, "(string) -> string"),
    StandardFunction("reverse", .reverse, "string.() -> string; list(A).() -> list(A)"),
    StandardFunction("format", .format, "string.(list(dyn)) -> string"),
]

private let extremes = """
    (int) -> int; (uint) -> uint; (double) -> double; (int, int) -> int; (uint, uint) -> uint; \
    (double, double) -> double; (int, uint) -> dyn; (int, double) -> dyn; (uint, int) -> dyn; (uint, double) -> dyn; \
    (double, int) -> dyn; (double, uint) -> dyn; (list(int)) -> int; (list(uint)) -> uint; \
    (list(double)) -> double
    """

private let math: [StandardFunction] = [
    StandardFunction("math.greatest", .greatest, extremes),
    StandardFunction("math.least", .least, extremes),
    StandardFunction("math.ceil", .ceil, "(double) -> double"),
    StandardFunction("math.floor", .floor, "(double) -> double"),
    StandardFunction("math.round", .round, "(double) -> double"),
    StandardFunction("math.trunc", .trunc, "(double) -> double"),
    StandardFunction("math.abs", .abs, "(int) -> int; (uint) -> uint; (double) -> double"),
    StandardFunction("math.sign", .sign, "(int) -> int; (uint) -> uint; (double) -> double"),
    StandardFunction("math.sqrt", .squareRoot, "(int) -> double; (uint) -> double; (double) -> double"),
    StandardFunction("math.isNaN", .isNaN, "(double) -> bool"),
    StandardFunction("math.isInf", .isInf, "(double) -> bool"),
    StandardFunction("math.isFinite", .isFinite, "(double) -> bool"),
    StandardFunction("math.bitAnd", .bitAnd, "(int, int) -> int; (uint, uint) -> uint"),
    StandardFunction("math.bitOr", .bitOr, "(int, int) -> int; (uint, uint) -> uint"),
    StandardFunction("math.bitXor", .bitXor, "(int, int) -> int; (uint, uint) -> uint"),
    StandardFunction("math.bitNot", .bitNot, "(int) -> int; (uint) -> uint"),
    StandardFunction("math.bitShiftLeft", .bitShiftLeft, "(int, int) -> int; (uint, int) -> uint"),
    StandardFunction("math.bitShiftRight", .bitShiftRight, "(int, int) -> int; (uint, int) -> uint"),
]

private let sortable = """
    list(int).() -> list(int); list(uint).() -> list(uint); list(double).() -> list(double); \
    list(bool).() -> list(bool); list(string).() -> list(string); list(bytes).() -> list(bytes); \
    list(timestamp).() -> list(timestamp); list(duration).() -> list(duration); list(version).() -> list(version)
    """

private let lists: [StandardFunction] = [
    StandardFunction("slice", .slice, "list(A).(int, int) -> list(A)"),
    StandardFunction("flatten", .flatten, "list(list(A)).() -> list(A); list(dyn).(int) -> list(dyn)"),
    StandardFunction("sort", .sort, sortable),
    StandardFunction("distinct", .distinct, "list(A).() -> list(A)"),
    StandardFunction("lists.range", .range, "(int) -> list(int)"),
    StandardFunction("first", .first, "list(A).() -> optional(A)"),
    StandardFunction("last", .last, "list(A).() -> optional(A)"),
    StandardFunction("sets.contains", .setContains, "(list(A), list(A)) -> bool"),
    StandardFunction("sets.equivalent", .setEquivalent, "(list(A), list(A)) -> bool"),
    StandardFunction("sets.intersects", .setIntersects, "(list(A), list(A)) -> bool"),
    StandardFunction("base64.encode", .base64Encode, "(bytes) -> string"),
    StandardFunction("base64.decode", .base64Decode, "(string) -> bytes"),
]

private let optionals: [StandardFunction] = [
    StandardFunction("optional.of", .optionalOf, "(A) -> optional(A)"),
    StandardFunction("optional.ofNonZeroValue", .optionalOfNonZero, "(A) -> optional(A)"),
    StandardFunction("optional.none", .optionalNone, "() -> optional(A)"),
    StandardFunction("hasValue", .hasValue, "optional(A).() -> bool"),
    StandardFunction("value", .optionalValue, "optional(A).() -> A"),
    StandardFunction("or", .optionalOr, "optional(A).(optional(A)) -> optional(A)"),
    StandardFunction("orValue", .optionalOrValue, "optional(A).(A) -> A"),
    StandardFunction("optional.unwrap", .unwrapOptionals, "(list(optional(A))) -> list(A)"),
    StandardFunction("unwrapOpt", .unwrapOptionals, "list(optional(A)).() -> list(A)"),
]

private let network: [StandardFunction] = [
    StandardFunction("ip", .ip, "(string) -> net.IP"),
    StandardFunction("ip", .cidrIP, "net.CIDR.() -> net.IP"),
    StandardFunction("cidr", .cidr, "(string) -> net.CIDR"),
    StandardFunction("isIP", .isIP, "(string) -> bool"),
    StandardFunction("isCIDR", .isCIDR, "(string) -> bool"),
    StandardFunction("ip.isCanonical", .isCanonical, "(string) -> bool"),
    StandardFunction("family", .family, "net.IP.() -> int"),
    StandardFunction("isLoopback", .isLoopback, "net.IP.() -> bool"),
    StandardFunction("isGlobalUnicast", .isGlobalUnicast, "net.IP.() -> bool"),
    StandardFunction("isLinkLocalMulticast", .isLinkLocalMulticast, "net.IP.() -> bool"),
    StandardFunction("isLinkLocalUnicast", .isLinkLocalUnicast, "net.IP.() -> bool"),
    StandardFunction("isUnspecified", .isUnspecified, "net.IP.() -> bool"),
    StandardFunction("containsIP", .containsIP, "net.CIDR.(net.IP) -> bool; net.CIDR.(string) -> bool"),
    StandardFunction("containsCIDR", .containsCIDR, "net.CIDR.(net.CIDR) -> bool; net.CIDR.(string) -> bool"),
    StandardFunction("masked", .masked, "net.CIDR.() -> net.CIDR"),
    StandardFunction("prefixLength", .prefixLength, "net.CIDR.() -> int"),
]

private let versions: [StandardFunction] = [
    StandardFunction("semver", .semver, "(string) -> version; (string, bool) -> version"),
    StandardFunction("isSemver", .isSemver, "(string) -> bool; (string, bool) -> bool"),
    StandardFunction("isGreaterThan", .isGreaterThan, "version.(version) -> bool"),
    StandardFunction("isLessThan", .isLessThan, "version.(version) -> bool"),
    StandardFunction("compareTo", .compareTo, "version.(version) -> int"),
    StandardFunction("major", .major, "version.() -> int"),
    StandardFunction("minor", .minor, "version.() -> int"),
    StandardFunction("patch", .patch, "version.() -> int"),
    StandardFunction("string", .toString, "(version) -> string"),
]

/// All functions that need no declaration by the host.
let standardFunctions: [StandardFunction] =
    operators + standard + strings + math + lists + optionals + network + versions
