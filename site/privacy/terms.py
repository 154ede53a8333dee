"""How long what is kept: the rules, without a database. The terms stand in docs/data-map.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Terms:
    """Days; ``school_year_ends`` is the last day (month, day) of a Dutch school year.

    Sources of the defaults: 31 July is the end of the school year in the Dutch education acts;
    the other terms are our proposal, shorter than the sector's (docs/data-map.md).
    """

    without_class_days: int = 30
    school_year_ends: tuple[int, int] = (7, 31)
    account_days: int = 730
    account_notice_days: tuple[int, int] = (60, 14)  # told so many days before, and once more
    log_days: int = 730
    upload_days: int = 1
    erasure_list_days: int = 40

    def without_class_since(self, now: datetime) -> datetime:
        """What was last active before this is past its term, without a class or an account."""
        return now - timedelta(days=self.without_class_days)

    def class_since(self, now: datetime, zone: tzinfo) -> datetime:
        """The start of the school year in which ``now`` lies."""
        local = now.astimezone(zone)
        month, day = self.school_year_ends
        ends = local.replace(month=month, day=day, hour=0, minute=0, second=0, microsecond=0)
        starts = ends + timedelta(days=1)
        return starts if local >= starts else starts.replace(year=starts.year - 1)

    def account_since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.account_days)

    def account_goes_at(self, last_used: datetime, told: Mapping[int, datetime]) -> datetime:
        """When an account that nobody uses goes: never sooner after a notice than that notice says.

        ``told`` says when each notice went, by its number of days.
        """
        notices = [at + timedelta(days=days) for days, at in told.items()]
        return max([last_used + timedelta(days=self.account_days), *notices])

    def account_notice_due(
        self, last_used: datetime, told: Mapping[int, datetime], now: datetime
    ) -> int | None:
        """Which notice is to be sent now: the number of days, or ``None``."""
        for days in self.account_notice_days:
            if days not in told:
                goes_at = self.account_goes_at(last_used, told)
                return days if now >= goes_at - timedelta(days=days) else None
        return None

    def account_is_over(
        self, last_used: datetime, told: Mapping[int, datetime], now: datetime
    ) -> bool:
        """Whether it goes now: told twice, and both terms went by."""
        is_told = all(days in told for days in self.account_notice_days)
        return is_told and now >= self.account_goes_at(last_used, told)

    def first_notice_since(self, now: datetime) -> datetime:
        """Whoever used the account after this need not be told yet."""
        return now - timedelta(days=self.account_days - self.account_notice_days[0])

    def log_since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.log_days)

    def upload_since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.upload_days)

    def listed_since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.erasure_list_days)
