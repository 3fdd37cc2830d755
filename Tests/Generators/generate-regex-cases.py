#!/usr/bin/env python3
"""Writes Tests/Fixtures/regex-cases.json: what RE2 itself says to a few thousand pairs of pattern and text.

Needs google-re2 1.1.20251105 from PyPI. The random patterns are the same on every run.

The form: [{"p": pattern, "bad": true} | {"p": pattern, "yes": [texts that hold a match], "no": [others]}]
"""

import json
import os
import random
import re
import sys

import re2

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
OUTPUT = os.path.join(ROOT, "Tests/Fixtures/regex-cases.json")
random.seed(20250726)

# Patterns at the edges of the syntax; each is tried on some of TEXTS when it compiles.
SYNTAX = r"""
a|. .|a a. a.b ab a|^ a|b (a) (a)|b a* a+ a? a{2} a{2,3} a{2,} a*? a+? a?? a{2}? a{2,3}? a{2,}? | . ^ $ \| \( \) \* \+ \?
{ } \. \^ \$ \\ [ace] [abc] [a-z] [a] \- - \_ [[:lower:]] [^[:lower:]] [[:^lower:]] \d \D \s \S \w \W [^\\] a{,2} a{,}
\.\^\$\\ [a-zABC] [^a] [α-ε☺] a*{ (?:ab)* (ab)* ab|cd a(b|c)d (?:a) (?:ab)(?:cd) (?:a|b)|(?:c|d) \Q+|*?{[\E \Q+\E+ \Q\\E
\Q\\\E \Qa\E \Qab\E* \Qab a\Q\E* \Q\E* \Q\E (?m)^ (?m)$ (?-m)^ (?-m)$ (?m)\A (?m)\z (?-m)\A (?-m)\z (?P<name>a) [Aa]
abcde [Aa][Bb]cd ( ) (a (a|b| (a|b [a-z ([a-z) x{1001} x{1000} x{1001,} x{2,1} (?P<name>a (?P<name> (?P<name (?P<x_y>a)
(?P<x-y>a) (?P<>a) [a-Z] (?i)[a-Z] a++ a** a?* a+* a{1}* a*+ a{2}{3} a{2}?? x??? x*{2} [a-b-c] [a-] [-a] [a\-z] []a] [^]a]
[] [^] [z-a] [[:alpha:] [[:alpha] [:alpha:] [[:foo:]] [[:word:]] [[:^word:]] [\d] [^\d] [\D] [^\D] [\pN] [\PN] [^\pL\d]
[a-\d] [\d-a] [\d-z] [\b] [\_] [\Qab\E] \p \p{ \p{} \pé \pN \PN \p{^N} \P{^N} \p{Greek} \P{Greek} \p{^Greek} \P{^Greek}
\p{greek} \p{GREEK} \p{Any} \P{Any} \p{Cn} \p{LC} \p{L&} \p{L}{2} \pLa \p{Foo} \141 \060 \0600 \608 \01 \018 \0 \00 \000
\0000 \8 \9 \10 \18 \1 \1234 \400 \777 [\1] [\01] \x{61} \x61 \x{00000061} \x{} \x{1 \xg0 \x1 \x \x{110000} \x{10FFFF}
\x{D800} \x{1F600} \a \f \n \r \t \v \e \cA \C? \G \Z \h \H \R \X \u1234 \K \k<n> \g1 \N \E \é \ö \  \~ \` \/ \" (? (?) (?i
(?i) (?i)* (?-) (?i-) (?-i) (?-i-s) (?i-i)a (?i-s)a (?ii)a (?isU-m:a) (?U)a*? (?u)a (?x)a (?: (?:a (?:) (?:)* (?P (?P< (?P<n
(?P=n) (?P>n) (?>a) (?|a) (?!a) (?=a) (?<=a) (?<!a) (?#a) (?'n'a) (?<n>a) (?<n>a)(?P<n>b) (?<é>a) (?<1>a) (*) a|* |* *
+ ? ^* $* \b+ \z+ ^+ (^)* a*(?i)* a||b (|a)* (|a)+ ()* ()+ ()? a(|b)c a{ a{1 a{1, a{1,a} a{01} a{00} a{0} a{0,} a{0,0}b
a{99999999} a{999999999} ((a{10}){10}){10} ((a{10}){10}){11} (a{2}){500} (a{2}){501} (a{0,2}){501} (a{2,}){501} (a*){1000}
(?s). (?s).* (?s:.)\n (?i)K (?i)k (?i)ſ (?i)s (?i)ß (?i)ẞ (?i)σ (?i)ς (?i)Σ (?i)[k-s] (?i)[^k] (?i)[^ſ] (?i)\w (?i)\W
(?i)[[:lower:]] (?i)[[:^lower:]] (?i)\p{Lu} (?i)\P{Lu} (?i)\p{Greek} (?i)\P{Greek} (?i)İ (?i)ı (?i)i (?i)ǆ (?i)ǅ (?i)θ
(?i)ϑ (?i)Å (?i)Å (?i)µ (?i)[a-z]+$ (?i)[@-A]+ (?i)[^\\]+ (?i)\Qab\E (?i)a(?-i)b (?i:a)b a(?i)b (a(?i)b)c (a|(?i)b|c)d
\bfoo\b a\b \bbar bar\b (foo|bar|[A-Z])\b \b \B \b\b \B\B \b$ \B$ ^\b ^\B \b.$ \B.$ ^\b.\b$ ^\B.\B$ \Bfoo\B \bx\b \Bx\B
^$ ^^$ ^$$ ^$^ $^ $^$ (?m)^$ (?m)$^ (?m)^a (?m)a$ (?m)^b$ (?m)^$^$ \A\z \Aab ab\z a\Ab a\zb (?m)a\z (?m)\Aa [^\s\S] [\s\S]
^...$ ^.........$ ^日$ 日{2} [日-語] é+ [é]+$ (?s)^.{3}$ .* .+ .? (.*)(.*) (a+)+ (a|a)* (a|b)*abb (a*)*b (x+x+)+y
"""

