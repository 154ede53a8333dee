"""The recordings of a package: read from ``recordings/``, and all that is wrong with them.

Plain Python. What is wrong in a file of captions names that file and its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lessons.package_base import Recording
from lessons.package_questions import SpotMomentsQuestion
from media.captions import read_captions
from media.containers import MOST_BYTES, UnusableRecordingError, read_container
from media.times import clock
from media.transcripts import from_captions, read_transcript, write_transcript
from quizzes.moments import Window, window_mistakes

FOLDER = "recordings"
FILES = {
    "empty": "is empty",
    "too_large": f"is larger than {MOST_BYTES // 1_000_000} MB",
    "unknown": "is no MP4, WebM, M4A, MP3 or Ogg that browsers play",
    "no_track": "holds no picture and no sound",
    "no_duration": "does not say how long it takes",
}
CAPTIONS = {
    "not_webvtt": "the first word must be WEBVTT",
    "no_timing": "a time belongs here, as 00:01.000 --> 00:04.000",
    "bad_timing": "write the time as 00:01.000 --> 00:04.000",
    "backwards": "the end must be later than the beginning",
    "too_early": "begins earlier than the one before it",
    "too_late": "begins after the recording has ended",
    "empty": "there are no words with this time",
    "too_long": "too long to read",
    "no_cues": "there is no caption in it",
}
TRANSCRIPT = {
    "no_time": "begin with a time and words, as 0:12 Jay: hoi",
    "not_later": "this time must be later than the one before it",
    "too_late": "begins after the recording has ended",
    "too_long": "too long",
    "too_many": "too many lines",
}
WINDOWS = {
    "too_late": ("end", "the recording takes {duration}"),
    "backwards": ("end", "the end must be later than the beginning"),
    "too_short": ("end", "give at least {shortest}"),
    "overlaps": ("start", "the signal before it goes on until {end}"),
    "too_close": ("start", "begin at or after {earliest}, or pressing all the time wins"),
    "no_line": ("start", "begin where a line of the transcript begins; nearby is {nearest}"),
    "ends_early": ("end", "go on until after {middle}, the middle of the line it begins with"),
    "too_much": ("", "together the signals take {total}: more than half of the recording"),
    "no_room": ("", "leave {room} before the first or after the last signal"),
}


@dataclass(frozen=True)
class RecordingFile:
    """A recording that was read and found good, with the texts that go with it."""

    content: bytes
    captions: str
    transcript: str
    tenths: int


@dataclass(frozen=True)
class Found:
    """What is wrong: at a place in the question, or (``line``) in the file with captions."""

    message: str
    place: tuple[str | int, ...] = ()
    line: int = 0


def read_recording(folder: Path, recording: Recording) -> tuple[RecordingFile | None, list[Found]]:
    """The recording, or what is wrong with it; places are inside the ``recording``."""
    try:
        content = (folder / FOLDER / recording.file).read_bytes()
    except OSError:
        return None, [Found(f"there is no file {FOLDER}/{recording.file}", ("file",))]
    try:
        container = read_container(BytesIO(content))
    except UnusableRecordingError as error:
        return None, [Found(f"{FOLDER}/{recording.file} {FILES[error.code]}", ("file",))]
    if recording.poster is not None and not container.has_video:
        return None, [Found("this is sound: it has no picture", ("poster",))]
    try:
        captions = (folder / FOLDER / recording.captions).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        message = f"there is no file {FOLDER}/{recording.captions} in UTF-8"
        return None, [Found(message, ("captions",))]
    read = read_captions(captions, tenths=container.tenths)
    wrong = [Found(CAPTIONS[one.code], line=one.line) for one in read.mistakes]
    transcript = recording.transcript or write_transcript(from_captions(read.cues))
    wrong += [
        Found(f"line {one.line}: {TRANSCRIPT[one.code]}", ("transcript",))
        for one in read_transcript(transcript, tenths=container.tenths).mistakes
    ]
    if wrong:
        return None, wrong
    return RecordingFile(content, captions, transcript, container.tenths), []


def wrong_windows(question: SpotMomentsQuestion, file: RecordingFile) -> Iterator[Found]:
    """What is wrong with when its signals are; places are inside the question."""
    windows = [Window(str(one.id), one.start, one.end) for one in question.targets]
    starts = [line.start for line in read_transcript(file.transcript).lines]
    for mistake in window_mistakes(windows, starts, file.tenths):
        field, message = WINDOWS[mistake.code]
        values = {name: clock(at, exact=True) for name, at in mistake.values.items()}
        place = ("targets",) if mistake.place is None else ("targets", mistake.place, field)
        yield Found(message.format(**values), place)
