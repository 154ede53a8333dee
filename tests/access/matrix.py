"""Who may do what: every route of the site, each role, reading and sending (S-05).

A route that is not here fails the build, so that nobody adds one without saying for whom
it is. Wagtail's admin has more than two hundred; for those there is a rule, below.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.access.world import LEARNERS, ROLES

Expected = int | str
LOGIN = "to sign-in"  # 302 to the sign-in page, which leads back here
RETURN = "to the return code"  # 302 to where a learner types their return code
CLASSES = "to the classes"  # 302 to the teacher's list of classes
NO_SESSION = ("anonymous", *LEARNERS, "suspended")
TEACHERS = ("teacher", "colleague", "other_teacher")
SHARERS = ("co_teacher", "observer")  # of the teacher's class
SIGNED_IN = tuple(role for role in ROLES if role not in NO_SESSION)
REFUSALS = {LOGIN, RETURN, CLASSES, 401, 403, 404, 405}


@dataclass(frozen=True)
class Access:
    """The answer to each role, and which tables a mere look writes to."""

    get: dict[str, Expected]
    post: dict[str, Expected]
    look_writes: frozenset[str] = field(default_factory=frozenset)


def everybody(get: Expected = 200, post: Expected = 405, writes: str = "") -> Access:
    rows = (dict.fromkeys(ROLES, answer) for answer in (get, post))
    return Access(*rows, look_writes=frozenset(writes.split()))


def owner_only(get: Expected, post: Expected) -> Access:
    """A learner's own attempt: for everybody else it is not there."""
    return Access(*({**_unless_405(answer), "learner": answer} for answer in (get, post)))


def _unless_405(answer: Expected) -> dict[str, Expected]:
    return dict.fromkeys(ROLES, 405 if answer == 405 else 404)


def known_learners(get: Expected, post: Expected) -> Access:
    """For whoever the device knows; the others are asked for their return code."""
    return Access(
        *(
            {role: answer if role in LEARNERS or answer == 405 else RETURN for role in ROLES}
            for answer in (get, post)
        )
    )


def coordinated(get: Expected = 405, post: Expected = 405) -> Access:
    """For who coordinates the organisation; for everybody else it is not there."""
    answers = []
    for answer in (get, post):
        row = _unless_405(answer) | dict.fromkeys(NO_SESSION, LOGIN)
        answers.append({**row, "coordinator": answer})
    return Access(*answers)


def own_class(get: Expected = 200, post: Expected = 405, writes: str = "") -> Access:
    """For the teacher whose class it is, and who teaches it too; 403 for an observer (S-09).

    Editors and operators have no way in either.
    """
    answers = []
    for answer in (get, post):
        row = _unless_405(answer) | dict.fromkeys(NO_SESSION, LOGIN)
        observer = 405 if answer == 405 else 403
        answers.append({**row, "teacher": answer, "co_teacher": answer, "observer": observer})
    return Access(*answers, look_writes=frozenset(writes.split()))


def led_class(get: Expected = 200, post: Expected = 405) -> Access:
    """Only for the teacher whose class it is; 403 for who shares it."""
    access = own_class(get, post)
    for row in (access.get, access.post):
        row["co_teacher"] = row["observer"]
    return access


def seen_class(get: Expected, post: Expected, teacher: Expected | None = None) -> Access:
    """For all three; ``teacher`` where who leads the class gets another answer."""
    access = own_class(get, post)
    for row in (access.get, access.post):
        row["observer"] = row["co_teacher"]
        row["teacher"] = teacher or row["teacher"]
    return access


def signed_in(get: Expected, post: Expected, **others: tuple[Expected, Expected]) -> Access:
    answers = []
    for number, answer in enumerate((get, post)):
        row = dict.fromkeys(NO_SESSION, LOGIN) | dict.fromkeys(SIGNED_IN, answer)
        answers.append(row | {role: pair[number] for role, pair in others.items()})
    return Access(*answers)


def staff(get: Expected = 200) -> Access:
    """Whoever works somewhere now, editors and operators too: what teachers know."""
    refused = (403, 405)
    return signed_in(get, 405, former=refused, barred=refused, municipal=refused)


def own_certificate(get: Expected, post: Expected) -> Access:
    """The teacher's own: for everybody else who is signed in it is not there."""
    answers = []
    for answer in (get, post):
        row = _unless_405(answer) | dict.fromkeys(NO_SESSION, LOGIN)
        answers.append({**row, "teacher": answer})
    return Access(*answers)