TEXTS = [
    "", "a", "b", "c", "aa", "aaa", "ab", "abb", "ba", "cd", "abc", "abcd", "A", "B", "AB", "Ab", "aB", "aBc", "0", "1", "00",
    "8", "08", "18", "Z", "z", "k", "K", "\u212a", "s", "S", "ſ", "ß", "ẞ", "σ", "ς", "Σ", "θ", "ϑ", "Θ", "ϴ", "å", "Å", "\u212b",
    "µ", "μ", "i", "I", "İ", "ı", "ǆ", "ǅ", "Ǆ", "é", "É", "ö", "日", "日本語", "語", "αβ", "☺", "\U0001F600", "\U0010FFFF", "²", "½", "٣",
    "\n", "a\n", "\na", "a\nb", "\n\n", "\r", "\t", "\v", "\f", "\a", " ", "_", "-", "+", "*", ".", "^", "$", "|", "\\", "\\\\", "(", ")",
    "[", "]", "{", "}", "a{", "a{,2}", "a{1", "~", "/", "\"", "`", "foo", "foobar", "a foo b", "nofoo foo that", "xfoox", "bar", "x>",
    "<x>", "axb", "«x»", "áxβ", "XY", "hello\ngoodbye\n", "abcdef", "aabcdef", "+|*?{[", "\x00", "\x01", "\x018", "S4", "\u0100", "xxy",
    "xxxx", ":", "l:", "1234",
]

