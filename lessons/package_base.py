"""What every part of a package file is made of. Plain Python."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Markdown = Annotated[str, Field(min_length=1)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
FormOfExploitation = Literal["sexual", "criminal", "labour", "begging", "organs", "online", "all"]


class Strict(BaseModel):
    """Refuses unknown keys, so that a typing error is an error and not a lost text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Image(Strict):
    """A picture in ``images/``; alt text, or decorative, never neither."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(svg|png|jpg|webp)$")]
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""

    @model_validator(mode="after")
    def alt_or_decorative(self) -> Image:
        if self.decorative == bool(self.alt.strip()):
            raise ValueError("give 'alt', or 'decorative: true', and not both")
        return self


class Recording(Strict):
    """A video or something to listen to in ``recordings/``, with captions in a file beside it."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(mp4|webm|weba|m4a|mp3|ogg)$")]
    captions: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.vtt$")]
    title: Line
    language: Literal["nl", "en", "ar"] = "nl"
    transcript: str = ""  # as in ``media/transcripts.py``; made from the captions when left out
    description: Annotated[str, Field(min_length=1, max_length=2000)]  # what there is to see, hear
    credit: Annotated[str, Field(min_length=1, max_length=300)]  # who made it, and how
    poster: Image | None = None  # of a video, before it plays


class Document(Strict):
    """Something to read or to print in ``documents/``, which is given as a download."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(csv|docx|odp|ods|odt|pdf|pptx|txt|xlsx)$")]
    title: Line
    language: Literal["nl", "en", "ar"] = "nl"
    credit: Annotated[str, Field(min_length=1, max_length=300)]  # who made it, and the licence


class Supplement(Strict):
    """What stands beside the explanation of a question or the text of a band."""

    image: Image | None = None
    recording: Recording | None = None
    lesson: Slug | None = None  # slug of a lesson in this package: where to read on
    signal: Slug | None = None  # slug of a known signal
    helplines: list[Slug] = []  # slugs of known helplines

    @field_validator("image")
    @classmethod
    def no_caption(cls, image: Image | None) -> Image | None:
        if image is not None and image.caption:
            raise ValueError("a caption is not shown here: write it in the explanation")
        return image
