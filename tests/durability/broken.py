"""Two wrong ways to save an answer, which the harness must catch (R-02).

A harness that finds nothing proves nothing until it has found these.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from quizzes import actions, statements
from quizzes.actions import SavedAnswer

FLUSH_SECONDS = 0.1
_waiting: queue.Queue[dict[str, Any]] = queue.Queue()
_save_for_real = actions.save_answer
_start_writer = threading.Lock()
_is_writing = threading.Event()


def acknowledge_before_commit(**arguments: Any) -> SavedAnswer:
    """Says "saved" at once and writes ten times a second: write-behind, as a cache would."""
    token, edition = arguments["token"], arguments["edition"]
    if token is None:
        return _save_for_real(**arguments)
    with _start_writer:
        if not _is_writing.is_set():
            threading.Thread(target=_write_forever, daemon=True).start()
            _is_writing.set()
    _waiting.put(arguments)
    question = edition.by_key[str(arguments["question_key"])]
    given = question.type.clean(question.content, arguments["sent"])
    return SavedAnswer(
        token=token,
        attempt_key=arguments["attempt_key"],
        answer_key=arguments["answer_key"],
        question=question,
        given=given,
        mark=question.type.mark(question.content, given),
        answered_count=1,
        question_count=edition.question_count,
    )


def _write_forever() -> None:
    while True:
        time.sleep(FLUSH_SECONDS)
        while not _waiting.empty():
            arguments = _waiting.get()
            try:
                _save_for_real(**arguments)
            except (OperationalError, InterfaceError):
                connection.close()
                _waiting.put(arguments)
            except actions.AnswerRefusedError:
                continue


def forget_unique_keys() -> None:
    """Takes the refusal of a repeat out of the real statement; the seed drops the index."""
    before = statements.INSERT_ANSWER
    statements.INSERT_ANSWER = before.replace("ON CONFLICT DO NOTHING", "")
    assert before != statements.INSERT_ANSWER


def break_the_site(how: str) -> None:
    """``early_ack`` or ``no_unique_key``. Before the views are imported, or after."""
    if how == "early_ack":
        actions.save_answer = acknowledge_before_commit
    elif how == "no_unique_key":
        forget_unique_keys()
    else:
        raise ValueError(how)
