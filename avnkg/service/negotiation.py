"""Which of the formats on offer a client would rather have, from the header `Accept`."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class _Wish:
    kind: str
    part: str
    weight: float

    def fits(self, offer: str) -> int:
        """Return how closely it names an offer; 0 where it does not."""
        kind, _, part = offer.partition("/")
        if self.kind == "*" and self.part == "*":
            return 1
        if self.kind != kind:
            return 0
        return 3 if self.part == part else 2 if self.part == "*" else 0


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the media type that is wanted most; the first of equals; None where none is wanted.

    >>> best("text/csv;q=0.5, text/*;q=0.1, application/json", ["application/json", "text/csv"])
    'application/json'
    >>> best("text/csv;q=0, text/*", ["text/csv", "text/html"]), best("image/png", ["text/csv"])
    ('text/html', None)
    """
    if accept is None or not accept.strip():
        return offers[0]
    wishes = [wish for part in accept.split(",") if (wish := _read(part))]
    chosen, most = None, 0.0
    for offer in offers:
        closest = max(wishes, key=lambda wish: (wish.fits(offer), wish.weight), default=None)
        weight = closest.weight if closest and closest.fits(offer) else 0.0
        if weight > most:
            chosen, most = offer, weight
    return chosen


def _read(part: str) -> _Wish | None:
    """Return what a part of the header wishes; None where it cannot be read, as HTTP would have it."""
    media, *parameters = (each.strip().lower() for each in part.split(";"))
    kind, slash, subtype = media.partition("/")
    if not slash or not kind or not subtype:
        return None
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return None
            if not 0 <= weight <= 1:
                return None
    return _Wish(kind, subtype, weight)
