"""What somebody looks for in the list of packages. All of it is in the address.

Read without a form: nothing that is asked can be wrong, an odd link still works, and
Django's form took longer than the search itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from lessons.facets import Masks

LONGEST_SEARCH = 100
NEWEST, SHORTEST, TITLE = "", "kort", "titel"
SORTS = (NEWEST, SHORTEST, TITLE)


@dataclass(frozen=True)
class Wish:
    """A search, the choices, the order and the page."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)  # value by facet
    sort: str = NEWEST
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str], masks: Masks, fixed: Masks | Mapping) -> Wish:
        """What is not understood is left out."""
        chosen = {
            facet: value
            for facet in fixed
            if (value := query.get(facet, ""))
            and (value in fixed[facet] or value in masks.get(facet, {}))
        }
        sort = query.get("sorteer", NEWEST)
        page = query.get("pagina", "")
        return cls(
            text=" ".join(query.get("zoek", "").replace("\x00", "").split())[:LONGEST_SEARCH],
            chosen=chosen,
            sort=sort if sort in SORTS else NEWEST,
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    @property
    def is_anything(self) -> bool:
        return bool(self.text or self.chosen)

    def parts(self, *, but: Iterable[str] = ()) -> dict[str, str]:
        """Name and encoded value of all that is asked, the page left out."""
        named = {**self.chosen, "zoek": quote_plus(self.text), "sorteer": self.sort}
        return {name: value for name, value in named.items() if value and name not in but}

    def address(self, **changes: str | int) -> str:
        """The query string with something changed: sorted, so that one wish has one address.

        The first page, unless it says otherwise.
        """
        named = self.parts(but=changes)
        named |= {name: quote_plus(str(value)) for name, value in changes.items() if value}
        return "?" + "&".join(f"{name}={named[name]}" for name in sorted(named)) if named else ""

    def around(self, facet: str) -> tuple[str, str]:
        """What comes before and after a value of this facet in the address."""
        named = self.parts(but=[facet])
        before = [f"{name}={named[name]}" for name in sorted(named) if name < facet]
        after = [f"&{name}={named[name]}" for name in sorted(named) if name > facet]
        return "?" + "&".join([*before, f"{facet}="]), "".join(after)

    @property
    def canonical(self) -> str:
        return self.address(pagina=self.page if self.page > 1 else "")
