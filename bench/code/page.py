"""The page of one run: goals, ratios and what each contender did right, as Markdown.

Enters: :class:`results.Results` and the notes of the payloads. Leaves: the text of the
section and the chart.
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.chart import Group, drawn
from bench.code.contenders import BARE, OURS
from bench.code.imports import NOTHING, ONE
from bench.code.payloads import SESSION_NAME, STREAM
from bench.code.results import PARSE, Results, goals
from bench.report import GOAL_HEADER, spelled_ratio, spelled_seconds, table

CHART = "code.svg"
OPERATIONS = {
    "decode": "Python: decode plain values",
    "from_json": "Python: decode JSON text",
    "encode": "Python: encode to plain values",
    "to_json": "Python: encode to JSON text",
    PARSE: "TypeScript: parse plain values",
}


def page(run: Results, notes: tuple[str, ...], conditions: str) -> str:
    """The whole section."""
    parts = [
        conditions,
        f"![How many times as long as Specloom the others take]({CHART})",
        "### Goals",
        table(GOAL_HEADER, [goal.row() for goal in goals(run)]),
        *(
            f"### {title}\n\n{timings(run, operation)}"
            for operation, title in OPERATIONS.items()
        ),
        f"### Import\n\n{imports(run)}",
        f"### Memory of a decoded session\n\n{memory(run)}",
        f"### Bundles for browsers\n\n{bundles(run)}",
        f"### What was verified\n\n{verified(run)}",
        f"### How the payloads were made valid\n\n{mended(notes)}",
    ]
    return "\n\n".join(parts)


def timings(run: Results, operation: str) -> str:
    """Our seconds, and how many times as long the others take, by payload."""
    payloads = list(run.node["seconds"])
    names: dict[str, None] = {}
    for payload in payloads:
        names |= dict.fromkeys(run.seconds(operation, payload))
    rows: list[tuple[str, ...]] = []
    for name in names:
        cells = [
            spelled_seconds(run.seconds(operation, payload).get(name))
            if name == OURS
            else spelled_ratio(run.ratio(operation, payload, name))
            for payload in payloads
        ]
        rows.append((f"**{name}**" if name == OURS else name, *cells))
    return table(("", *payloads), rows)


def imports(run: Results) -> str:
    """Seconds above a bare interpreter, and times as long."""
    rows: list[tuple[str, str, str]] = []
    for (what, name), seconds in run.imports.items():
        own = run.imports.get((what, OURS))
        ratio = None if own is None or seconds is None else seconds / own
        shown = "" if name in (NOTHING, OURS) else spelled_ratio(ratio)
        label = f"{what if what == ONE else 'all models'}: {name}" if what else name
        rows.append((label, spelled_seconds(seconds), shown))
    return table(("", "Time", "Times as long"), rows)


def memory(run: Results) -> str:
    """Bytes that one more decoded session keeps."""
    rows = [
        (
            name,
            f"{found['decode']:,.0f}",
            f"{found['from_json']:,.0f}",
            spelled_ratio(found["from_json"] / run.python["memory"][OURS]["from_json"]),
        )
        for name, found in run.python["memory"].items()
    ]
    header = ("", "Bytes, texts shared", "Bytes, from JSON text", "Times as much")
    return table(header, rows)


def bundles(run: Results) -> str:
    """Bytes, minified by esbuild and gzipped."""
    rows = [(name, f"{size:,}") for name, size in run.node["sizes"].items()]
    return table(("Module", "Bytes"), rows)


def verified(run: Results) -> str:
    """What each contender did with the payloads before it was timed."""
    rows: list[tuple[str, str, str, str]] = []
    for language, found in (
        ("Python", run.python["verified"]),
        ("TypeScript", run.node["verified"]),
    ):
        for name, payloads in found.items():
            told: list[str] = []
            if "objects" in next(iter(payloads.values())):
                objects = sum(one["objects"] for one in payloads.values())
                most = max(one["classes"] for one in payloads.values())
                told.append(f"{objects} typed objects, {most} classes in one payload")
            told += [
                f"{payload}: {one['problem']}"
                for payload, one in payloads.items()
                if one["problem"]
            ]
            rows.append(
                (
                    f"{language}: {name}",
                    counted(one["decodes"] for one in payloads.values()),
                    counted(one["keeps"] for one in payloads.values()),
                    "; ".join(told[:3]),
                )
            )
    return table(("", "Decodes", "Gives back what it decoded", ""), rows)


def counted(flags: Iterable[bool]) -> str:
    """`4 of 5`."""
    known = list(flags)
    return f"{sum(known)} of {len(known)}"


def mended(notes: tuple[str, ...]) -> str:
    """The notes, folded away."""
    items = "\n".join(f"- {note}" for note in notes)
    return f"<details><summary>Changes: {len(notes)}</summary>\n\n{items}\n\n</details>"


def chart(run: Results) -> str:
    """The times of decoding, as SVG."""
    groups = [
        Group(f"{OPERATIONS[operation]}, {payload}", bars(run, operation, payload))
        for operation in ("decode", PARSE)
        for payload in (SESSION_NAME, STREAM)
    ]
    title = "How many times as long as Specloom (1×) the others take"
    return drawn(title, [group for group in groups if group.bars])


def bars(
    run: Results, operation: str, payload: str
) -> tuple[tuple[str, float | None], ...]:
    """The peers of one payload."""
    return tuple(
        (name, run.ratio(operation, payload, name))
        for name in run.seconds(operation, payload)
        if name not in (OURS, BARE)
    )
