"""A client of Placard's bundles, written from Documentation/Protocol.md alone; its sections are those of that page.

It decides and words texts, with as much of MessageFormat 2 as builds for these cases write: variables, choices by plural category,
number and string, and numbers, currencies and dates as CLDR has them, from babel. What else there is it leaves to others.
CEL comes from the package common-expression-language, likely subtags and aliases of tags from babel, the distances of languages from
langcodes, zones from zoneinfo.
"""
import datetime
import functools
import hashlib
import json
import pathlib
import re
import zoneinfo

import babel.core
import babel.dates
import babel.numbers
import cel
from langcodes import language_distance

ENGINE = 2


# 1. Files

class Bundle:
    """The files of a bundle, each checked before it is parsed."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        if self.manifest["engine"] > ENGINE:
            raise ValueError("the bundle needs a newer client")
        self.catalog = json.loads(self.read(self.manifest["catalog"]))
        self.messages = {message["id"]: message for message in self.catalog["messages"]}
        self.languages = Languages(self.manifest)

    def read(self, target):
        data = (self.folder / target["path"]).read_bytes()
        if len(data) != target["bytes"] or hashlib.sha256(data).hexdigest() != target["sha256"]:
            raise ValueError(f"{target['path']} is not what the manifest says")
        return data

    @functools.cache
    def texts(self, locale):
        return json.loads(self.read(self.manifest["locales"][locale]))["messages"]


def merge_patch(target, patch):
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def written(value):
    """RFC 8785, for what Placard writes: no number of its files has a fraction."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{written(name)}:{written(item)}" for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def patched(name, old, patch, target):
    """The bytes of the target `name` of a release, made of an older file and a patch; None where it must be fetched whole."""
    value, change = json.loads(old), json.loads(patch)
    if name == "catalog.json":
        value["messages"] = {message["id"]: message for message in value["messages"]}
    value = merge_patch(value, change)
    if name == "catalog.json":
        value["messages"] = [value["messages"][key] for key in sorted(value["messages"], key=str.encode)]
    data = written(value).encode()
    if len(data) != target["bytes"] or hashlib.sha256(data).hexdigest() != target["sha256"]:
        return None
    return data


# 2. Languages

TAG = re.compile(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(-([a-z\d]{5,8}|\d[a-z\d]{3}))*)(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?")


def canonical(text):
    """A tag's language, script, region and variants in canonical form; None for what is no tag."""
    text = text.lower()
    if re.fullmatch(r"x(-[a-z\d]{1,8})+", text):
        return "und"
    found = TAG.fullmatch(text)
    if not found:
        return None
    language, script, region = found["language"], (found["script"] or "").title(), (found["region"] or "").upper()
    aliases = babel.core.get_global("language_aliases")
    if language in aliases:
        new, new_script, new_region = parts(aliases[language].replace("_", "-"))
        language, script, region = new, script or new_script, region or new_region
    regions = babel.core.get_global("territory_aliases").get(region)
    if regions:
        likely = maximized(language + (f"-{script}" if script else ""))[2]
        region = likely if likely in regions else regions[0]
    return "-".join(part for part in (language, script, region, found["variants"].strip("-")) if part)


def parts(tag):
    """Language, script and region."""
    language, *rest = tag.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part for part in rest if re.fullmatch(r"[A-Z]{2}|\d{3}", part)), "")
    return language, script, region


def maximized(tag):
    """Language, script and region with what is likely in place of what is not said (UTS 35, "Likely Subtags")."""
    language, script, region = parts(tag)
    likely = babel.core.get_global("likely_subtags")
    for key in ((language, script, region), (language, region), (language, script), (language,)):
        found = likely.get("_".join(key)) if all(key) else None
        if found:
            new = parts(found.replace("_", "-"))
            return (language if language != "und" else new[0], script or new[1], region or new[2])
    return language, script, region