WORDS = [  # patterns as people write them, with texts at their edges
    (r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", ["a@b.co", "a@b", "@b.co", "a b@c.de", "a@b.c", "ä@ö.org", "x@y.z.example"]),
    (r"^\+?[0-9][0-9 ()-]{6,14}$", ["+49 30 1234567", "030-123456", "12", "+", "(030) 1234567", "0123456789012345"]),
    (r"^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$", ["1.2.3", "v1.2.3", "1.2", "1.2.3-rc.1", "1.2.3-", "01.2.3", "1.2.3+x"]),
    (r"(?i)^(gold|silver|platinum)[ _-]?(member)?$", ["Gold", "silver_member", "platinum-", "goldmember", "golden", "GOLD MEMBER"]),
    (r"^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$", ["1.2.3.4", "255.255.255.255", "256.1.1.1", "1.2.3", "01.2.3.4"]),
    (r"^https?://([\w-]+\.)+[\w-]+(:\d+)?(/[^\s]*)?$", ["http://a.b", "https://a.b:80/x?y", "ftp://a.b", "http://a", "https://ä.b/"]),
    (r"\b(iPhone|iPad)\d{1,2},\d\b", ["iPhone14,2", "iPhone14,22", "myiPhone1,1", "iPad7,5;", "iphone1,1"]),
    (r"^\p{Lu}\p{Ll}+( \p{Lu}\p{Ll}+)*$", ["Élan Vital", "élan", "Über", "UBER", "Ab Cd", "Ab  Cd", "Ωμέγα"]),
    (r"^[\p{Han}\p{Hiragana}\p{Katakana}ー]+$", ["日本語", "カタカナー", "ひらがな", "ABC", "日本 語", ""]),
    (r"^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$", ["#fff", "#ffff", "#a1b2c3", "#A1B2C3", "#a1b2c3d4", "fff"]),
    (r"^(a?){20}a{20}$", ["a" * 19, "a" * 20, "a" * 40, "a" * 41]),
    (r"(a|b)*a(a|b){12}$", ["a" + "b" * 12, "b" * 13, "ab" * 20, "b" * 20 + "a" + "b" * 11]),
    (r"(?i)straße", ["STRASSE", "STRAẞE", "straße", "Straſe", "Straße 1"]),
    (r"[^\x00-\x7F]", ["abc", "abé", "日", ""]),
    (r"^.{1,5}$", ["é" * 5, "é" * 6, "日本語", "", "a\nb", "\U0001F600" * 5, "\U0001F600" * 6]),
]


def atom(depth):
    kind = random.random()
    if depth > 0 and kind < 0.3:
        inner = alternation(depth - 1)
        return random.choice(["({})", "(?:{})", "(?i:{})", "(?s:{})", "(?m:{})", "(?P<n>{})", "(?-i:{})"]).format(inner)
    if kind < 0.4:
        body = "".join(random.choice(["a", "b", "c", "a-c", "A-C", r"\d", r"\w", "é", "日-語", "[:upper:]", r"\n", "_", r"\pL"])
                       for _ in range(random.randint(1, 3)))
        return "[" + random.choice(["", "", "^"]) + body + "]"
    return random.choice(["a", "a", "b", "b", "c", "A", "B", "é", "日", "k", "s", "σ", ".", r"\w", r"\W", r"\d", r"\s", r"\S", r"\b",
                          r"\B", "^", "$", r"\A", r"\z", r"\n", r"\pL", r"\p{Lu}", r"\PN", " ", "_", "1", "-"])


def piece(depth):
    text = atom(depth)
    if random.random() < 0.35:
        text += random.choice(["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}"])
    return text


def alternation(depth):
    count = random.choice([1, 1, 1, 2, 3])
    return "|".join("".join(piece(depth) for _ in range(random.choice([0, 1, 1, 2, 2, 3, 4]))) for _ in range(count))


def random_text():
    letters = "aaabbbccABkKs\u017f\u212aσςé日 _1-\n"
    return "".join(random.choice(letters) for _ in range(random.randint(0, 7)))


def classes():
    """Every name of a category or script, with the characters around the ends of its ranges."""
    generated = open(os.path.join(ROOT, "Sources/LinearRegex/Generated/UnicodeData.swift"), encoding="utf-8").read()
    names = sorted(set(re.findall(r"^        ([A-Z][A-Za-z_]*) [A-Za-z0-9+-]", generated, re.M)))
    for name in names:
        compiled = re2.compile(r"\p{%s}" % name)
        edges, inside = [], False
        for point in list(range(0x0, 0x3400)) + list(range(0xA000, 0xAC10)) + list(range(0xF8F0, 0x1FFFF)):
            if 0xD800 <= point < 0xE000:
                continue
            now = compiled.search(chr(point)) is not None
            if now != inside:
                edges += [chr(point)] + ([chr(point - 1)] if point else [])
                inside = now
        yield r"\p{%s}" % name, random.sample(edges, min(6, len(edges)))


def case(pattern, texts):
    try:
        compiled = re2.compile(pattern)
    except re2.error:
        return {"p": pattern, "bad": True}
    result = {"p": pattern, "yes": [], "no": []}
    for text in dict.fromkeys(texts):
        result["yes" if compiled.search(text) else "no"].append(text)
    return result


cases = []
patterns = SYNTAX.split() + [r"\ ", "a b", "", "(?P<x y>a)", "\\"]
for pattern in dict.fromkeys(patterns):
    if r"\C" not in pattern:  # refused on purpose
        cases.append(case(pattern, random.sample(TEXTS, 4 if "{50" in pattern or "1000" in pattern else 40)))
for pattern, texts in WORDS:
    cases.append(case(pattern, texts))
for pattern, texts in classes():
    cases.append(case(pattern, texts))
for _ in range(1500):
    cases.append(case(alternation(3), [random_text() for _ in range(4)]))

with open(OUTPUT, "w", encoding="utf-8") as file:
    file.write("[\n" + ",\n".join(json.dumps(c, ensure_ascii=True, separators=(",", ":")) for c in cases) + "\n]\n")
pairs = sum(len(c.get("yes", [])) + len(c.get("no", [])) for c in cases)
print(f"{len(cases)} patterns, {sum('bad' in c for c in cases)} of them refused; {pairs} pairs", file=sys.stderr)
