"""What must be looked at again, by whom and when, among Wagtail's reports."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from helplines.models import Helpline
from lessons.claims import every_claim, uses_of
from lessons.freshness import (
    FAR,
    HELPLINE,
    LATER,
    NOBODY,
    OVERDUE,
    PACKAGE,
    SIGNAL,
    SOON,
    SOURCE,
    Claim,
    Use,
    find_claims,
    work_per_owner,
)
from lessons.freshness_notes import in_words
from reports.exports import harmless
from reports.permissions import FRESHNESS_POLICY, FRESHNESS_RIGHTS

KINDS = {
    SOURCE: gettext_lazy("Bron"),
    HELPLINE: gettext_lazy("Hulplijn"),
    SIGNAL: gettext_lazy("Signaal"),
    PACKAGE: gettext_lazy("Lespakket"),
}
WINDOWS = {
    OVERDUE: gettext_lazy("Te laat"),
    SOON: gettext_lazy("Binnen 30 dagen"),
    LATER: gettext_lazy("Binnen 90 dagen"),
    FAR: gettext_lazy("Later"),
}


@dataclass(slots=True)
class Row:
    """A claim as the table and the file show it."""

    claim: Claim
    window: str
    uses: list[Use] = field(default_factory=list)

    @property
    def pk(self) -> str:
        return f"{self.claim.kind}-{self.claim.pk}-{self.claim.name}"

    @property
    def title(self) -> str:
        return self.claim.title

    @property
    def kind(self) -> str:
        return str(KINDS[self.claim.kind])

    @property
    def when(self) -> str:
        return str(WINDOWS[self.window])

    @property
    def due(self) -> str:
        return date_format(self.claim.due, "j F Y")

    @property
    def owner(self) -> str:
        return self.claim.owner or _("geen eigenaar")

    @property
    def used_in(self) -> list[str]:
        return [in_words(use) for use in self.uses]

    @property
    def edit_url(self) -> str:
        """Where it is changed; of a source, the place on the page of its package."""
        if self.claim.kind == HELPLINE:
            return reverse("wagtailsnippets_helplines_helpline:edit", args=[self.claim.pk])
        if self.claim.kind == SIGNAL:
            return reverse("wagtailsnippets_signals_signal:edit", args=[self.claim.pk])
        url = reverse("wagtailadmin_pages:edit", args=[self.claim.pk])
        fragment = f"sources.{self.claim.block}" if self.claim.block else "review_by"
        return f"{url}#:w:contentpath={fragment}"


class ClaimColumn(TitleColumn):
    """The claim with what is to be done, and where it stands."""

    cell_template_name = "reports/admin/claim_cell.html"


class UsesColumn(Column):
    cell_template_name = "reports/admin/uses_cell.html"


class FreshnessFilterSet(WagtailFilterSet):
    within = django_filters.ChoiceFilter(
        label=gettext_lazy("Wanneer"),
        choices=[(name, WINDOWS[name]) for name in (OVERDUE, SOON, LATER)],
        empty_label=gettext_lazy("Alles"),
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Soort"), choices=list(KINDS.items()))
    owner = django_filters.ChoiceFilter(label=gettext_lazy("Eigenaar"))

    class Meta:
        model = Helpline  # only the form is used: the rows are no table of the database
        fields: ClassVar[list] = []

    def __init__(self, *args: Any, owners: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["owner"].extra["choices"] = [
            (owner or NOBODY, owner or _("geen eigenaar")) for owner in owners
        ]


class FreshnessView(ReportView):
    """At most 20 queries of its own, however many claims there are."""

    template_name = "reports/admin/freshness.html"
    results_template_name = "reports/admin/freshness_results.html"
    page_title = gettext_lazy("Nakijken")
    header_icon = "time"
    index_url_name = "freshness_report"
    index_results_url_name = "freshness_report_results"
    export_filename = "nakijken"
    filterset_class = FreshnessFilterSet
    is_searchable = True
    permission_policy = FRESHNESS_POLICY
    any_permission_required = FRESHNESS_RIGHTS
    list_export: ClassVar = [
        "kind", "title", "claim.place", "when", "claim.due", "claim.checked_on", "owner",
        "claim.recheck", "used_in",
    ]  # fmt: skip
    export_headings: ClassVar = {
        "kind": gettext_lazy("Soort"),
        "title": gettext_lazy("Titel"),
        "claim.place": gettext_lazy("Lespakket"),
        "when": gettext_lazy("Wanneer"),
        "claim.due": gettext_lazy("Nakijken voor"),
        "claim.checked_on": gettext_lazy("Nagekeken op"),
        "owner": gettext_lazy("Eigenaar"),
        "claim.recheck": gettext_lazy("Wat nakijken"),
        "used_in": gettext_lazy("Waar gebruikt"),
    }
    columns: ClassVar = [
        ClaimColumn("title", label=gettext_lazy("Wat"), get_url=lambda row: row.edit_url),
        Column("kind", label=gettext_lazy("Soort")),
        Column("when", label=gettext_lazy("Wanneer")),
        Column("due", label=gettext_lazy("Nakijken voor")),
        Column("owner", label=gettext_lazy("Eigenaar")),
        UsesColumn("uses", label=gettext_lazy("Waar gebruikt")),
    ]

    @cached_property
    def claims(self) -> list[Claim]:
        return every_claim()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        owners = sorted({claim.owner for claim in self.claims})
        return {**super().get_filterset_kwargs(), "owners": owners}

    def get_filtered_queryset(self) -> list[Row]:  # type: ignore[override]
        today = timezone.localdate()
        form = self.filters.form
        chosen = form.cleaned_data if form.is_valid() else {}
        found = find_claims(
            self.claims,
            today=today,
            owner=chosen.get("owner") or "",
            kind=chosen.get("kind") or "",
            within=chosen.get("within") or "",
            text=self.search_query,
        )
        return [Row(claim, claim.window(today)) for claim in found]

    def decorate_paginated_queryset(self, object_list: list[Row]) -> list[Row]:
        """Only of what is shown: what depends on it."""
        uses = uses_of([row.claim for row in object_list])
        for row in object_list:
            row.uses = uses[row.claim]
        return object_list

    def to_row_dict(self, item: Row) -> OrderedDict[str, Any]:
        row = super().to_row_dict(item)
        row["used_in"] = ", ".join(item.used_in)
        for name, value in row.items():
            row[name] = harmless(value) if isinstance(value, str) else value
        return row

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        work = work_per_owner(self.claims, today=timezone.localdate())
        return {**super().get_context_data(*args, **kwargs), "work": work, "nobody": NOBODY}