def parents(tag):
    """The parents of a tag, nearest first (UTS 35, "Parent Locales")."""
    exceptions = babel.core.get_global("parent_exceptions")
    language, script, region = parts(tag)
    likely = maximized(tag)[1]
    if region and not script and likely != maximized(language)[1]:
        tag = f"{language}-{likely}-{region}"
        yield tag
    while True:
        name = tag.replace("-", "_")
        parent = exceptions.get(name) or name.rpartition("_")[0]
        if parent in ("", "root"):
            return
        tag = parent.replace("_", "-")
        yield tag


# Where the data of langcodes is older than CLDR 45: English of America, and Serbian apart from Bosnian and Croatian.
ENGLISH_OF_AMERICA = language_distance.US | {"CA", "PH"}
APART = {frozenset(("sr", "bs")), frozenset(("sr", "hr"))}


def region_distance(language, script, wanted, offered):
    """CLDR's rules for regions: in or out of a cluster that a language has."""
    if wanted == offered:
        return 0
    clusters = {"ar": language_distance.MAGHREB, "en": ENGLISH_OF_AMERICA, "es": language_distance.AMERICAS,
                "pt": language_distance.AMERICAS, "zh": language_distance.CNSAR if script == "Hant" else None}
    cluster = clusters.get(language)
    if cluster is None:
        return 4
    if language == "en" and offered == "GB" and wanted not in cluster:
        return 3
    return 4 if (wanted in cluster) == (offered in cluster) else 5


def distance(wanted, offered):
    """How far a locale that is offered is from a wanted one (UTS 35, "Enhanced Language Matching")."""
    if "und" in (wanted, offered):
        return 0 if wanted == offered else 100
    (language, script, region), (language2, script2, region2) = maximized(wanted), maximized(offered)
    table, total = language_distance.LANGUAGE_DISTANCES, 0
    if language != language2:
        total += 80 if frozenset((language, language2)) in APART else table.get(language, {}).get(language2, 80)
    if script != script2:
        total += table.get(f"{language}_{script}", {}).get(f"{language2}_{script2}", 50)
    same = (language, script) == (language2, script2)
    return total + region_distance(language if same else "", script, region, region2)


def likelier(one, other):
    """Whether a locale has the likely script or region of its language where another of that language has not."""
    (language, script, region), (language2, script2, region2) = maximized(one), maximized(other)
    if language != language2:
        return False
    if script != script2:
        return script == maximized(language)[1]
    return region != region2 and region == maximized(f"{language}-{script}")[2]


class Languages:
    PARADIGMS = [maximized(tag) for tag in ("en", "en-GB", "es", "es-419", "pt-BR", "pt-PT")]

    def __init__(self, manifest):
        self.source, self.locales = manifest["source"], sorted(manifest["locales"])
        self.fallbacks = manifest.get("fallbacks", {})
        others = [locale for locale in self.locales if locale != self.source]
        others.sort(key=lambda locale: maximized(locale) not in self.PARADIGMS)
        self.offered = [self.source, *others]

    def next(self, tag):
        """Where the project sends readers of a tag; None where it does not."""
        if tag in self.fallbacks:
            return self.fallbacks[tag]
        for parent in parents(tag):
            if parent in self.locales:
                return None
            if parent in self.fallbacks:
                return self.fallbacks[parent]
        return None

    def way(self, tag):
        """The tags that the project sends readers of a tag to, one after the other."""
        way = [tag]
        while (tag := self.next(tag)) and tag not in way:
            way.append(tag)
        return way[1:]

    def look_up(self, languages):
        """The locale of a reader, and the reader's own languages."""
        wanted = [tag for tag in map(canonical, languages) if tag]
        ways = {tag: [] if tag in self.locales else self.way(tag) for tag in wanted}
        resulting = [next((step for step in ways[tag] if step in self.locales), tag) for tag in wanted]
        found = self.best_match(resulting)
        own = list(wanted)
        for tag in wanted:
            own += ways[tag]
        if any(distance(tag, found) < 10 for tag in own):
            own += self.way(found)
        return found, list(dict.fromkeys(own))

    def best_match(self, wanted):
        best, limit = None, 50
        for tag in wanted:
            nearest = None
            for locale in self.offered:
                far = distance(tag, locale)
                if far < limit or (far == limit and nearest and likelier(locale, nearest)):
                    nearest, limit = locale, far
            best = nearest or best
            limit -= 5
            if limit <= 0:
                break
        return best or self.source

    def reads(self, own, locale):
        return any(distance(tag, locale) < 10 for tag in own)


