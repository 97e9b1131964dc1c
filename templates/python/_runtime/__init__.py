"""What every module of this package shares: no model, and nothing to install."""

from __future__ import annotations

from .codec import Codec, codec_of
from .dataclass import dataclass
from .decoding import (
    FAULTS,
    ByTag,
    Reject,
    accepts,
    best_of,
    extras,
    new,
    sibling,
    unlike,
    whole,
)
from .errors import DecodeError, EncodeError, Violation
from .model import JsonObject, OpenObject, instance, rebuild
from .registry import table_from, table_of
from .unset import UNSET, Unset
from .values import INFINITY, MAX_DEPTH, equal_items, is_multiple, matcher
from .wire import copiers, encode, encode_json, encoders

__all__ = [
    "FAULTS",
    "INFINITY",
    "MAX_DEPTH",
    "UNSET",
    "ByTag",
    "Codec",
    "DecodeError",
    "EncodeError",
    "JsonObject",
    "OpenObject",
    "Reject",
    "Unset",
    "Violation",
    "accepts",
    "best_of",
    "codec_of",
    "copiers",
    "dataclass",
    "encode",
    "encode_json",
    "encoders",
    "equal_items",
    "extras",
    "instance",
    "is_multiple",
    "matcher",
    "new",
    "rebuild",
    "sibling",
    "table_from",
    "table_of",
    "unlike",
    "whole",
]
