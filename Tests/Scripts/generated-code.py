#!/usr/bin/env python3
"""generated-code.py: what `placard generate` writes compiles, a slip does not, and what it makes is what clients take.

The project is Tests/Fixtures/awkward-names, whose names are keywords, come to the same, and would act if they got into code. Swift is
compiled against the modules of the debug build (Tests/PlacardGenerateTests runs it); Kotlin and TypeScript by their own compilers, and
run: both give the same JSON. Of the lines in SLIPS each must be an error, and of those in FINE none.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
placard = os.environ.get("PLACARD_BIN", str(root / ".build/debug/placard"))
programs = root / "Tests/Fixtures/generated-code"
problems = []

FINE = {
    "swift": [
        'let a = AppEvent.orderReady(is: "", class: "", status: .ready)',
        "let b = AppEvent.notify",
        'let c = AppContext.User(as: "", type__2: .n3_2)',
        "func d(_ e: MessageID) -> Bool { e == .n3dSale }",
        "func e(_ c: PlacardClient, _ x: AppContext) async -> ShownMessage? { await c.decide(.notify, context: x) }",
        "let f = MessageAction.Self_.class",
    ],
    "kotlin": [
        'val a = AppEvent.orderReady(`is` = "", class_ = "", status = AppEvent.OrderReady.Status.READY)',
        "val b = MessageId.N3D_SALE",
    ],
    "typescript": [
        'export const a = appEvent("OrderReady", { is: "", class: "", status: "ready" });',
        'export const b: MessageID = "3d-sale";',
    ],
}
SLIPS = {
    "swift": [
        'let a1 = AppEvent.orderRedy(is: "", class: "", status: .ready)',
        'let a2 = AppEvent.orderReady(is: "", clas: "", status: .ready)',
        'let a3 = AppEvent.orderReady(is: "", class: "", status: .redy)',
        'let a4 = AppEvent.orderReady(is: "", class: "")',
        'let a5 = AppEvent.orderReady(is: 1, class: "", status: .ready)',
        'let c1 = AppContext.User(as: "", typ: .n3_2)',
        "let c2 = AppContext.User()",
        'let c3 = AppContext.User(as: "", since: "2025-12-01")',
        "func d1(_ e: MessageID) -> Bool { e == .sale }",
        "func e1(_ c: PlacardClient, _ x: AppContext) async -> ShownMessage? { await c.decide(.notified, context: x) }",
        "func e2(_ c: PlacardClient) async -> ShownMessage? { await c.decide(.notify, context: AppEvent.notify) }",
        "let f1 = MessageAction.Self_.klass",
        'let g1 = AppEvent(name: "anything", properties: [:])',
    ],
    "kotlin": [
        'val a1 = AppEvent.orderRedy(`is` = "", class_ = "", status = AppEvent.OrderReady.Status.READY)',
        'val a2 = AppEvent.orderReady(`is` = "", clas = "", status = AppEvent.OrderReady.Status.READY)',
        'val a3 = AppEvent.orderReady(`is` = "", class_ = "", status = AppEvent.OrderReady.Status.REDY)',
        'val a4 = AppEvent.orderReady(`is` = "", class_ = "", status = "ready")',
        'val a5 = AppEvent.orderReady(`is` = "", class_ = "")',
        "val b1 = MessageId.SALE",
        "val c1 = AppContext.User()",
        "val f1 = MessageAction.Self.KLASS",
    ],
    "typescript": [
        'export const a1 = appEvent("OrderRedy", { is: "", class: "", status: "ready" });',
        'export const a2 = appEvent("OrderReady", { is: "", clas: "", status: "ready" });',
        'export const a3 = appEvent("OrderReady", { is: "", class: "", status: "redy" });',
        'export const a4 = appEvent("OrderReady");',
        'export const a5 = appEvent("OrderReady", { is: 1, class: "", status: "ready" });',
        'export const b1: MessageID = "sale";',
        "export const c1 = appContext({ user: {} });",
        'export const c2 = appContext({ user: { as: "" }, self: { typ: "Type" } });',
        'export const f1: MessageAction<"self"> = "klass";',
        'export const g1 = appEvent("notify", { anything: 1 });',
    ],
}
HEAD = {
    "swift": "import PlacardClient\nimport PlacardEngine\n",
    "kotlin": "import com.example.app.`in`.*\n",
    "typescript": 'import { appContext, appEvent, MessageAction, MessageID } from "./generated";\n',
}
SUFFIX = {"swift": "swift", "kotlin": "kt", "typescript": "ts"}
EXPECTED_CONTEXT = {
    "user": {
        "as": 'driver "x"\n\u00e9', "self": True, "init": -3, "type": "3.2", "home_url": "https://example.com/a?b=c", "count": 7,
        "share": 0.5, "version": "3.4.0", "flags": {"on": True}, "levels": {"l": ["a", "b"]}, "away": "-90.005s"},
    "self": {"type": "Type"}}


def run(*command, cwd=None):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd)


def compile_swift(folder, files):
    modules = root / ".build/debug/Modules"
    return run("swiftc", "-typecheck", "-swift-version", "6", "-enable-upcoming-feature", "MemberImportVisibility", "-parse-as-library",
               "-I", modules, "-I", root / "Sources/CLibCrypto", *files)


def compile_kotlin(folder, files):
    return run("kotlinc", *files, "-include-runtime", "-d", folder / "program.jar")


def compile_typescript(folder, files):
    return run("tsc", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2020", "--lib", "es2020,dom",
               "--module", "commonjs", "--outDir", folder / "out", *files)


COMPILE = {"swift": compile_swift, "kotlin": compile_kotlin, "typescript": compile_typescript}


def failed_lines(text, name):
    """The lines of a file that a compiler complains of, whatever its form."""
    return {int(found[1]) for found in re.finditer(rf"{re.escape(name)}[:(](\d+)[,:]\d+\)?:? error", text)}


def check_slips(language, folder, generated):
    name = f"lines.{SUFFIX[language]}"
    head = HEAD[language].count("\n")
    lines = FINE[language] + SLIPS[language]
    (folder / name).write_text(HEAD[language] + "\n".join(lines) + "\n")
    result = COMPILE[language](folder, [generated, folder / name])
    found = failed_lines(result.stdout + result.stderr, name)
    for number, line in enumerate(lines, head + 1):
        if (number in found) != (line in SLIPS[language]):
            problems.append(f"{language}: {'compiles' if number not in found else 'does not compile'}: {line}\n{result.stderr[:1500]}")
    others = failed_lines(result.stdout + result.stderr, generated.name)
    if others:
        problems.append(f"{language}: the generated code has errors in lines {sorted(others)[:5]}\n{(result.stdout + result.stderr)[:1500]}")


def check_run(language, folder, generated, command):
    program = folder / f"use.{SUFFIX[language]}"
    shutil.copy(programs / program.name, program)
    result = COMPILE[language](folder, [generated, program])
    ran = run(*command) if result.returncode == 0 else result
    if ran.returncode:
        problems.append(f"{language}: {(ran.stdout + ran.stderr)[:1500]}")
        return
    context, event, empty, *_ = ran.stdout.splitlines()
    context, event, empty = json.loads(context), json.loads(event), json.loads(empty)
    if context["user"].pop("since") not in ("2025-12-01T09:00:00.250Z",):
        problems.append(f"{language}: a moment is written otherwise")
    if context["user"].pop("moments") not in (["1970-01-01T00:00:00Z"], ["1970-01-01T00:00:00.000Z"]):
        problems.append(f"{language}: a list of moments is written otherwise")
    if context["user"].pop("Type")[0] != "x":
        problems.append(f"{language}: a list of values is written otherwise")
    found = {name: group for name, group in context.items() if group}
    if found != EXPECTED_CONTEXT:
        problems.append(f"{language}: {json.dumps(found)}\n    is not {json.dumps(EXPECTED_CONTEXT)}")
    if event != {"event": "OrderReady", "properties": {"is": "a", "class": "b", "status": "not ready", "of": ["self"]}}:
        problems.append(f"{language}: {json.dumps(event)}")
    if empty != {"event": "notify", "properties": {}}:
        problems.append(f"{language}: {json.dumps(empty)}")


def check_page(language, folder, generated, wrap):
    """The example of Documentation/Generate.md compiles with the demo's types."""
    page = (root / "Documentation/Generate.md").read_text()
    example = re.search(rf"```{language}\n(.*?)```", page, re.S)[1]
    demo = folder / "demo" / generated.name
    run(placard, "generate", LANGUAGES[language], "--project", root, "--output", demo)
    (folder / "demo" / f"page.{SUFFIX[LANGUAGES[language]]}").write_text(wrap(example))
    result = COMPILE[LANGUAGES[language]](folder / "demo", [demo, folder / "demo" / f"page.{SUFFIX[LANGUAGES[language]]}"])
    if result.returncode:
        problems.append(f"the example in {language} of Generate.md: {(result.stdout + result.stderr)[:1500]}")