# 3. Values

class Invalid(Exception):
    """A value of another type than was declared, or one that is too large."""


STRING_LIMIT, COUNT_LIMIT, TOTAL_LIMIT = 65_536, 10_000, 262_144
IDENTIFIERS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
NUMERIC = r"(?:0|[1-9][0-9]*)"
SEMVER = re.compile(rf"({NUMERIC})\.({NUMERIC})\.({NUMERIC})(?:-({IDENTIFIERS}))?(?:\+{IDENTIFIERS})?")
REPORTED = re.compile(
    rf"[vV]?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:\.[0-9]+)*(?: \({IDENTIFIERS}\)|(?:-({IDENTIFIERS}))?(?:\+{IDENTIFIERS})?)")


def version(text):
    """A version as an app reports it, without build metadata; None for what is none."""
    found = REPORTED.fullmatch(text.strip(" \t\n\v\f\r"))
    if not found:
        return None
    *numbers, label = found.groups()
    core = ".".join(str(int(number or "0")) for number in numbers)
    return semver(core + (f"-{label}" if label else ""))


def semver(text):
    """A version by Semantic Versioning 2.0, without build metadata; None for what is none."""
    found = SEMVER.fullmatch(text)
    if not found or any(int(number) >= 1 << 64 for number in found.groups()[:3]):
        return None
    if any(re.fullmatch("0[0-9]+", part) for part in (found[4] or "").split(".")):
        return None
    return text.partition("+")[0]


def version_key(text):
    """Bytes whose order is the precedence of versions, which is what CEL compares."""
    core, _, label = text.partition("-")
    key = b"".join(int(number).to_bytes(8, "big") for number in core.split("."))
    if not label:
        return key + b"\xff"
    for part in label.split("."):
        number = part.isdigit()
        key += b"\1" + len(part).to_bytes(4, "big") + part.encode() if number else b"\2" + part.encode() + b"\0"
    return key + b"\0"


def whole(value, least, most):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or not least <= value <= most:
        raise Invalid
    return int(value)


def timestamp(text):
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", text, re.ASCII)
    if not found:
        raise Invalid
    fraction = (found[2] or ".0")[:7]
    try:
        moment = datetime.datetime.fromisoformat(found[1].upper() + fraction.ljust(7, "0") + found[3].upper().replace("Z", "+00:00"))
        return moment.astimezone(datetime.timezone.utc)
    except (ValueError, OverflowError):
        raise Invalid from None


UNITS = {"h": 3_600_000_000, "m": 60_000_000, "s": 1_000_000, "ms": 1_000, "us": 1, "µs": 1, "ns": 0.001}


def duration(text):
    found = re.fullmatch(r"([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|ns))+|0)", text, re.ASCII)
    if not found:
        raise Invalid
    total = sum(float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+)(h|ms|m|s|us|µs|ns)", found[2]))
    try:
        return datetime.timedelta(microseconds=-total if found[1] == "-" else total)
    except OverflowError:
        raise Invalid from None


def read_text(declared, value):
    """A value that JSON has as a string."""
    if not isinstance(value, str):
        raise Invalid
    if declared == "version":
        found = version(value)
        if not found:
            raise Invalid
        return version_key(found)
    return {"timestamp": timestamp, "duration": duration}.get(declared, str)(value)


