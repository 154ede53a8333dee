"""A package as schema.org's LearningResource, for search engines and Edurep.

https://schema.org/LearningResource. It says what the page says, in the same words.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from lessons.models import LessonPackagePage, LessonPage

# https://creativecommons.org/licenses/by-sa/4.0/
LICENCES = {"CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}
# What could end the script element that it stands in, or begin another.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def learning_resource(package: LessonPackagePage, lessons: list[LessonPage]) -> SafeString:
    """The JSON-LD, safe inside ``<script type="application/ld+json">``. No query."""
    text = json.dumps(described(package, lessons), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  (escaped on this line)


def described(package: LessonPackagePage, lessons: list[LessonPage]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": f"urn:uuid:{package.source.key}",
        "url": f"{settings.BASE_URL}{package.screen_path()}",
        "name": package.title,
        "description": package.big_idea,
        "inLanguage": package.locale.language_code,
        "learningResourceType": "lesson plan",
        "typicalAgeRange": f"{package.age_from}-{'' if package.is_for_adults else package.age_to}",
        "educationalLevel": package.level,
        "timeRequired": f"PT{package.minutes}M",
        "teaches": [goal.value for goal in package.goals],
        "educationalAlignment": [
            {
                "@type": "AlignmentObject",
                "alignmentType": "teaches",
                "educationalFramework": "SLO kerndoelen",
                "targetName": goal.value,
            }
            for goal in package.curriculum_goals
        ],
        "audience": {
            "@type": "EducationalAudience",
            "educationalRole": (
                "student" if package.audience == package.Audience.YOUNG_PEOPLE else "teacher"
            ),
        },
        "author": {"@type": "Organization", "name": package.made_by},
        "license": LICENCES.get(package.licence, package.licence),
        "isAccessibleForFree": True,
        "version": package.version,
        "expires": package.review_by.isoformat(),
        "hasPart": [
            {
                "@type": "LearningResource",
                "name": lesson.title,
                "inLanguage": lesson.locale.language_code,
                "description": lesson.summary,
                "url": f"{settings.BASE_URL}{lesson.screen_path()}",
                "timeRequired": f"PT{lesson.minutes}M",
            }
            for lesson in lessons
        ],
    }
    if package.first_published_at:
        found["datePublished"] = package.first_published_at.date().isoformat()
    if package.last_published_at:
        found["dateModified"] = package.last_published_at.date().isoformat()
    return found
