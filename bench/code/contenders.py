"""The Python contenders: one way to decode and to encode a schema's values for each.

Enters: the folder with the modules that `prepare.py` wrote, which has to be on
`sys.path`. Leaves: contenders, whose functions are looked up before anything is timed.
What is measured is what each library's documentation tells its users to call; for the
`openai` SDK it is what its own client calls for every event that it receives.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import NoneType
from typing import Any, TypeAlias

Call: TypeAlias = Callable[[Any], Any]

OURS = "Specloom"
PYDANTIC = "pydantic (datamodel-code-generator)"
PYDANTIC_TUNED = "the same, with tuned flags"
PYDANTIC_STRICT = "pydantic (strict, by hand)"
OPENAI = "openai SDK"
MASHUMARO = "mashumaro"
CATTRS = "cattrs"
MSGSPEC = "msgspec (C)"
BARE = "bare json"
OPENAI_TYPES = {
    "RealtimeServerEvent": "realtime_server_event.RealtimeServerEvent",
    "RealtimeClientEvent": "realtime_client_event.RealtimeClientEvent",
    "RealtimeSessionCreateResponseGA": (
        "realtime_session_create_request.RealtimeSessionCreateRequest"
    ),
    "RealtimeServerEventResponseAudioDelta": (
        "response_audio_delta_event.ResponseAudioDeltaEvent"
    ),
    "RealtimeServerEventResponseDone": "response_done_event.ResponseDoneEvent",
    "RealtimeServerEventSessionCreated": "session_created_event.SessionCreatedEvent",
}


@dataclass(frozen=True, slots=True)
class Calls:
    """What one contender does with one schema; None is what it has no way to do."""

    decode: Call | None = None
    from_json: Call | None = None
    encode: Call | None = None
    to_json: Call | None = None


Contender: TypeAlias = Callable[[str], Calls]
"""From a schema's name to what is called for it."""


def ours(schema: str) -> Calls:
    """What Specloom generates."""
    package = import_module("specloom_models")
    home: str = import_module("specloom_models._schemas").SCHEMAS[schema]
    record = getattr(package, home, None)
    if isinstance(record, type):
        made: Any = record
        return Calls(made.from_dict, made.from_json, made.to_dict, made.to_json)
    module = import_module(f"specloom_models.{home}")
    return Calls(module.decode, module.decode_json, package.encode, package.encode_json)


def pydantic_from(module: str, mode: str = "python") -> Contender:
    """Models of pydantic in some module, which are its attributes or in its `ROOTS`.

    Where they have enumerations, only the `mode` `json` dumps what is JSON.
    """

    def calls(schema: str) -> Calls:
        pydantic = import_module("pydantic")
        home = import_module(module)
        type_ = home.ROOTS[schema] if hasattr(home, "ROOTS") else getattr(home, schema)
        adapter = pydantic.TypeAdapter(type_)
        return Calls(
            adapter.validate_python,
            adapter.validate_json,
            lambda value: value.model_dump(
                mode=mode, exclude_unset=True, by_alias=True
            ),
            lambda value: value.model_dump_json(exclude_unset=True, by_alias=True),
        )

    return calls


def openai_sdk(schema: str) -> Calls:
    """The `openai` package: builds what it receives without checking it."""
    module, _, name = OPENAI_TYPES[schema].partition(".")
    type_ = getattr(import_module(f"openai.types.realtime.{module}"), name)
    construct = import_module("openai._models").construct_type_unchecked
    return Calls(
        lambda value: construct(value=value, type_=type_),
        lambda text: construct(value=json.loads(text), type_=type_),
        lambda value: value.to_dict(),
        lambda value: value.to_json(indent=None),
    )


