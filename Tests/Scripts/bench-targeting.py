#!/usr/bin/env python3
"""bench-targeting.py: expressions beside two other implementations of CEL in the same run, decisions, and analysis.

* One evaluation of each expression of Tests/Fixtures/bench/expressions.json: `common-expression-language` (cel-rust
  behind Python bindings; its compiled `Program` with a `Context` made once), `cel-python` (a compiled runner with an
  activation made once) and ours (a `Program` with an `Activation` made once), each through its public interface, the
  call included. In turns; the best of three turns counts.
* Parsing and checking 10,000 generated expressions. The other two do not check; they parse.
* Deciding an event among 1,000 messages.
* `placard check`, whose analysis reads every message against its rivals, beside `placard build`.

PLACARD_BENCH names the folder of the corpus' generator; see bench_corpus.py.
"""
import importlib.metadata
import importlib.util
import json
import math
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import time

from bench_corpus import make_corpus, placard, root

benchmark = os.environ.get("PLACARD_TARGETING_BENCHMARK",
                           str(root / "Benchmarks/.build/release/targeting-benchmark"))
fixture = root / "Tests/Fixtures/bench/expressions.json"
work = root / ".build/bench"
turns = int(os.environ.get("PLACARD_BENCH_TURNS", "3"))


def need(*modules):
    if any(importlib.util.find_spec(module) is None for module in modules):
        requirements = root / "Tests/bench-requirements.txt"
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
        importlib.invalidate_caches()


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"bench: {command[0]} failed\n{(result.stdout + result.stderr)[-3000:]}")
    return result.stdout


def measured(asked):
    """What the benchmark's own executable measures."""
    path = work / "targeting.json"
    path.write_text(json.dumps(asked), encoding="utf-8")
    return json.loads(run([benchmark, str(path)]))


def bundle(project, output):
    """Builds a project; gives the paths of its catalog and its texts."""
    shutil.rmtree(output, ignore_errors=True)
    run([placard, "build", "--project", str(project), "--output", str(output)])
    manifest = json.loads((output / "bundle/manifest.json").read_text(encoding="utf-8"))
    files = {name: str(output / "bundle" / entry["path"]) for name, entry in
             [("catalog", manifest["catalog"]), ("texts", manifest["locales"]["en"])]}
    return files


def best(call, repetitions=7, seconds=0.004):
    """Nanoseconds for one call: the best of some repetitions that are long enough for the clock."""
    rounds = 1
    clock = time.perf_counter_ns

    def repetition():
        begin = clock()
        for _ in range(rounds):
            call()
        return clock() - begin

    while repetition() < seconds * 1e9:
        rounds *= 2
    return min(repetition() for _ in range(repetitions)) / rounds


class Rust:
    package = "common-expression-language"

    def __init__(self, values):
        import cel
        self.module = cel
        self.context = cel.Context(variables=values)

    def compile(self, source):
        return self.module.compile(source)

    def call(self, source):
        execute, context = self.module.compile(source).execute, self.context
        return lambda: execute(context)


class Python:
    package = "cel-python"

    def __init__(self, values):
        import celpy
        self.environment = celpy.Environment()
        self.activation = {name: celpy.json_to_cel(value) for name, value in values.items()}

    def compile(self, source):
        return self.environment.program(self.environment.compile(source))

    def call(self, source):
        evaluate, activation = self.compile(source).evaluate, self.activation
        return lambda: evaluate(activation)


def generated(count):
    """Conditions as people write them: one to four tests joined by && or ||."""
    rng = random.Random(10_000)
    countries = ["BR", "CA", "DE", "FR", "GB", "JP", "PL", "SA", "UA", "US"]
    tests = [
        lambda: "user.country in [%s]" % ", ".join('"%s"' % c for c in rng.sample(countries, rng.randint(1, 5))),
        lambda: 'user.country == "%s"' % rng.choice(countries),
        lambda: 'user.role == "%s"' % rng.choice(["rider", "driver"]),
        lambda: '"%s" in user.segments' % rng.choice(["lapsed", "gold", "beta"]),
        lambda: 'coffee.orders_count %s %d' % (rng.choice([">", ">=", "<", "=="]), rng.randint(0, 40)),
        lambda: 'audio.plan != "%s"' % rng.choice(["none", "trial", "premium"]),
        lambda: "!rides.rated",
        lambda: 'app.version >= semver("%d.%d.0")' % (rng.randint(1, 4), rng.randint(0, 9)),
        lambda: 'has(user.first_name) && user.first_name.startsWith("%s")' % rng.choice("ABCZ"),
        lambda: 'user.segments.exists(s, s.startsWith("%s"))' % rng.choice(["g", "la", "be"]),
        lambda: "rides.trips_count * 10 + coffee.points > %d" % rng.randint(0, 500),
    ]
    result = []
    for _ in range(count):
        text = rng.choice(tests)()
        for _ in range(rng.randint(0, 3)):
            text = "(%s) || %s" % (text, rng.choice(tests)()) if rng.random() < 0.25 else \
                text + " && " + rng.choice(tests)()
        result.append(text)
    return result


