"""Notation: a model enters, a few readable lines leave, for given / want tables.

One line a declaration, in the model's order; a declaration that stands inline in
another is indented. The notation of types:

    string(1.. /^a/ uri)   integer(0..10)   number(<0.. *0.5)   bounds, pattern, format
    "a" | 1                fixed values; `"a" | ...` also takes other strings
    [T]  [T](1..3 unique)  lists             [A, B, ...T]  tuples and their rest
    {*: T}  {/^x/: T}      dictionaries
    {a: T, b?: U = 1}      records: `?` may be absent, `= 1` default
    {a: T, *: U}           other properties are U; `{| a: T |}` has no others
    T?                     T or null
    T~                     only implied: values of other kinds are accepted too

A union is `Label = type / Label = type`, `Label` alone where both are the same, then
in brackets how it is read: `[string: A, object by type: "b" B, other: C or D]`,
with ` & ` between those of which the names of properties choose.
"""

from __future__ import annotations

import json

from specloom.ir import (
    MISSING,
    Alias,
    AnyType,
    BooleanType,
    Branch,
    ByLiteral,
    ByTag,
    Choice,
    ConstType,
    Decl,
    DeclRef,
    EnumBody,
    Field,
    IntegerType,
    Json,
    ListType,
    MapType,
    Model,
    NeverType,
    NullableType,
    NullType,
    NumberRules,
    NumberType,
    Only,
    Record,
    StringRules,
    StringType,
    Trial,
    TupleType,
    Type,
    UnionBody,
)


def notation(model: Model) -> str:
    """The whole model, one declaration a line."""
    return "\n".join(_line(decl, model) for decl in model.decls.values())


def one(model: Model, name: str) -> str:
    """The body of the declaration with this name."""
    (decl,) = (decl for decl in model.decls.values() if decl.name == name)
    return _body(decl, model)


def _line(decl: Decl, model: Model) -> str:
    name = decl.name
    if decl.wire_name not in (None, name):
        name += f" ({decl.wire_name})"
    indent = "  " if decl.owner is not None else ""
    null = "?" if decl.nullable else ""
    return f"{indent}{name}{null}: {_body(decl, model)}"


def _body(decl: Decl, model: Model) -> str:
    match decl.body:
        case Record() as record:
            return _record(record, model)
        case EnumBody(values=values, open=opened):
            listed = [compact(value) for value in values]
            return " | ".join([*listed, "..."] if opened else listed)
        case UnionBody() as union:
            return _union(union, model)
        case Alias(type=type_):
            return spelled(type_, model)


def _record(record: Record, model: Model) -> str:
    parts = [_field(item, model) for item in record.fields]
    implied = "~" if record.implied else ""
    match record.extra:
        case NeverType():
            return "{| " + ", ".join(parts) + " |}" + implied
        case AnyType():
            pass
        case extra:
            parts.append(f"*: {spelled(extra, model)}")
    return "{" + ", ".join(parts) + "}" + implied


def _field(item: Field, model: Model) -> str:
    default = "" if item.default is MISSING else f" = {compact(item.default)}"
    absent = "" if item.required else "?"
    return f"{item.wire_name}{absent}: {spelled(item.type, model)}{default}"


def _union(union: UnionBody, model: Model) -> str:
    branches = " / ".join(_branch(branch, model) for branch in union.branches)
    labels = [branch.label for branch in union.branches]
    rows = ", ".join(
        f"{kind}{_choice(choice, labels)}" for kind, choice in union.dispatch.by_kind
    )
    return f"{branches} [{rows}]" + (" exclusive" if union.exclusive else "")


def _branch(branch: Branch, model: Model) -> str:
    type_ = spelled(branch.type, model)
    return type_ if type_ == branch.label else f"{branch.label} = {type_}"


def _choice(choice: Choice, labels: list[str]) -> str:
    match choice:
        case Only() | Trial():
            return f": {_made(choice, labels)}"
        case ByLiteral(cases=cases, other=other):
            rows = [f"{compact(value)} {_made(made, labels)}" for value, made in cases]
            return f": {', '.join(rows)}{_rest('other', other, labels)}"
        case ByTag(key=key, cases=cases, other=other, absent=absent):
            rows = [f"{compact(value)} {_made(made, labels)}" for value, made in cases]
            rest = _rest("other", other, labels) + _rest("absent", absent, labels)
            return f" by {key}: {', '.join(rows)}{rest}"


def _rest(name: str, made: Only | Trial | None, labels: list[str]) -> str:
    return "" if made is None else f", {name}: {_made(made, labels)}"


def _made(made: Only | Trial, labels: list[str]) -> str:
    if isinstance(made, Only):
        return labels[made.branch]
    keys = {index: f" if {key}" for key, index in made.keys}
    return " or ".join(
        " & ".join(labels[i] + keys.get(i, "") for i in group) for group in made.rounds
    )


def spelled(type_: Type, model: Model) -> str:
    """One type in the notation of this module."""
    match type_:
        case AnyType():
            return "any"
        case NeverType():
            return "never"
        case NullType():
            return "null"
        case BooleanType():
            return "boolean"
        case IntegerType(rules=rules, format=format_, implied=implied):
            return "integer" + _inside(*_number_rules(rules), format_) + _tilde(implied)
        case NumberType(rules=rules, format=format_, implied=implied):
            return "number" + _inside(*_number_rules(rules), format_) + _tilde(implied)
        case StringType(rules=rules, format=format_, implied=implied):
            return "string" + _inside(*_string_rules(rules), format_) + _tilde(implied)
        case ConstType(value=value):
            return compact(value)
        case ListType(item=item):
            return f"[{spelled(item, model)}]{_array_rules(type_)}"
        case TupleType(prefix=prefix, rest=rest):
            parts = [*(spelled(item, model) for item in prefix)]
            if not isinstance(rest, NeverType):
                parts.append(f"...{spelled(rest, model)}")
            return f"[{', '.join(parts)}]{_array_rules(type_)}"
        case MapType(value=value, key_pattern=pattern):
            key = "*" if pattern is None else f"/{pattern}/"
            counts = _range(type_.min_properties, type_.max_properties)
            inner = "{" + f"{key}: {spelled(value, model)}" + "}"
            return inner + _inside(counts) + _tilde(type_.implied)
        case NullableType(inner=inner):
            return f"{spelled(inner, model)}?"
        case DeclRef(id=id_):
            return model.decls[id_].name


def compact(value: Json) -> str:
    """A JSON value on one line."""
    return json.dumps(value, ensure_ascii=False)


def _inside(*rules: str | None) -> str:
    said = " ".join(rule for rule in rules if rule)
    return f"({said})" if said else ""


def _tilde(implied: bool) -> str:
    return "~" if implied else ""


def _range(low: object, high: object) -> str:
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _number_rules(rules: NumberRules) -> tuple[str, str]:
    low, high = rules.minimum, rules.maximum
    bounds = _range(
        f"<{rules.exclusive_minimum}" if rules.exclusive_minimum is not None else low,
        f"<{rules.exclusive_maximum}" if rules.exclusive_maximum is not None else high,
    )
    return bounds, "" if rules.multiple_of is None else f"*{rules.multiple_of}"


def _string_rules(rules: StringRules) -> tuple[str, str]:
    pattern = "" if rules.pattern is None else f"/{rules.pattern}/"
    return _range(rules.min_length, rules.max_length), pattern


def _array_rules(type_: ListType | TupleType) -> str:
    counts = _range(type_.min_items, type_.max_items)
    unique = "unique" if type_.unique else ""
    return _inside(counts, unique) + _tilde(type_.implied)
