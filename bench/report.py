"""The table and the goals."""

HEAD = (f"{'':34}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'engine µs':>11}"
        f"{'of ceiling':>11}{'bytes':>7}")


def table(result):
    machine = result["machine"]
    lines = [
        "",
        f"{machine['cores']} cores ({machine['processor']}), load generator included; "
        f"{result['users']:,} users,",
        f"{result['tasks']:,} tasks; median of {result['rounds']} rounds of "
        f"{result['seconds']} s; product's log at its usual level, into a file;",
        f"load average before and after: {result['load_average'][0]:.1f}, "
        f"{result['load_average'][1]:.1f}",
    ]
    for engine, found in result["engines"].items():
        lines += ["", f"{engine}", HEAD]
        for name, case in found["cases"].items():
            lines.append(row(name, case, found["cases"]))
        idle, full = found["idle_mib"], memory_at(found, 1000)
        lines += [
            f"memory: idle {idle['anon']:.1f} MiB of its own (RssAnon; "
            f"{idle['private']:.1f} private in smaps_rollup),",
            f"        at 1000 connections {full['anon']:.1f} ({full['private']:.1f})",
            f"start to first answer: {found['start_ms']:.0f} ms",
            f"creates: {found['creates']['acknowledged']:,} acknowledged, "
            f"{found['creates']['rows']:,} rows after kill -9",
        ]
    lines += ["", f"binary: {result['binary_mib']:.1f} MiB", ""]
    for sentence, met in goals(result):
        lines.append(f"{'pass' if met else 'FAIL'}  {sentence}")
    return "\n".join(lines)


def row(name, case, cases):
    ceiling = cases.get(ceiling_of(name))
    share = f"{case['per_second'] / ceiling['per_second']:.0%}" if ceiling else ""
    has_engine = "engine_cpu_us" in case and "constants" not in name and "plain" not in name
    engine = f"{case['engine_cpu_us']:.0f}" if has_engine else ""
    errors = "".join(f"  {count} {kind} errors" for kind, count in case["errors"].items())
    return (f"{name:34}{case['per_second']:9,.0f}{case['p50_ms']:9.2f}{case['p99_ms']:9.2f}"
            f"{case['cpu_us']:9.1f}{engine:>11}{share:>11}{case['bytes']:7.0f}{errors}")


def ceiling_of(name):
    """The same answer from constants, if there is one."""
    case, _, connections = name.partition(" @")
    return f"{case}: constants @{connections}"


def memory_at(found, connections):
    """The most that any measurement of the product with so many connections saw."""
    seen = [case["memory_mib"] for name, case in found["cases"].items()
            if name.endswith(f"@{connections}") and "constants" not in name
            and not name.startswith("plain")]
    return {kind: max(memory[kind] for memory in seen) for kind in seen[0]}


def goals(result):
    """Each goal as a sentence and whether it is met; PostgreSQL has none but to lose nothing."""
    yield f"binary below 20 MiB: {result['binary_mib']:.1f}", result["binary_mib"] < 20
    for engine, found in result["engines"].items():
        creates = found["creates"]
        yield (f"{engine}: every acknowledged create is there: {creates['acknowledged']:,} "
               f"acknowledged, {creates['rows']:,} rows", creates["none_lost"])
        errors = {name: case["errors"] for name, case in found["cases"].items() if case["errors"]}
        yield f"{engine}: no error, at 1000 connections either: {errors or 'none'}", not errors
    if "sqlite" in result["engines"]:
        yield from sqlite_goals(result["engines"]["sqlite"])


def sqlite_goals(found):
    cases = found["cases"]

    def share(name, least):
        reached = cases[name]["per_second"] / cases[ceiling_of(name)]["per_second"]
        return (f"{name}: at least {least:.0%} of the same without a database: {reached:.0%}",
                reached >= least)

    def cpu(name, most):
        spent = cases[name]["cpu_us"]
        return f"{name}: at most {most} µs of CPU: {spent:.0f}", spent <= most

    yield share("list JSON @64", 0.55)
    yield cpu("list JSON @64", 160)
    yield share("list page @64", 0.50)
    yield cpu("list page @64", 220)
    yield cpu("list JSON, unchanged @64", 30)
    rate = cases["create @64"]["per_second"]
    yield f"create @64: at least 8,000 a second: {rate:,.0f}", rate >= 8000
    idle, full = found["idle_mib"]["anon"], memory_at(found, 1000)["anon"]
    yield f"memory below 20 MiB when idle: {idle:.1f}", idle < 20
    yield f"memory below 100 MiB at 1000 connections: {full:.1f}", full < 100
    yield f"first answer within 100 ms: {found['start_ms']:.0f}", found["start_ms"] < 100


def all_met(result):
    return all(met for _, met in goals(result))