def mashumaro(schema: str) -> Calls:
    """Dataclasses with mashumaro's compiled codecs.

    An encoder of a union tries one class after the other, so that each class has its
    own here, as it would have with the library's mixin.
    """
    plain, text = map(import_module, ("mashumaro.codecs", "mashumaro.codecs.json"))
    type_ = import_module("peer_mashumaro").ROOTS[schema]
    to_dict = cache(lambda made: plain.BasicEncoder(made).encode)
    to_json = cache(lambda made: text.JSONEncoder(made).encode)
    return Calls(
        plain.BasicDecoder(type_).decode,
        text.JSONDecoder(type_).decode,
        lambda value: to_dict(value.__class__)(value),
        lambda value: to_json(value.__class__)(value),
    )


def msgspec(schema: str) -> Calls:
    """Structs of msgspec, which is written in C.

    `convert` works out what a union means at each call, but remembers what it worked
    out for a struct, so that a union is asked for as the field of one.
    """
    library = import_module("msgspec")
    type_ = import_module("peer_msgspec").ROOTS[schema]
    convert = library.convert
    if isinstance(type_, type):
        decode: Call = lambda value: convert(value, type_)  # noqa: E731
    else:
        holder = library.defstruct("Holder", [("held", type_)])
        decode = lambda value: convert({"held": value}, holder).held  # noqa: E731
    return Calls(
        decode,
        library.json.Decoder(type_).decode,
        library.to_builtins,
        library.json.Encoder().encode,
    )


def cattrs(schema: str) -> Calls:
    """Dataclasses with a cattrs converter that does not collect details of errors."""
    make = import_module("cattrs.preconf.json").make_converter
    converter = make(detailed_validation=False, omit_if_default=True)
    home = import_module("peer_cattrs")
    for union, *options in home.HOOKS:
        converter.register_structure_hook_func(
            lambda type_, union=union: type_ == union,
            structure_hook(converter, options),
        )
    type_ = home.ROOTS[schema]
    structure = converter.get_structure_hook(type_)
    return Calls(
        lambda value: structure(value, type_),
        lambda text: structure(json.loads(text), type_),
        converter.unstructure,
        converter.dumps,
    )


def structure_hook(converter: Any, options: list[Any]) -> Callable[[Any, Any], Any]:
    """A hook that chooses an alternative by the class of the value, then by its tag."""
    by_class: dict[type, Callable[[Any, Any], Any]] = {}

    def late(type_: Any) -> Callable[[Any, Any], Any]:
        """The hook of a type, looked up once, when it is first needed: types recur."""
        known: list[Callable[[Any, Any], Any]] = []

        def structure(value: Any, _: Any) -> Any:
            if not known:
                known.append(converter.get_structure_hook(type_))
            return known[0](value, type_)

        return structure

    def by_tag(key: str, cases: dict[str, Any]) -> Callable[[Any, Any], Any]:
        hooks = {
            text: by_tag(*case) if isinstance(case, tuple) else late(case)
            for text, case in cases.items()
        }
        return lambda value, type_: hooks[value[key]](value, type_)

    for option in options:
        origin = typing.get_origin(option)
        if isinstance(option, tuple):
            by_class[dict] = by_tag(*option)
        elif option is None:
            by_class[NoneType] = lambda value, _: value
        elif option in (str, int, float, bool):
            by_class[option] = lambda value, _: value
        elif origin is typing.Literal:
            by_class[str] = late(option)
        else:
            by_class[list if origin is list else dict] = late(option)
    return lambda value, type_: by_class[value.__class__](value, type_)


def bare(_schema: str) -> Calls:
    """The standard library's `json` alone: what any decoder of text has to pay."""
    return Calls(from_json=json.loads, to_json=json.dumps)


CONTENDERS: dict[str, Contender] = {
    OURS: ours,
    PYDANTIC: pydantic_from("peer_datamodel", "json"),
    PYDANTIC_TUNED: pydantic_from("peer_datamodel_tuned"),
    PYDANTIC_STRICT: pydantic_from("peer_pydantic"),
    OPENAI: openai_sdk,
    MASHUMARO: mashumaro,
    CATTRS: cattrs,
    MSGSPEC: msgspec,
    BARE: bare,
}