def read_value(declared, value):
    if declared.startswith("list("):
        if not isinstance(value, list):
            raise Invalid
        return [read_value(declared[5:-1], item) for item in value]
    if declared.startswith("map("):
        if not isinstance(value, dict):
            raise Invalid
        item_type = declared[4:-1].partition(",")[2].strip()
        return {key: read_value(item_type, item) for key, item in value.items()}
    if declared == "bool":
        if not isinstance(value, bool):
            raise Invalid
        return value
    if declared == "double":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Invalid
        return float(value)
    if declared == "int":
        return whole(value, -(1 << 63), (1 << 63) - 1)
    if declared == "uint":
        return whole(value, 0, (1 << 64) - 1)
    return read_text(declared, value)


def size(value):
    """What a value counts; Invalid where a part of it is too large."""
    if isinstance(value, str):
        count = len(value.encode("utf-8", "surrogatepass"))
        if count > STRING_LIMIT:
            raise Invalid
        return count
    if isinstance(value, (list, dict)):
        if len(value) > COUNT_LIMIT:
            raise Invalid
        items = value if isinstance(value, list) else [*value, *value.values()]
        return 16 * len(value) + sum(map(size, items))
    return 0


def read_group(declared, given):
    """The attributes of a group, or the properties of an event, that have a value."""
    values = {}
    for name, attribute in declared.items():
        raw = given.get(name) if isinstance(given, dict) else None
        if raw is None:
            raw = attribute.get("default")
        if raw is None:
            continue
        try:
            if size(raw) <= TOTAL_LIMIT:
                values[name] = read_value(attribute["type"], raw)
        except Invalid:
            pass
    return values


# 4. A decision

class Request:
    """What is asked, with the values that the catalog declares."""

    def __init__(self, bundle, given):
        self.given, self.now = given, given["now"]
        event = bundle.catalog["events"].get(given["event"])
        context = given["context"]
        self.values = {group: read_group(names, context.get(group)) for group, names in bundle.catalog["context"].items()}
        self.values["event"] = read_group(event or {}, given["properties"])
        self.known_event = event is not None
        self.locale, self.own = bundle.languages.look_up(given["languages"])
        self.texts = bundle.texts(self.locale)
        # The language that a message is really in, once one is worded.
        self.worded, self.direction = self.locale, "ltr"

    def variable(self, name):
        group, _, attribute = name.partition(".")
        return self.values.get(group, {}).get(attribute)

    def holds(self, condition):
        return condition is None or evaluate(condition, self.values) is True


