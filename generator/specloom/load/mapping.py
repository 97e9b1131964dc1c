"""Mapping: the URLs that a user has copies of, and where; a URI in, a path out.

A URL that is mapped to a folder, or that ends in ``/``, stands for all that begin with
it; any other one for itself. The longest that fits a URI counts. Promises that nothing
is opened: whether a path may be read, and is there, is for others to find out.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from ..values import dataclass

ENDINGS = ("", ".json", ".yaml", ".yml")
"""What the name of a file may have beyond its URL, as those of meta-schemas do."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Where the copy of a document is to be: a path as the user wrote it, and the rest.

    ``rest`` is relative to ``place``, percent-encoded; it is empty if ``place`` is the
    file itself.
    """

    place: Path
    rest: str


class UrlMap:
    """What :class:`~specloom.options.Options` has as ``map_ref``."""

    def __init__(self, copies: Mapping[str, Path]) -> None:
        found = {_key(url, place): place for url, place in copies.items()}
        self._by_url = sorted(found.items(), key=lambda x: -len(x[0]))
        absolute = [(_plain(place), url) for url, place in found.items()]
        self._by_place = sorted(absolute, key=lambda x: -len(x[0].parts))

    def copy_of(self, uri: str) -> Copy | None:
        """Where the document with this URI is to be found; None if nobody said so."""
        if not self._by_url:
            return None
        wanted = _normal(uri)
        for url, place in self._by_url:
            if wanted == url:
                return Copy(place, "")
            if url.endswith("/") and wanted.startswith(url) and "?" not in wanted:
                return Copy(place, wanted[len(url) :])
        return None

    def url_of(self, path: Path) -> str:
        """The URL that a file is the copy of, or '', however it was reached."""
        if not self._by_place:
            return ""
        wanted = _plain(path)
        for place, url in self._by_place:
            if wanted == place and not url.endswith("/"):
                return url
            if url.endswith("/") and place in wanted.parents:
                return url + quote(wanted.relative_to(place).as_posix())
        return ""


def mappable(url: str) -> str:
    """What a user can map to have a copy of a URL found, as ``URL=PATH``; or ''.

    It is the folder of the document, if the URL has one, and else the whole URL.
    """
    try:
        parts = urlsplit(_normal(url))
    except ValueError:  # a bracket that opens an IPv6 address, and no more
        return ""
    if not parts.scheme:
        return ""
    if parts.query or "/" not in parts.path:
        return f"{parts.geturl()}=FILE"
    folder = posixpath.dirname(parts.path).rstrip("/") + "/"
    return f"{parts._replace(path=folder).geturl()}=DIR"


def _plain(path: Path) -> Path:
    """An absolute path, of which no link is followed."""
    return Path(os.path.normpath(path.absolute()))


def _key(url: str, place: Path) -> str:
    url = _normal(url)
    return url if url.endswith("/") or not place.is_dir() else f"{url}/"


def _normal(uri: str) -> str:
    """A URI as others that mean the same are written (RFC 3986, section 6.2.2)."""
    try:
        parts = urlsplit(uri)  # which writes the scheme in lower case
    except ValueError:
        return uri
    path = parts.path or "/" if parts.netloc else parts.path
    if "/." in path:
        path = urljoin("/", path)
    parts = parts._replace(netloc=parts.netloc.lower(), path=path, fragment="")
    return parts.geturl()