def evaluations(catalog):
    given = json.loads(fixture.read_text(encoding="utf-8"))
    sources = given["expressions"]
    own = given["own"]
    # A version is a type of our own; the others get its text, which no shared expression reads.
    peers = [Rust(given["context"]), Python(given["context"])]
    calls = [[peer.call(source) for source in sources] for peer in peers]
    asked = {"catalog": catalog, "context": given["context"], "evaluate": sources + own}
    ours = [math.inf] * len(asked["evaluate"])
    theirs = [[math.inf] * len(sources) for _ in peers]
    for _ in range(turns):
        for index, result in enumerate(measured(asked)["evaluate"]):
            ours[index] = min(ours[index], result["nanoseconds"])
            if index < len(sources):
                for peer, row in zip(peers, calls):
                    if bool(row[index]()) != result["value"]:
                        sys.exit(f"bench: {peer.package} disagrees on {sources[index]}")
        for row, times in zip(calls, theirs):
            for index, call in enumerate(row):
                times[index] = min(times[index], best(call))
    names = [f"{peer.package} {importlib.metadata.version(peer.package)}" for peer in peers]
    print(f"evaluation, ns each, best of {turns} turns; A: {names[0]} (compiled Program, Context), "
          f"B: {names[1]} (compiled runner)")
    print(f"{'ours':>8} {'A':>8} {'B':>9} {'A/ours':>7} {'B/ours':>7}  expression")
    for index, source in enumerate(sources):
        a, b = theirs[0][index], theirs[1][index]
        print(f"{ours[index]:8.0f} {a:8.0f} {b:9.0f} {a / ours[index]:7.1f} {b / ours[index]:7.1f}  {source}")
    for time_, source in zip(ours[len(sources):], own):
        print(f"{time_:8.0f} {'-':>8} {'-':>9} {'-':>7} {'-':>7}  {source}")
    means = [math.exp(sum(math.log(t / o) for t, o in zip(times, ours)) / len(times)) for times in theirs]
    slowest = min((t / o, s) for t, o, s in zip(theirs[0], ours, sources))
    print(f"geometric mean over {len(sources)}: {means[0]:.1f} times as fast as A, {means[1]:.0f} times as fast as B; "
          f"least beside A: {slowest[0]:.1f} ({slowest[1]})")
    return peers


def compilation(catalog, peers):
    sources = generated(10_000)
    result = measured({"catalog": catalog, "compile": sources})["compile"]
    print(f"{len(sources)} expressions, {sum(map(len, sources)) / len(sources):.0f} characters on average: "
          f"parsed in {result['parse'] / 1e6:.1f} ms, parsed and checked in {result['check'] / 1e6:.1f} ms, "
          f"with a program of each {result['compile'] / 1e6:.1f} ms")
    # A sample is enough for what takes so much longer.
    sample = sources[::20]
    for peer in peers:
        begin = time.perf_counter()
        for source in sample:
            peer.compile(source)
        took = (time.perf_counter() - begin) / len(sample) * len(sources)
        print(f"  {peer.package}: {took * 1e3:.0f} ms to compile as many (from {len(sample)} of them), unchecked")


def decisions(files):
    result = measured({"catalog": files["catalog"], "decide": files})["decide"]
    names = {"event": "an event of the corpus", "all": "one event for all",
             "nobody": "one event for all, users of none", "capped": "one event for all, users who have seen all"}
    for key, name in [*names.items(), *((f"app {key}", f"in an app, {name}") for key, name in names.items())]:
        it = result[key]
        if "prepare" in it:
            name += f" (made ready in {it['prepare'] / 1e6:.1f} ms)"
        print(f"decision among {result['messages']} messages, {name}: {it['candidates']} candidates, "
              f"p50 {it['p50'] / 1e3:.0f} us, p99 {it['p99'] / 1e3:.0f} us, max {it['max'] / 1e3:.0f} us, slowest "
              f"request at its best {it['slowest'] / 1e3:.0f} us ({it['decisions']} decisions, {it['shown']} showed a message)")


def analysis(project):
    """Wall clock and processor time of both commands, the best of three runs, in turns."""
    output = work / "targeting-output"
    times = {"check": (math.inf, math.inf), "build": (math.inf, math.inf)}
    for _ in range(turns):
        for command in times:
            shutil.rmtree(output, ignore_errors=True)
            more = ["--output", str(output)] if command == "build" else []
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            begin = time.perf_counter()
            result = subprocess.run([placard, command, "--project", str(project), *more], capture_output=True)
            wall = time.perf_counter() - begin
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if result.returncode not in (0, 1):
                sys.exit(f"bench: placard {command} failed")
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            times[command] = min(times[command], (wall, used))
    shutil.rmtree(output, ignore_errors=True)
    check, build = times["check"], times["build"]
    print(f"analysis of {project.name.split('x')[0]} messages: placard check {check[0]:.2f} s "
          f"({check[1]:.2f} s of processor time), placard build {build[0]:.2f} s ({build[1]:.2f} s)")


def main():
    need("cel", "celpy")
    work.mkdir(parents=True, exist_ok=True)
    demo = bundle(root, work / "demo")
    peers = evaluations(demo["catalog"])
    compilation(demo["catalog"], peers)
    corpus = make_corpus(1000, 1)
    decisions(bundle(corpus, work / "corpus"))
    analysis(corpus)


main()
