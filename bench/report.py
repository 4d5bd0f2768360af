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
        lines += many_tasks(found)
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


def many_tasks(found):
    """The answers to one person at a time, by how many open tasks that person has."""
    asked = found["many_tasks"]
    people = next(iter(asked.values()))
    lines = ["", f"{'One person, many tasks: p50 (p99) ms':36}"
             + "".join(f"{int(open):>15,}" for open in people)]
    for question, cases in asked.items():
        times = (f"{case['p50_ms']:.2f} ({case['p99_ms']:.2f})" for case in cases.values())
        errors = {open: case["errors"] for open, case in cases.items() if case["errors"]}
        lines.append(f"{question:36}" + "".join(f"{time:>15}" for time in times)
                     + (f"  errors: {errors}" if errors else ""))
    page = found["page_after_changes"]
    own, other = page["after_own_change"], page["after_change_of_another"]
    return lines + [
        f"list page of 10,000 tasks after a change: {own:.2f} ms, after somebody else's "
        f"{other:.2f}, after none {page['again']:.2f};",
        f"        so counting the navigation anew costs {own - other:.2f} ms",
        "",
    ]


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
        errors = {name: case["errors"] for name, case in every_case(found) if case["errors"]}
        yield f"{engine}: no error, at 1000 connections either: {errors or 'none'}", not errors
    if "sqlite" in result["engines"]:
        yield from sqlite_goals(result["engines"]["sqlite"])


def every_case(found):
    yield from found["cases"].items()
    for question, cases in found["many_tasks"].items():
        for open, case in cases.items():
            yield f"{question}, {int(open):,} tasks", case


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
    yield from goals_of_many_tasks(found["many_tasks"])


def goals_of_many_tasks(asked):
    for question, most in (("Today JSON", 5), ("Today page", 8), ("search without a hit", 20)):
        took = asked[question]["10000"]["p50_ms"]
        yield f"{question} of 10,000 tasks: p50 below {most} ms: {took:.2f}", took < most
    # A request takes a tenth of a millisecond, or two tenths when its wake-ups come late; the best
    # round of each tells how much of that is work.
    few, *many = (min(asked["list JSON"][open]["p50_ms_of_each_round"])
                  for open in ("100", "10000", "99000"))
    for open, took in zip((10_000, 99_000), many):
        yield (f"list JSON of {open:,} tasks: p50 at most 1.2 times that of 100, in the best "
               f"round: {took / few:.2f}", took <= 1.2 * few)


def all_met(result):
    return all(met for _, met in goals(result))