LANGUAGES = {"swift": "swift", "ts": "typescript"}
with tempfile.TemporaryDirectory(prefix="placard-generated-") as place:
    for language, options in {"swift": [], "kotlin": ["--package", "com.example.app.in"], "typescript": []}.items():
        folder = pathlib.Path(place) / language
        generated = folder / f"generated.{SUFFIX[language]}"
        made = run(placard, "generate", language, *options, "--project", root / "Tests/Fixtures/awkward-names", "--output", generated)
        if made.returncode:
            sys.exit(f"generated code: {made.stderr}")
        check_slips(language, folder, generated)
        if language == "kotlin":
            check_run(language, folder, generated, ["java", "-cp", folder / "program.jar", "UseKt"])
        if language == "typescript":
            check_page("ts", folder, generated, lambda example: 'import { appContext, appEvent } from "./generated";\n'
                       "declare function request(context: unknown, event: unknown): void;\n" + example)
            check_run(language, folder, generated, ["node", folder / "out/use.js"])
        if language == "swift":
            check_page("swift", folder, generated, lambda example: HEAD["swift"] + "import PlacardBundle\n"
                       "struct Account { var name: String? }\nstruct Badge { func clear() {} }\n"
                       "func present(_ content: RenderedMessage) {}\n"
                       "func page(client: PlacardClient, account: Account, badge: Badge) async {\n" + example + "}\n")
            public = folder / "public.swift"
            run(placard, "generate", "swift", "--access", "public", "--project", root / "Tests/Fixtures/awkward-names", "--output", public)
            result = compile_swift(folder, [public])
            if result.returncode:
                problems.append(f"swift, public: {result.stderr[:1500]}")
for problem in problems:
    print(problem)
if problems:
    print(f"generated code: FAILED, {len(problems)} problems")
    sys.exit(1)
print(f"generated code: ok, {sum(map(len, SLIPS.values()))} slips do not compile in Swift, Kotlin or TypeScript; the last two ran")