def for_who_is_out(get: Expected, post: Expected) -> Access:
    """Sign-in and sign-up: whoever is in already goes to their classes."""
    row = dict.fromkeys(ROLES, CLASSES) | dict.fromkeys(NO_SESSION, get)
    return Access(row, dict.fromkeys(ROLES, post))


MATRIX: dict[str, Access] = {
    # Everybody's pages: nothing is stored by looking.
    "home:front": everybody(),
    "home:mine": everybody(),
    "helplines:help": everybody(),
    "signals:list": everybody(),
    "signals:signal": everybody(),
    "about": everybody(post=200),  # Wagtail's own view; it stores nothing
    "privacy": everybody(post=200),
    "accessibility": everybody(post=200),
    "exit": everybody(post=200),
    "set_language": everybody(get=405, post=302),
    "health_live": everybody(),
    "health_ready": everybody(),
    "robots_txt": everybody(),
    "sitemap": everybody(),
    "security_txt": everybody(),
    "no_internet": everybody(),
    "offline_worker": everybody(),
    "lessons:catalogue": everybody(),
    "lessons:package": everybody(),
    "lessons:package_guide": everybody(),
    "progress:lesson": everybody(get=302),
    "progress:step": everybody(),
    "progress:whole_lesson": everybody(),
    "progress:finish_step": everybody(get=405, post=302),
    "progress:lesson_end": everybody(),
    "progress:lesson_copy": everybody(),
    "media:upload": everybody(),
    "media:captions": everybody(),
    "quizzes:quiz": everybody(),
    "quizzes:questions": everybody(),
    "quizzes:again": everybody(get=405, post=200),
    # A learner's own.
    "quizzes:answer": owner_only(get=405, post=302),
    "quizzes:question": owner_only(get=200, post=405),
    "quizzes:overview": owner_only(get=200, post=405),
    "quizzes:hand_in": owner_only(get=405, post=302),
    "quizzes:result": owner_only(get=200, post=405),
    "quizzes:rehearse": owner_only(get=200, post=200),
    "accounts:return": everybody(post=302),  # with a return code that is right
    "accounts:new_return_code": known_learners(get=200, post=302),
    "accounts:leave": everybody(post=200),
    "accounts:digest": signed_in(get=200, post=302),
    "accounts:stop_digest": everybody(get=404, post=404),  # an address that we never signed
    "own_data:data": known_learners(get=200, post=405),
    "own_data:data_file": known_learners(get=200, post=405),
    "own_data:account_data": signed_in(get=200, post=405),
    "own_data:account_file": signed_in(get=200, post=405),
    "own_data:delete_account": signed_in(get=302, post=302),  # who it is, first
    "own_data:erase": known_learners(get=200, post=200),
    "classrooms:join": everybody(post=302),  # with a class code that is right
    "classrooms:join_short": everybody(get=302, post=302),
    "classrooms:redraw": everybody(get=405, post=302),  # and only then
    "classrooms:welcome": everybody(get=302),  # only in the minutes after joining
    # Teachers.
    "classrooms:list": signed_in(get=200, post=405),
    "classrooms:create": signed_in(
        get=200,
        post=302,
        editor=(CLASSES, CLASSES),
        admin=(CLASSES, CLASSES),
        former=(CLASSES, CLASSES),
        barred=(CLASSES, CLASSES),
        municipal=(CLASSES, CLASSES),
    ),
    "classrooms:municipality": signed_in(
        get=200,
        post=302,
        editor=(CLASSES, CLASSES),
        admin=(CLASSES, CLASSES),
        former=(CLASSES, CLASSES),
        barred=(CLASSES, CLASSES),
        municipal=(CLASSES, CLASSES),
    ),
    "classrooms:calendar": signed_in(get=200, post=200),
    "classrooms:stop_calendar": signed_in(get=405, post=302),
    "classrooms:calendar_feed": everybody(get=404, post=405),  # an address that we never gave
    "classrooms:organisation": coordinated(get=200, post=302),
    "classrooms:revoke": coordinated(post=302),
    "classrooms:colleague": coordinated(get=200),
    "classrooms:suspend": coordinated(post=302),
    "classrooms:resume": coordinated(post=302),
    "classrooms:change_role": coordinated(post=302),
    "classrooms:remove_colleague": coordinated(post=302),
    "classrooms:answer_move": coordinated(post=302),
    "classrooms:leave_organisation": signed_in(
        get=200,
        post=302,
        **dict.fromkeys(("editor", "admin", "former", "barred", "municipal"), (CLASSES, CLASSES)),
        teacher=(200, 422),  # who has a class names who takes it over
        other_teacher=(200, 422),
        coordinator=(200, 422),  # the last one
    ),
    "classrooms:invitation": everybody(get=404, post=404),  # a link that we never sent
    # Of a team; a class has none of these (tests/classrooms/test_roster.py).
    "classrooms:roster": led_class(post=422),  # of no file
    "classrooms:confirm_roster": led_class(get=405, post=302),
    "classrooms:withdraw": led_class(get=405, post=302),
    "classrooms:invite_again": led_class(get=405, post=302),
    "classrooms:team_invitation": everybody(get=404, post=404),  # a link that we never sent
    "classrooms:go_on": signed_in(get=405, post=404, co_teacher=(405, 302)),
    "reports:organisation": coordinated(get=200),
    "classrooms:board": own_class(),
    "classrooms:qr": own_class(),
    "classrooms:settings": own_class(post=302),
    "classrooms:close": own_class(get=405, post=302),
    "classrooms:open": own_class(get=405, post=302),
    "classrooms:new_code": own_class(get=405, post=302),
    "classrooms:remove": own_class(post=302),
    "classrooms:restore": own_class(get=405, post=302),
    "classrooms:replace_return_code": own_class(post=200),
    "progress_teacher:merge": own_class(post=422),  # with nobody that was chosen
    "classrooms:assign": own_class(post=302),
    "classrooms:prepare": own_class(post=422),  # of nothing that was filled in
    "classrooms:change_assignment": own_class(post=302),
    "classrooms:unassign": own_class(post=302),
    "classrooms:cards": own_class(post=200),
    "classrooms:archive": led_class(post=302),
    "classrooms:unarchive": led_class(get=405, post=302),
    "classrooms:copy": led_class(post=302),
    "classrooms:share": led_class(post=302),
    "classrooms:unshare": led_class(get=405, post=302),
    "classrooms:hand_over": led_class(post=302),
    "classrooms:leave": seen_class(get=200, post=302, teacher=302),
    "reports:numbers": seen_class(get=200, post=405),
    "reports:classroom": own_class(),
    "reports:questions": own_class(),
    # That the overview left the site as a file is written down.
    "reports:export": own_class(writes="wagtailcore_modellogentry"),
    "quizzes:paper": staff(),
    "quizzes:paper_key": staff(),
    "progress:lesson_guide": staff(),
    # What pupils write on is for everybody, what teachers know is for them.
    "progress:guide_pdf": staff(),
    "progress:worksheet_pdf": everybody(),
    "quizzes:paper_pdf": everybody(),
    "quizzes:key_pdf": staff(),
    "progress:board_start": staff(get=302),
    "progress:board": staff(),
    "progress:board_notes": staff(),
    "progress:board_handout": staff(),
    # Municipalities: also an administrator writes for none without the role.
    "awareness:start": signed_in(get=200, post=405, municipal=(302, 405)),
    "awareness:texts": signed_in(get=404, post=405, municipal=(200, 405)),
    "awareness:qr": signed_in(get=404, post=405, municipal=(200, 405)),
    # Where somebody lives: kept on the device only, so everybody may say it.
    "place:choose": everybody(post=302),
    "place:municipality": everybody(),
    "awareness:text": signed_in(get=404, post=404, municipal=(200, 302)),
    # Certificates: whose it is sees it, and everybody with its number what they must know.
    "certificates:list": signed_in(get=200, post=405),
    "certificates:certificate": own_certificate(get=200, post=405),
    "certificates:pdf": own_certificate(get=200, post=405),
    "certificates:badge": own_certificate(get=200, post=405),
    "certificates:delete": own_certificate(get=200, post=302),
    "certificates:path": everybody(),
    "certificates:own_work": signed_in(get=405, post=302),
    "certificates:claim": signed_in(get=302, post=302),  # who has work to do is sent back to it
    "certificates:verify": everybody(),
    "certificates:issuer": everybody(),
    "certificates:revoked": everybody(),
    "certificates:diplomas": own_class(),
    "certificates:diplomas_pdf": own_class(get=404),  # of a class in which nobody is done
    # Accounts.
    "account_login": for_who_is_out(get=200, post=302),
    "account_request_login_code": for_who_is_out(get=200, post=302),
    "account_confirm_login_code": everybody(get=302, post=302),  # only after asking for one
    "account_signup": for_who_is_out(get=200, post=302),
    "account_logout": everybody(get=405, post=302),
    "account_inactive": everybody(),
    "account_email_verification_sent": everybody(),
    "account_confirm_email": everybody(get=200, post=404),  # with a key that we never made
    "accounts:account": signed_in(get=200, post=302),
    # First the password again.
    "account_email": signed_in(get=302, post=302),
    "account_reauthenticate": signed_in(get=200, post=302),
    "usersessions_list": signed_in(get=200, post=302),
    # The second step. What changes it asks for the password again first (302).
    "mfa_index": signed_in(get=200, post=405),
    "mfa_authenticate": everybody(get=302, post=302),  # only on the way in
    "mfa_reauthenticate": signed_in(get=302, post=302),
    "mfa_activate_totp": signed_in(get=302, post=302),
    "mfa_deactivate_totp": signed_in(get=404, post=404),  # who has none
    "mfa_view_recovery_codes": signed_in(get=404, post=405),
    "mfa_generate_recovery_codes": signed_in(get=302, post=302),
    "mfa_add_webauthn": signed_in(get=302, post=302),
    "mfa_remove_webauthn": signed_in(get=302, post=302),
    "mfa_reauthenticate_webauthn": signed_in(get=302, post=302),
    "mfa_login_webauthn": everybody(get=302, post=302),
    # At a school or an employer; here none is configured (tests/oidc).
    "openid_connect_login": everybody(get=404, post=404),
    "openid_connect_callback": everybody(get=404),
    "socialaccount_login_cancelled": everybody(),
    "socialaccount_signup": everybody(get=302, post=302),  # only on the way in
    "socialaccount_connections": signed_in(get=302, post=302),  # who it is, first
    "account_set_password": signed_in(get=302, post=302),  # likewise
    "account_change_password": signed_in(get=200, post=302),
    "account_change_password_done": signed_in(get=200, post=405),
    "account_reset_password": everybody(post=302),
    "account_reset_password_done": everybody(),
    # "This link does not work." allauth copies the address of an account that an operator
    # made into its own table, whoever looks.
    "account_reset_password_from_key": everybody(post=200, writes="account_emailaddress"),
    "account_reset_password_from_key_done": everybody(),
    # Wagtail's own, outside its admin.
    "wagtailcore_authenticate_with_password": everybody(get=404, post=404),
    "wagtailcore_login": everybody(get=302, post=302),  # to our sign-in, which counts
    "wagtail_serve": everybody(get=404, post=404),  # an address that no page has
}