OPTIONAL = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b(\w+(?:\.\w+)*)\.\?(\w+)\.(?:orValue\(([^()]*)\)|(hasValue)\(\))""")


def plain_optionals(condition):
    """`a.?b.orValue(c)` in words that every CEL knows: the package has no syntax for optionals."""
    def other(found):
        quoted, start, field, default, asked = found.groups()
        if quoted:
            return quoted
        return f"has({start}.{field})" if asked else f"(has({start}.{field}) ? {start}.{field} : {default})"
    return OPTIONAL.sub(other, condition)


def strict_semver(text):
    found = semver(text)
    if not found:
        raise ValueError("no version")
    return version_key(found)


def evaluate(condition, values):
    """What a condition comes to; None for an error."""
    context = cel.Context(values)
    context.add_function("semver", strict_semver)
    context.add_function("isLessThan", lambda one, other: one < other)
    context.add_function("isGreaterThan", lambda one, other: one > other)
    context.add_function("lowerAscii", lambda text: "".join(char.lower() if char.isascii() else char for char in text))
    try:
        return cel.evaluate(plain_optionals(condition), context)
    except Exception:
        return None


def order(message):
    start = message.get("schedule", {}).get("start")
    return -message["priority"], start is not None, civil_as_utc(start) if start else 0, message["id"].encode()


def decide(bundle, given):
    """What comes of a request: locale, what shows, exposures, and the verdict on every message."""
    request = Request(bundle, given)
    verdicts = {message: "trigger" for message in bundle.messages}
    exposures, shown = [], None
    for message in sorted(bundle.messages.values(), key=order):
        if not request.known_event:
            break
        failed = gate(bundle, request, message)
        if failed or shown:
            verdicts[message["id"]] = failed or "lost"
            continue
        verdict, variant = enrol(request, message, exposures)
        verdicts[message["id"]] = verdict
        if verdict == "shown":
            shown = shows(request, message, variant)
    return {"locale": request.locale, "shows": shown, "exposures": exposures, "verdicts": verdicts}


def enrol(request, message, exposures):
    """The verdict on an eligible message that is first, and its variant; records the exposure."""
    experiment, unit = message.get("experiment", {}), request.given["unit"]
    record = {"message": message["id"], "at": request.now + message["trigger"].get("delay", 0)}
    if bucket("holdout", message["id"], unit) < experiment.get("holdout", 0):
        exposures.append({**record, "withheld": True})
        return "holdout", None
    variant = drawn(message["id"], unit, experiment.get("variants", []))
    if not variant:
        return "shown", None
    withheld = variant.get("withheld", False)
    exposures.append({**record, "withheld": withheld, "variant": variant["id"]})
    return "control" if withheld else "shown", variant["id"]


def shows(request, message, variant):
    key = thread_key(request, message)
    result = {"message": message["id"], "at": request.now + message["trigger"].get("delay", 0)}
    result["replaces"] = [it["message"] for it in request.given["showing"] if key is not None and it.get("thread") == key]
    if variant is not None:
        result["variant"] = variant
    if key is not None:
        result["thread"] = key
    result["content"] = content(request, message, variant)
    return result


# 5. The gates

def gate(bundle, request, message):
    """The first gate that fails; None for an eligible message."""
    trigger = message["trigger"]
    at = request.now + trigger.get("delay", 0)
    key = thread_key(request, message)
    group = bundle.catalog.get("groups", {}).get(message.get("group"), {"frequency": []})
    texts = request.texts.get(message["id"])
    checks = [
        ("trigger", lambda: trigger["event"] == request.given["event"]),
        ("when", lambda: request.holds(trigger.get("when"))),
        ("audience", lambda: request.holds(message.get("audience"))),
        ("schedule", lambda: is_open(message.get("schedule"), at, request.given["timezone"])),
        ("missing-value", lambda: "thread" not in message or key is not None),
        ("dismissed", lambda: not is_dismissed(request.given["history"], message, key, at)),
        ("frequency", lambda: has_room(message.get("frequency", []), own_impressions(request, message), request, at)),
        ("group", lambda: has_room(group["frequency"], group_impressions(bundle, request, message), request, at)),
        ("rollout", lambda: bucket("rollout", message["id"], request.given["unit"]) < message.get("rollout", 10_000)),
        ("thread", lambda: key is None or not any(
            it.get("thread") == key and latest_event(it) > request.now for it in request.given["history"])),
        ("blocked", lambda: not is_blocked(request.given["showing"], message, key)),
        ("locale", lambda: texts is not None and (
            message.get("onMissing") != "hide" or not request.own or bundle.languages.reads(request.own, texts["locale"]))),
        ("missing-value", lambda: all(has_words(request, texts, name) for name in needed(request, message, texts))),
    ]
    return next((name for name, passes in checks if not passes()), None)


def latest_event(entry):
    """The event that an entry says a message of its thread was shown for; 0 where it says none."""
    return entry["at"] if "latest" in entry else entry.get("event", 0)


def is_dismissed(history, message, key, at):
    for it in history:
        same_thread = "thread" not in message or it.get("thread") == key
        if it.get("dismissed") == message["id"] and same_thread:
            return True
        if it.get("reminder") == message["id"] and same_thread and at < it["at"]:
            return True
    return False


def is_blocked(showing, message, key):
    if message["surface"] == "push":
        return False
    others = [it for it in showing if it["surface"] != "push" and (key is None or it.get("thread") != key)]
    return any(it["blocking"] or it["surface"] == message["surface"] for it in others)


def thread_key(request, message):
    """The thread with its values; None without a thread, or without a value that it needs."""
    fallbacks = request.texts.get(message["id"], {}).get("fallbacks", {})
    try:
        return None if "thread" not in message else words(request, message["thread"], fallbacks, isolate=False)
    except Missing:
        return None


# 6. Draws

def murmur(data):
    """MurmurHash3 x86 32 with the seed 0."""
    mask, result = 0xFFFFFFFF, 0

    def mixed(block):
        block = block * 0xCC9E2D51 & mask
        return ((block << 15 | block >> 17) & mask) * 0x1B873593 & mask

    whole_length = len(data) // 4 * 4
    for index in range(0, whole_length, 4):
        result ^= mixed(int.from_bytes(data[index:index + 4], "little"))
        result = ((result << 13 | result >> 19) & mask) * 5 + 0xE6546B64 & mask
    if data[whole_length:]:
        result ^= mixed(int.from_bytes(data[whole_length:], "little"))
    result ^= len(data)
    result = (result ^ result >> 16) * 0x85EBCA6B & mask
    result = (result ^ result >> 13) * 0xC2B2AE35 & mask
    return result ^ result >> 16


def draw(purpose, message, unit):
    return murmur("\x1f".join((purpose, message, unit)).encode())


def bucket(purpose, message, unit, count=10_000):
    return draw(purpose, message, unit) * count >> 32


def drawn(message, unit, variants):
    """The variant of a user; None where there is none."""
    place, running = bucket("variant", message, unit, sum(variant["weight"] for variant in variants)), 0
    for variant in variants:
        running += variant["weight"]
        if running > place:
            return variant
    return None


# 7. Time

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def zone(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def clock(seconds, where):
    """What the clocks of a zone show."""
    return (EPOCH + datetime.timedelta(seconds=seconds)).astimezone(where).replace(tzinfo=None, fold=0)


def civil_as_utc(text):
    return int((datetime.datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=datetime.timezone.utc) - EPOCH).total_seconds())


def civil_moment(text, where):
    """The moment that a civil time stands for, as a boundary."""
    wanted = datetime.datetime.fromisoformat(text)
    moments = [int((wanted.replace(tzinfo=where, fold=fold) - EPOCH).total_seconds()) for fold in (0, 1)]
    if clock(moments[0], where) == wanted:
        return moments[0]
    # A skipped time lies between the two readings, and so does the jump.
    low, high = min(moments) - 1, max(moments)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if clock(middle, where) >= wanted else (middle, high)
    return high


def boundary(text, where):
    """Milliseconds."""
    return 1000 * (civil_as_utc(text) if text.endswith("Z") else civil_moment(text, where))


def is_open(schedule, at, local):
    if schedule is None:
        return True
    bounds = [schedule[name] for name in ("start", "end") if name in schedule]
    where = zone(local if schedule["timezone"] == "local" else schedule["timezone"])
    needs_zone = "hours" in schedule or "days" in schedule or not all(text.endswith("Z") for text in bounds)
    if needs_zone and where is None:
        return False
    if "start" in schedule and at < boundary(schedule["start"], where):
        return False
    if "end" in schedule and at >= boundary(schedule["end"], where):
        return False
    return not needs_zone or is_open_on_clock(schedule, clock(at // 1000, where))


def is_open_on_clock(schedule, shown):
    minute, day = shown.hour * 60 + shown.minute, shown.weekday()
    hours = schedule.get("hours", {"start": 0, "end": 1440})
    if hours["end"] < hours["start"]:
        if hours["end"] <= minute < hours["start"]:
            return False
        day -= minute < hours["end"]
    elif not hours["start"] <= minute < hours["end"]:
        return False
    return "days" not in schedule or DAYS[day % 7] in schedule["days"]


# 8. What was shown before

def own_impressions(request, message):
    return [it["at"] for it in request.given["history"] if message["id"] in (it.get("shown"), it.get("withheld"))]


def group_impressions(bundle, request, message):
    members = {it["id"] for it in bundle.messages.values() if "group" in it and it["group"] == message.get("group")}
    return [it["at"] for it in request.given["history"] if it.get("shown") in members or it.get("withheld") == message["id"]]


def has_room(rules, impressions, request, at):
    return all(sum(in_window(rule["per"], moment, request, at) for moment in impressions) < rule["count"] for rule in rules)


def in_window(per, moment, request, at):
    if per == "session":
        return moment >= request.given["session"]
    return per == "total" or moment > at - 1000 * per


# 9. Texts

class Missing(Exception):
    """A variable has neither a value nor a fallback."""


class NotWorded(Exception):
    """The reader leaves this text to an implementation of MessageFormat; says why."""


def variables(part):
    """The variables in anything: what is given for `type: variable`, less what the message declares by itself."""
    if isinstance(part, list):
        return set().union(*map(variables, part)) if part else set()
    if not isinstance(part, dict):
        return set()
    if part.get("type") == "variable":
        return {part["name"]}
    local = {it["name"] for it in part.get("declarations", []) if it["type"] == "local"}
    return set().union(*map(variables, part.values())) - local if part else set()


PARTS = ("fields", "actions", "steps", "push")


def in_variant(message, texts, variant):
    """The behaviour and the texts of a message as a user in a variant has them: by name, what the variant has in place of its own."""
    acts = {name: message[name] for name in PARTS if name in message}
    arms = {arm["id"]: arm for arm in message.get("experiment", {}).get("variants", [])}
    words_of = {name: texts[name] for name in PARTS if name in texts}
    return replaced(acts, arms.get(variant, {})), replaced(words_of, texts.get("variants", {}).get(variant, {}))


def replaced(parts, changes):
    result = dict(parts)
    for name in PARTS:
        if name in changes:
            both = isinstance(changes[name], dict) and isinstance(parts.get(name), dict)
            result[name] = {**parts[name], **changes[name]} if both else changes[name]
    return result


def needed(request, message, texts):
    """What needs a value: what the catalog names, and what stands in texts and addresses."""
    variant = drawn(message["id"], request.given["unit"], message.get("experiment", {}).get("variants", []))
    acts, worded = in_variant(message, texts, variant and variant["id"])
    return set(message.get("needs", [])) | variables(worded) | variables(acts)


def has_words(request, texts, name):
    return request.variable(name) is not None or name in texts.get("fallbacks", {})


def words(request, text, fallbacks, isolate=True):
    """A plain text with its values."""
    if isinstance(text, str):
        return text
    functions = {it["name"]: it["value"].get("function") for it in text["declarations"] if it["type"] == "input"}
    if len(functions) < len(text["declarations"]):
        raise NotWorded("local variables")
    out = []
    for part in chosen(request, text, functions) if text["type"] == "select" else text["pattern"]:
        if isinstance(part, dict) and part["type"] == "markup":
            continue
        out.append(part if isinstance(part, str) else placed(request, part, functions, fallbacks, isolate))
    return "".join(out)


def chosen(request, text, functions):
    """The pattern of the variant that fits best (LDML 48, part 9, "Pattern Selection"): the first selector counts most."""
    ranks = []
    for variant in text["variants"]:
        rank = [fit(request, selector["name"], functions[selector["name"]], key) for selector, key in zip(text["selectors"], variant["keys"])]
        if None not in rank:
            ranks.append((rank, variant["value"]))
    return min(ranks, key=lambda ranked: ranked[0])[1]


def fit(request, name, function, key):
    """How well a key fits a value: 0 best, None not at all."""
    if key["type"] == "*":
        return 2
    value, options = request.variable(name), function.get("options", {})
    if function["name"] == "string":
        return 0 if value == key["value"] else None
    if function["name"] not in ("integer", "number") or options:
        raise NotWorded(f"chooses by :{function['name']}")
    if value is None:
        return None
    if re.fullmatch(r"-?(0|[1-9][0-9]*)", key["value"]):
        return 0 if int(key["value"]) == value else None
    return 1 if babel.core.Locale.parse(request.worded, sep="-").plural_form(value) == key["value"] else None


def formatted(request, value, function):
    """A value as CLDR has it in the language of the texts."""
    if function["name"] == "string" and isinstance(value, str):
        return value
    locale = babel.core.Locale.parse(request.worded, sep="-")
    options = {name: option["value"] for name, option in function.get("options", {}).items()}
    match function["name"], options:
        case "integer", {} if not options:
            return babel.numbers.format_decimal(int(value), locale=locale)
        case "currency", {"currency": code} if len(options) == 1:
            return babel.numbers.format_currency(value, code, locale=locale)
        case "date", {"fields": "month-day", "length": "long"} if len(options) == 2:
            moment = value.astimezone(zone(request.given["timezone"]))
            return babel.dates.format_skeleton("MMMMd", moment, locale=locale)
    raise NotWorded(f":{function['name']}")


def placed(request, expression, functions, fallbacks, isolate):
    """What stands in the place of an expression."""
    argument = expression.get("arg", {})
    if argument.get("type") != "variable":
        raise NotWorded("literals")
    name = argument["name"]
    value = request.variable(name)
    if value is None:
        if name not in fallbacks:
            raise Missing(name)
        text = fallbacks[name]
        text = text if isinstance(text, str) else words(request, text, {}, isolate)
        return f"\u2068{text}\u2069" if isolate else text
    function = expression.get("function") or functions.get(name) or {"name": "string"}
    text = formatted(request, value, function)
    if not isolate or function["name"] != "string" and request.direction == "ltr":
        return text
    return f"{chr(0x2068) if function['name'] == 'string' else chr(0x2067)}{text}\u2069"


def content(request, message, variant):
    """The plain texts of what shows; NotWorded in place of those that are left to others."""
    texts = request.texts[message["id"]]
    request.worded, request.direction = texts["locale"], texts["direction"]
    _, worded_parts = in_variant(message, texts, variant)
    fields, actions = worded_parts.get("fields", {}), worded_parts.get("actions", {})
    fallbacks = texts.get("fallbacks", {})

    def worded(text):
        try:
            return words(request, text, fallbacks)
        except NotWorded as reason:
            return reason

    plain = {name: field["text"] if is_body(field) else field for name, field in fields.items() if is_text(field)}
    return {
        "locale": texts["locale"], "direction": texts["direction"],
        "fields": {name: worded(text) for name, text in plain.items()},
        "actions": {name: worded(action["label"]) for name, action in actions.items()},
    }


def is_body(field):
    return isinstance(field, dict) and "type" not in field and "text" in field


def is_text(field):
    return isinstance(field, str) or is_body(field) or isinstance(field, dict) and field.get("type") in ("message", "select")


# 10. Links

FORBIDDEN = set("""about applescript blob chrome chrome-extension chrome-untrusted content data feed file filesystem hcp intent
itms-services its jar javascript livescript mhtml mk mocha moz-extension ms-appinstaller ms-excel ms-help ms-its ms-msdt ms-officecmd
ms-powerpoint ms-search ms-word nfs res resource search search-ms shell smb vbscript view-source ws wss wyciwyg x-man-page""".split())


def is_allowed(url, links):
    """Whether an address may be opened, by rules 1 to 3."""
    if not re.fullmatch(r"[!#-;=?-\[\]-~]+", url):
        return False
    scheme, colon, rest = url.partition(":")
    scheme = scheme.lower()
    if not colon or scheme in FORBIDDEN or scheme not in links["schemes"]:
        return False
    return scheme not in ("http", "https", "ftp") or is_host_allowed(rest, links.get("hosts"))


def is_host_allowed(rest, hosts):
    found = re.match(r"//([A-Za-z0-9_-][A-Za-z0-9._-]*)(?::([0-9]{1,5}))?(?=[/?#]|$)", rest)
    if not found or found[2] and not 1 <= int(found[2]) <= 65_535:
        return False
    host = found[1].lower()
    return not hosts or any(
        wanted == "*" or host == wanted or wanted.startswith("*.") and host.endswith(wanted[1:]) for wanted in hosts)
