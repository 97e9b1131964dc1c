"""Oracle: what JSON Schema itself says of an instance, by jsonschema-rs.

Enters: a loaded spec. Leaves: true, false, or None for what cannot be judged. Strictly
read, the authors' own schemas are the judge (``originals.py``); leniently read, the
relaxed ones. ``format`` is an annotation; numbers are judged by their exact value.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..build.relax import relax
from ..diagnostics import Diagnostic, Location, Severity, SpecloomError
from ..export import component_names, export, references
from ..json_value import Json
from ..judge import INSTALL, is_available
from ..load.document import Document
from ..read import Root, Source
from .exact import exact
from .originals import URI, Originals

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_RELAXED = "urn:specloom:relaxed"


def named_roots(source: Source) -> dict[str, Root]:
    """The schemas of a spec by the names that it gives them, in document order."""
    found: dict[str, Root] = {}
    for root in source.roots.values():
        if root.named:
            found.setdefault(root.name, root)
    return found


class Oracle:
    """The judge of all named schemas of one spec.

    Raises:
        SpecloomError: ``oracle-missing``: jsonschema-rs is not installed.
    """

    def __init__(
        self, document: Document, source: Source, *, lenient: bool = False
    ) -> None:
        require_oracle(document.start)
        from jsonschema_rs import Registry

        resource: dict[str, Json]
        roots = named_roots(source)
        if lenient:
            uri, resource = _RELAXED, export(relax(source))
            to_ref = references(component_names(source), _RELAXED)
            self._refs = {name: to_ref(root.id) for name, root in roots.items()}
        else:
            bundle = Originals(document, (root.at for root in roots.values()))
            uri, resource = URI, bundle.resource()
            self._refs = {name: bundle.ref(root.at) for name, root in roots.items()}
        self._registry = Registry([(uri, resource)])
        self._validator = cache(self._compiled)

    def accepts(self, schema: str, instance: str) -> bool | None:
        """Whether a JSON text is valid; text that is not JSON is not.

        None: the schema is unknown or broken (a pattern that is no regular
        expression), or the instance is none that the validator takes (nested too
        deeply, a lone surrogate).
        """
        validator = self._validator(schema)
        if validator is None:
            return None
        try:
            value = exact(instance)
        except ValueError:
            return False
        except RecursionError:
            return None
        try:
            return validator.is_valid(value)
        except ValueError:
            return None

    def _compiled(self, schema: str) -> Draft202012Validator | None:
        from jsonschema_rs import Draft202012Validator

        if schema not in self._refs:
            return None
        ref = {"$ref": self._refs[schema]}
        try:
            return Draft202012Validator(ref, registry=self._registry, offline=True)
        except ValueError:
            return None


def require_oracle(at: Location, hint: str = INSTALL) -> None:
    """Raise :class:`SpecloomError` when jsonschema-rs is not installed."""
    if not is_available():
        message = "the oracle is jsonschema-rs, which is not installed"
        finding = Diagnostic(Severity.ERROR, "oracle-missing", message, at, hint)
        raise SpecloomError(finding)