# --- Wagtail's admin ------------------------------------------------------------------
# Whoever may not edit is sent to sign in, or gets 403 or 404: on every route, also on
# those of a next version. The exceptions, by name, and what they give to everybody:
OPEN_ADMIN_ROUTES: dict[str, int] = {
    "wagtailadmin_sprite": 200,  # icons
    "wagtailadmin_javascript_catalog": 200,  # translations
    "wagtailadmin_login": 302,  # to our sign-in, which counts wrong passwords
    "wagtailadmin_password_reset": 404,  # switched off
    "wagtailadmin_password_reset_done": 404,
    "wagtailadmin_password_reset_confirm": 404,
    "wagtailadmin_password_reset_complete": 404,
}
# Fewer, and the walk does not find them.
LEAST_ADMIN_ROUTES = 200
# What only an operator may open; an editor is sent back.
OPERATOR_PAGES = (
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailsites:index",
    "wagtailadmin_workflows:index",
)
# What only who writes or publishes quizzes may open, by name and what it takes.
QUIZ_WRITERS_PAGES: dict[str, dict[str, object]] = {
    "wagtailsnippets_quizzes_quiz:comments": {},
    "wagtailsnippets_quizzes_quiz:editions": {},
    "wagtailsnippets_quizzes_quiz:edition_differences": {"before": 1, "after": 1},
    "quiz_figures": {},
    "quiz_figures_file": {"kind": "csv"},
}
# What only who writes for the whole country may open: names of holders, and revoking for good.
CERTIFICATE_PAGES: dict[str, list[str]] = {
    "certificates_admin": [],
    "certificates_admin_results": [],
    "certificate_admin": ["pk"],
    "certificate_admin_revoke": ["pk"],
}
