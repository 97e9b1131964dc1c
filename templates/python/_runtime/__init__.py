"""What every module of this package shares: no model, and nothing to install."""

from __future__ import annotations

from .codec import Codec, codec_of
from .dataclass import dataclass
from .errors import DecodeError, EncodeError, Violation
from .model import JsonObject
from .registry import models
from .unset import UNSET, Unset
from .values import is_array, is_object
from .verdict import accepts
from .wire import encode, encode_json, encoders, whole

__all__ = [
    "UNSET",
    "Codec",
    "DecodeError",
    "EncodeError",
    "JsonObject",
    "Unset",
    "Violation",
    "accepts",
    "codec_of",
    "dataclass",
    "encode",
    "encode_json",
    "encoders",
    "is_array",
    "is_object",
    "models",
    "whole",
]
