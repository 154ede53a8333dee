"""Who may do what with a class, in one table. Plain Python.

The list of classes that somebody sees, and whether they may do this one thing, both come
from it (``querysets.ClassroomQuerySet.open_to``), so that the two cannot differ.
"""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What somebody is in a class. Each class has one who leads it."""

    LEADER = "leader"
    CO_TEACHER = "co_teacher"
    OBSERVER = "observer"


class Right(StrEnum):
    """What a screen asks for."""

    SEE_NUMBERS = "see_numbers"  # of the class together; no nickname
    TEACH = "teach"  # everything that a lesson needs
    LEAD = "lead"  # who shares it, and whose it is


PARTS_WITH = {
    Right.SEE_NUMBERS: (Part.LEADER, Part.CO_TEACHER, Part.OBSERVER),
    Right.TEACH: (Part.LEADER, Part.CO_TEACHER),
    Right.LEAD: (Part.LEADER,),
}
