"""Every screen in every state; each kind of question in each of its own is in questions.py.

One row per state: who looks, what it is called, and how to get there. ``STATES`` is in
the order of a walk: a state may build on the one before it with the same person.
"""

from __future__ import annotations

import hmac
from base64 import b32decode
from datetime import UTC, datetime, timedelta
from io import BytesIO
from time import time
from urllib.parse import urljoin
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.accessibility import kinds_of_quiz
from tests.accessibility.walking import (
    Scene,
    State,
    Way,
    at,
    follow,
    keep,
    mail,
    preview,
    send_from_elsewhere,
    send_plainly,
    submit,
    then,
    unfold,
    wait_for,
    with_limits_reached,
)
from tests.journeys.moves import choose, go_until


def tick(place: int, how: str) -> Way:
    def way(scene: Scene) -> None:
        choose(scene.page, scene.key[place], how)

    return way


def check(scene: Scene) -> None:
    scene.page.locator('form.quiz-question button[type="submit"]').click()


SAVED = wait_for('.quiz-question__status[data-state="saved"]')
STOPPED = wait_for('.quiz-question__status[data-state="stopped"]')
WAITING = wait_for('.quiz-question__feedback[data-state="waiting"]')


def go_on(scene: Scene) -> None:
    scene.page.locator(".quiz-question__next a, .quiz-question__next button").click()
    expect(scene.page.locator('form.quiz-question[data-state="open"]')).to_be_visible()


def lose_the_network(scene: Scene) -> None:
    scene.page.wait_for_load_state("networkidle")
    scene.page.context.set_offline(True)


def find_the_network(scene: Scene) -> None:
    scene.page.context.set_offline(False)


def read_easily(scene: Scene) -> None:
    scene.page.get_by_role("switch").check()


def read_ordinarily(scene: Scene) -> None:
    """The states after it are of the ordinary text again."""
    scene.page.get_by_role("switch").uncheck()


def lose_the_cookie(scene: Scene) -> None:
    language = [c for c in scene.page.context.cookies() if c["name"] == "language"]
    scene.things["kept cookies"] = scene.page.context.cookies()
    scene.page.context.clear_cookies()
    scene.page.context.add_cookies(language)
    scene.page.evaluate("window.dispatchEvent(new Event('online'))")


def forget_the_code(scene: Scene) -> None:
    """Ten minutes later the code of a moment ago is no longer shown."""
    scene.page.context.clear_cookies(name="learner-code")


def read_again(scene: Scene) -> None:
    """The page of an answered question, as the server makes it."""
    attempt = scene.page.locator("answer-queue").get_attribute("data-attempt")
    scene.page.goto(f"/q/{scene.quiz}/{attempt}/1/")


def find_the_cookie(scene: Scene) -> None:
    scene.page.context.add_cookies(scene.things["kept cookies"])


def join_with_code(scene: Scene) -> None:
    scene.page.goto("/mee/")
    submit(code=scene.room["code"])(scene)


def enrol_a_class(scene: Scene) -> None:
    """Nine more pupils who answered, so that there is something to see."""
    mates = scene.cast.do("classmates", classroom=scene.room["id"], count=9)
    scene.cast.do("answers", slug=scene.quiz, return_codes=mates["return_codes"], how="wrong")
    mates = scene.cast.do("classmates", classroom=scene.room["id"], count=3)
    scene.cast.do("answers", slug=scene.quiz, return_codes=mates["return_codes"], how="right")


def nickname_of(*, is_first: bool) -> Way:
    """Asks whether a pupil was somebody else before: of who came into the class first, or not."""

    def way(scene: Scene) -> None:
        scene.page.goto(f"/docent/klas/{scene.room['id']}/beheer/")
        links = scene.page.locator('a[href*="/samenvoegen/"]')
        for address in links.evaluate_all("links => links.map((link) => link.href)"):
            scene.page.goto(address)
            if is_first != bool(scene.page.locator("#id_earlier").count()):
                return
        raise AssertionError("nobody in the class")

    return way


def choose_earlier_nickname(scene: Scene) -> None:
    scene.page.locator("#id_earlier").select_option(index=1)
    submit()(scene)


def finish_lesson(scene: Scene) -> None:
    for number in range(1, len(scene.starter["lessons"][0]["steps"]) + 1):
        scene.page.goto(f"{scene.lesson}{number}/")
        follow(".lesson__next")(scene)


def sign_in(scene: Scene) -> None:
    scene.page.goto("/account/login/")
    submit(login=scene.teacher["email"], password=scene.teacher["password"])(scene)


def connected_elsewhere(scene: Scene) -> None:
    scene.cast.do("signs_in_elsewhere", email=scene.teacher["email"])
    scene.page.goto("/account/elders/")


def sign_in_as_editor(scene: Scene, group: str = "Editors") -> None:
    who = scene.cast.staff(group)
    scene.page.goto("/account/login/")
    submit(login=who["email"], password=who["password"])(scene)
    submit(code=who["code"])(scene)


def sign_in_for(municipality: str) -> Way:
    """As who writes for this municipality, or for none, to the start of those texts."""

    def way(scene: Scene) -> None:
        email = f"{scene.cast.new_name('gemeente')}@utrecht.example"
        who = scene.cast.do("municipal_editor", email=email, municipality=municipality)
        scene.page.goto("/account/login/?next=/gemeente/")
        submit(login=who["email"], password=who["password"])(scene)
        if municipality:
            submit(code=who["code"])(scene)

    return way


def sign_in_as_observer(scene: Scene) -> None:
    email = f"{scene.cast.new_name('ziet')}@school.example"
    who = scene.cast.do("sharer", email=email, classroom=scene.room["id"], part="observer")
    scene.page.goto("/account/login/")
    submit(login=who["email"], password=who["password"])(scene)


def sign_in_as(scene: Scene, who: dict[str, str], address: str) -> None:
    scene.page.goto(f"/account/login/?next={address}")
    submit(login=who["email"], password=who["password"])(scene)


def sign_in_as_coordinator(scene: Scene) -> None:
    """Of three classes, of which one is too small to tell of; somebody brings a fourth along."""
    email = f"{scene.cast.new_name('team')}@dehaven.example"
    who = scene.cast.do(
        "coordinator", email=email, package=scene.starter["package"], sizes=[12, 11, 3], team=14
    )
    mover = f"{scene.cast.new_name('alleen')}@depont.example"
    scene.cast.do("began_alone", email=mover, count=1, into=email)
    scene.things["coordinator"] = who
    sign_in_as(scene, who, "/organisatie/")
    submit(code=who["code"])(scene)


def invite(name: str) -> Way:
    """The coordinator invites who plays this part, at an address that is kept under its name."""

    def way(scene: Scene) -> None:
        email = scene.thing(name, lambda: f"{scene.cast.new_name('collega')}@dehaven.example")
        submit("section:has(#invite) form", email=email)(scene)

    return way


def open_invitation(name: str) -> Way:
    def way(scene: Scene) -> None:
        link = scene.cast.do("newest_link", to=scene.things[name])
        scene.things["invitation"] = link
        scene.page.goto(link)

    return way


def invite_who_began_alone(scene: Scene) -> None:
    email = scene.thing("alone", lambda: f"{scene.cast.new_name('alleen')}@depont.example")
    scene.thing("alone account", lambda: scene.cast.do("began_alone", email=email, count=3))
    scene.page.goto("/organisatie/")
    invite("alone")(scene)


def archive_one(scene: Scene) -> None:
    follow("main .card__link")(scene)
    follow('a[href$="/beheer/"]')(scene)
    follow('a[href$="/archief/"]')(scene)
    submit("form.confirm__actions")(scene)
    unfold(scene)
    scene.page.evaluate("scrollTo(0, 0)")  # or the bar covers the card that is looked at


def write_local_text(scene: Scene) -> None:
    """Twice, so that there is an earlier one."""
    day = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
    for text in ("Bel het **wijkteam**.", "Bel het wijkteam.\n\n- Of loop binnen."):
        submit(text_nl=text, owner="beleid zorg", check_by=day)(scene)


def local_text_in_a_lesson(scene: Scene) -> None:
    """What was written just now, as a pupil there sees it."""
    room = scene.cast.do("class_in", municipality="GM0344")
    scene.page.goto("/mee/")
    submit(code=room["code"])(scene)
    made = scene.thing("every block", lambda: scene.cast.do("every_block"))
    go_until(scene.page, f"{made['lesson']}3/", scene.page.locator(".local-slot__from"))
    unfold(scene)


def help_nearby(scene: Scene) -> None:
    """The region has lines of its own, and this device is to say where it is."""
    scene.cast.do("helplines_in", municipality="GM0344")
    scene.page.goto("/hulp/")
    go_until(scene.page, "/hulp/", scene.page.locator("#nearby"))


def choice_in_a_lesson(scene: Scene) -> None:
    made = scene.thing("every block", lambda: scene.cast.do("every_block"))
    scene.page.goto(f"{made['lesson']}3/")
    unfold(scene)


def empty_class(scene: Scene) -> None:
    room = scene.thing("empty room", lambda: scene.cast.classroom(teacher=scene.teacher["email"]))
    scene.page.goto(f"/docent/klas/{room['id']}/")


def class_without_assignment(scene: Scene) -> None:
    scene.cast.do("classmates", classroom=scene.things["empty room"]["id"], count=2)
    scene.page.reload()


SENSITIVE = "echt-of-druk"


def class_that_waits(scene: Scene) -> None:
    """Past the overview, which says so, to the five points."""
    room = scene.thing(
        "waiting room",
        lambda: scene.cast.classroom(SENSITIVE, teacher=scene.teacher["email"]),
    )
    scene.page.goto(f"/docent/klas/{room['id']}/")
    with scene.page.expect_navigation():
        scene.page.locator('main .notice a[href$="/voorbereiden/"]').click()
    submit(role="mevrouw Jansen")(scene)


def lesson_that_waits(scene: Scene) -> None:
    scene.page.goto("/mee/")
    submit(code=scene.things["waiting room"]["code"])(scene)
    scene.page.goto(f"/lessen/{SENSITIVE}/les-1-vrij-of-druk/1/")
    expect(scene.page.locator(".empty-state")).to_be_visible()


def team_list(scene: Scene) -> None:
    """Of a team of the teacher, to which nobody was invited."""
    name = scene.cast.new_name("Team")
    email = scene.teacher["email"]
    room = scene.thing("team", lambda: scene.cast.do("team", teacher=email, name=name))
    scene.page.goto(f"/docent/klas/{room['id']}/deelnemers/")


def choose_list(*lines: str) -> Way:
    """A file with these people below the headings; nobody's address is another walk's."""

    def way(scene: Scene) -> None:
        number = scene.thing("list", lambda: scene.cast.new_name("lijst"))
        text = "\r\n".join(("Naam;E-mail", *lines)).replace("@", f"@{number}.")
        scene.page.locator("input[type=file]").set_input_files(
            [{"name": "team.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}]
        )
        submit("main form")(scene)

    return way


LIST = ("Noëlle van 't Hof;noelle@zorg.example", "Bo;bo@zorg.example", "An;an@zorg.example",
        "Cas;geen", "Bo weer;bo@zorg.example")  # fmt: skip


def on_the_list(scene: Scene, name: str) -> str:
    return f"{name}@{scene.things['list']}.zorg.example"


def open_team_link(name: str) -> Way:
    def way(scene: Scene) -> None:
        scene.page.goto(scene.cast.do("newest_link", to=on_the_list(scene, name)))

    return way


def join_the_team(scene: Scene) -> None:
    open_team_link("noelle")(scene)
    submit(password="zeven gele fietsen")(scene)
    submit(login=on_the_list(scene, "noelle"), password="zeven gele fietsen")(scene)


def list_of_each_state(scene: Scene) -> None:
    scene.cast.do("lapsed", email=on_the_list(scene, "an"))
    team_list(scene)
    unfold(scene)


def help_of_the_class(scene: Scene) -> None:
    scene.cast.do("prepared", classroom=scene.things["waiting room"]["id"])
    scene.page.goto("/hulp/")


def lose_all_cookies(scene: Scene) -> None:
    language = [c for c in scene.page.context.cookies() if c["name"] == "language"]
    scene.page.context.clear_cookies()
    scene.page.context.add_cookies(language)


def sign_up(scene: Scene) -> None:
    who = scene.newcomer
    scene.page.goto("/account/signup/")
    submit(email=who["email"], password1=who["password"], name="Noor", organisation_name="De Pont")(
        scene
    )


def ask_for_a_new_password(scene: Scene) -> None:
    scene.page.goto("/account/password/reset/")
    submit(email=scene.newcomer["email"])(scene)


def choose_a_password(scene: Scene) -> None:
    password = scene.newcomer["password"] + "8"
    submit(password1=password, password2=password)(scene)


def ask_too_often(scene: Scene) -> None:
    """The limit of allauth counts in each process: it comes within twice its five times."""
    for _time in range(12):
        scene.page.goto("/account/password/reset/")
        with scene.page.expect_response(lambda r: r.request.method == "POST") as answered:
            submit(email="vaak@school.example")(scene)
        if answered.value.status == 429:
            return
    raise AssertionError("nobody said that this was too often")


def look_in_the_bank(scene: Scene) -> None:
    """Past Wagtail's own screens, to what stands in the frame there."""
    found = scene.cast.do("unfinished", slug=scene.cast.new_name("half"))
    bank = f"/{scene.starter['admin_url']}vragenbank/"
    question = f"{bank}{found['quiz']}/{found['question']}/"
    for path in (bank, f"{bank}kies/", question, f"{question}voorbeeld/"):
        scene.page.goto(path)


def look_at_editions(scene: Scene) -> None:
    """Past Wagtail's own screens, and back to where a sign-in leads."""
    sign_in_as_editor(scene, "Moderators")
    home = scene.page.url
    made = scene.cast.do("draft", slug=scene.quiz)
    admin = f"/{scene.starter['admin_url']}"
    quizzes = f"{admin}snippets/quizzes/quiz/"
    # A word of its story is one to avoid: a reason is asked for, and then what changes is shown.
    scene.page.goto(f"{quizzes}language/{made['quiz']}/{made['revision']}/")
    submit("main form[novalidate]", reason="Dit woord hoort bij het verhaal.")(scene)
    assert "/publish/" in scene.page.url
    for path in (
        admin,
        f"{quizzes}editions/{made['quiz']}/",
        f"{quizzes}editions/{made['quiz']}/1/1/",
        f"{admin}quizcijfers/{made['quiz']}/",
        f"{admin}reports/nakijken/",
        f"{admin}snippets/helplines/helpline/",
        f"{quizzes}comments/{made['quiz']}/",
    ):
        response = scene.page.goto(path)
        assert response.status == 200, path
        if path.endswith(("nakijken/", "helpline/")):  # what stands above the form there
            scene.page.locator("main .title-wrapper a").first.click()
            scene.page.locator(".freshness").wait_for()
    submit(".quiz-comments__new form", text="Kan dit korter?")(scene)
    unfold(scene)
    submit('form[data-act="reply"]', text="Ja.")(scene)
    look_at_a_package_file(scene)
    look_at_certificates(scene)
    scene.page.goto(home)


def look_at_a_package_file(scene: Scene) -> None:
    """Out, and in again as far as where it says what would change; and with a mistake in it."""
    packages = f"/{scene.starter['admin_url']}lespakketten/"
    scene.page.goto(f"{packages}{scene.starter['package_id']}/uitvoeren/")
    with scene.page.expect_download() as loading:
        scene.page.locator(".package-file a.button").click()
    content = loading.value.path().read_bytes()
    for sent, seen in (
        (content, ".package-file__counts"),
        (with_a_mistake(content), "main li bdi"),
    ):
        scene.page.goto(f"{packages}inlezen/")
        scene.page.locator('input[type="file"]').set_input_files(
            [{"name": "pakket.zip", "mimeType": "application/zip", "buffer": sent}]
        )
        submit("main form")(scene)
        expect(scene.page.locator(seen).first).to_be_visible()


def with_a_mistake(package: bytes) -> bytes:
    """The same package file, with a word in it that nobody knows."""
    changed = BytesIO()
    with ZipFile(BytesIO(package)) as sent, ZipFile(changed, "w") as made:
        for entry in sent.infolist():
            more = b"\nonbekend: ja\n" if entry.filename.endswith("package.yaml") else b""
            made.writestr(entry, sent.read(entry) + more)
    return changed.getvalue()


def signal_in_a_preview(scene: Scene) -> None:
    signals = "snippets/signals/signal/"
    scene.page.goto(f"/{scene.starter['admin_url']}{signals}")
    link = scene.page.locator("main .title-wrapper a").first.get_attribute("href") or ""
    preview(f"{signals}{link.split(signals)[1]}", "")(scene)


def every_block(path: str) -> Way:
    """A screen of the lesson that has every kind of block, with all of it unfolded."""

    def way(scene: Scene) -> None:
        made = scene.thing("every block", lambda: scene.cast.do("every_block"))
        scene.page.goto(f"{made['lesson']}{path}")
        unfold(scene)

    return way


def tick_in_step(scene: Scene) -> None:
    scene.page.locator(".step-question .choice__input").first.check()


def first_answer_on_the_board(scene: Scene) -> None:
    made = scene.thing("every block", lambda: scene.cast.do("every_block"))
    scene.page.goto(f"{made['lesson']}bord/1/")
    while not scene.page.locator('[data-kind="answer"]').count():
        following = scene.page.locator('[rel="next"]').get_attribute("href")
        scene.page.goto(following or "")


def second_page_of_packages(scene: Scene) -> None:
    scene.thing("more packages", lambda: scene.cast.do("more_packages", count=12))
    go_until(scene.page, "/lessen/?pagina=2", scene.page.locator(".pagination"))


def sign_in_to_learn(scene: Scene, *, name: str = "", state: str = "") -> None:
    """As a professional who did all; with a ``name`` they have a certificate."""
    email = f"{scene.cast.new_name('pro')}@zorg.example"
    who = scene.cast.do("professional", email=email, did_all=True, name=name)
    if state == "revoked":
        scene.cast.do("revoked", certificate=who["certificate"])
    scene.things["certificate"] = who.get("certificate", "")
    scene.page.goto("/account/login/?next=/mijn-certificaten/")
    submit(login=who["email"], password=who["password"])(scene)


def with_certificate(state: str = "") -> Way:
    def way(scene: Scene) -> None:
        sign_in_to_learn(scene, name="Noor de Wit", state=state)
        follow("main .card__link")(scene)

    return way


def check_certificate(scene: Scene) -> None:
    scene.page.goto(f"/certificaat/{scene.things['certificate']}/")
    expect(scene.page.locator(".certificate")).to_be_visible()


def passed_a_check(*, did_lessons: bool) -> Way:
    """Nobody whom we know, at the result of the check of a path."""

    def way(scene: Scene) -> None:
        made = scene.cast.do("passed_check", did_lessons=did_lessons)
        scene.page.goto("/hulp/")
        cookie = {"name": made["name"], "value": made["value"], "url": urljoin(scene.page.url, "/")}
        scene.page.context.add_cookies([cookie])
        scene.page.goto(made["result"])
        expect(scene.page.locator('.quiz-result ~ .card[data-accent="plum"]')).to_be_visible()

    return way


def look_at_certificates(scene: Scene) -> None:
    """Past the list, to one certificate, and to where it is revoked."""
    made = scene.cast.do(
        "professional", email=f"{scene.cast.new_name('pro')}@zorg.example", name="Noor de Wit"
    )
    place = scene.cast.do("certificate_number", certificate=made["certificate"])["pk"]
    certificates = f"/{scene.starter['admin_url']}certificaten/"
    for path in (certificates, f"{certificates}{place}/", f"{certificates}{place}/intrekken/"):
        response = scene.page.goto(path)
        assert response.status == 200, path
    scene.page.locator('main [name="sure"]').check()
    submit("main form[novalidate]", reason="De naam klopte niet.")(scene)
    assert scene.page.url.endswith(f"{certificates}{place}/")


def work_that_is_nobodys(scene: Scene) -> None:
    """Somebody did a step here, and then signed in."""
    path = scene.cast.do("learning_path")
    scene.page.goto(f"{path['lesson']}1/")
    follow(".lesson__next")(scene)
    who = scene.cast.do("professional", email=f"{scene.cast.new_name('pro')}@zorg.example")
    scene.page.goto(f"/account/login/?next=/certificaten/{path['slug']}/")
    submit(login=who["email"], password=who["password"])(scene)


def diplomas(scene: Scene) -> None:
    room = scene.cast.classroom(teacher=scene.teacher["email"])
    scene.cast.do("all_done", classroom=room["id"])
    scene.page.goto(f"/docent/klas/{room['id']}/diplomas/")
    expect(scene.page.locator("main .download")).to_be_visible()


def app_code(secret: str) -> str:
    """What an app on a phone would show now (RFC 6238)."""
    counter = int(time()) // 30
    digest = hmac.digest(b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def set_up_an_app(scene: Scene) -> None:
    scene.things["app"] = scene.page.locator("#totp-key").inner_text()
    submit("main form", code=app_code(scene.things["app"]))(scene)
    scene.things["recovery code"] = scene.page.locator("#recovery-codes code").first.inner_text()


def sign_in_half(scene: Scene) -> None:
    scene.page.locator(".teacher-sign-out").click()
    scene.page.wait_for_url("/")
    sign_in(scene)


def second_step(scene: Scene) -> None:
    submit("main form", code=scene.things["recovery code"])(scene)
    scene.page.goto("/account/twee-stappen/reauthenticate/")


def password_again(path: str) -> Way:
    def way(scene: Scene) -> None:
        scene.page.goto(path)
        if "reauthenticate" in scene.page.url:
            submit(password=scene.teacher["password"])(scene)

    return way


STEPS = 9


def ask_in_no_language(scene: Scene) -> None:
    scene.page.evaluate("document.querySelector('main option:checked').value = 'xx'")
    submit()(scene)


def ask_for_the_weekly_mail(scene: Scene) -> None:
    scene.page.goto("/account/weekmail/")
    scene.page.locator('main [name="wants_digest"]').check()
    submit()(scene)


def stop_the_weekly_mail(scene: Scene) -> None:
    email = scene.teacher["email"]
    scene.page.goto(scene.cast.do("stops_weekly_mail", email=email))


STATES = [
    State("stranger", "front", at("/")),
    State("stranger", "catalogue", at("/lessen/")),
    State("stranger", "catalogue, nothing found", at("/lessen/?zoek=xylofoon")),
    State("stranger", "catalogue, a typing error", at("/lessen/?zoek=mensnhandel")),
    State("stranger", "catalogue, second page", second_page_of_packages),
    State("stranger", "package", at("/lessen/{package}/")),
    State("stranger", "package, unfolded", unfold),
    State("stranger", "package guide", at("/lessen/{package}/handleiding/")),
    *[State("stranger", f"lesson step {n}", at(f"{{lesson}}{n}/")) for n in range(1, STEPS + 1)],
    State("stranger", "one page", at("{lesson}heel/")),
    State("stranger", "lesson step, easy to read", then(at("{lesson}3/"), read_easily)),
    State("stranger", "no easy text here", then(at("{lesson}2/"), read_easily)),
    State("stranger", "one page, easy to read", then(at("{lesson}heel/"), read_easily)),
    State("stranger", "ordinary text again", then(at("{lesson}1/"), read_ordinarily)),
    State("stranger", "heavy notice, read on", then(at("{lesson}4/"), unfold)),
    State("stranger", "lesson step with a quote", at("{next_lesson}7/")),
    *[State("stranger", f"every block, {what}", every_block(path))
      for what, path in (("stories", "1/"), ("explanations", "2/"), ("to do", "3/"))],
    State("reader", "question in a step, nothing chosen",
          then(every_block("3/"), check, wait_for(".quiz-question__error"))),
    State("reader", "question in a step, answered", then(tick_in_step, check, SAVED)),
    State("reader", "question in a step, read again", every_block("3/")),
    State("reader", "question in a step, then the end", every_block("einde/")),
    State("stranger", "lesson end, open", at("{lesson}einde/")),
    State("stranger", "help", at("/hulp/")),
    State("stranger", "signals", at("/signalen/")),
    State("stranger", "signals, of one form", at("/signalen/?vorm=d")),
    State("stranger", "signal", at("/signalen/meer-telefoons/")),
    State("stranger", "about", at("/over/")),
    State("stranger", "privacy", at("/privacy/")),
    State("stranger", "accessibility statement", at("/toegankelijkheid/")),
    State("stranger", "not found", at("/bestaat-niet/")),
    State("stranger", "no internet", at("/zonder-internet/")),
    State("stranger", "own page, unknown", at("/mijn/")),
    State("stranger", "join", at("/mee/")),
    State("stranger", "join, empty", submit()),
    State("stranger", "join, wrong code", submit(code="2222-2222")),
    State("stranger", "return", at("/terug/")),
    State("stranger", "return, wrong code", submit(code="222222-222222-222222")),
    State("stranger", "sign in", at("/account/login/")),
    State("stranger", "sign in, wrong", submit(login="x@example.org", password="nee")),
    State("stranger", "sign in elsewhere", at("/account/elders/school/")),
    State("stranger", "sign in elsewhere, no answer", submit(), status=502),
    State("stranger", "sign up", at("/account/signup/")),
    State("stranger", "sign up, empty", submit()),
    State("stranger", "sign in with a code", at("/account/login/code/")),
    State("stranger", "sign in with a code, sent", submit(email="x@example.org")),
    State("stranger", "sign in with a code, wrong", submit(code="1234-5678")),
    State("stranger", "password forgotten", at("/account/password/reset/")),
    State("stranger", "password forgotten, sent", submit(email="x@example.org")),
    State("stranger", "quiz, start", at("/q/{quiz}/")),
    State("stranger", "one answer, nothing chosen", then(check, wait_for(".quiz-question__error"))),
    State("stranger", "one answer, waiting",
          then(lose_the_network, tick(0, "wrong"), check, WAITING)),
    State("stranger", "one answer, wrong", then(find_the_network, SAVED)),
    State("stranger", "several answers, open", go_on),
    State("stranger", "several answers, nothing chosen",
          then(check, wait_for(".quiz-question__error"))),
    State("stranger", "several answers, right", then(tick(1, "right"), check, SAVED)),
    State("stranger", "true or false, open", go_on),
    State("stranger", "true or false, waiting",
          then(lose_the_network, tick(2, "wrong"), check, WAITING)),
    State("stranger", "answer of somebody unknown", then(
        lose_the_cookie, find_the_network, STOPPED)),
    State("stranger", "true or false, wrong", then(find_the_cookie, at("/q/{quiz}/"), SAVED)),
    *kinds_of_quiz.STATES,
    State("stranger", "own page, no class", at("/mijn/")),
    State("stranger", "own data, no class", at("/mijn/gegevens/")),
    State("stranger", "join with work", at("/mee/")),
    State("pupil", "welcome with code", join_with_code),
    State("pupil", "welcome with another nickname", submit('form[action$="/bijnaam/"]')),
    State("pupil", "own page, to do", follow("main a.button[data-size=l]")),
    State("pupil", "own page, unfolded", unfold),
    State("pupil", "join again", at("/mee/")),
    State("pupil", "new return code, asked", then(forget_the_code, at("/mijn/terugkeercode/"))),
    State("pupil", "new return code", submit()),
    State("pupil", "leave, asked", at("/mijn/klaar/")),
    State("pupil", "lesson step 2, busy", then(at("{lesson}1/"), follow(".lesson__next"))),
    State("pupil", "one page, busy", at("{lesson}heel/")),
    State("pupil", "lesson step, also without internet",
          then(at("{lesson}1/"), wait_for(".offline-lesson__ready"), unfold)),
    State("pupil", "lesson step on the device",
          then(lose_the_network, follow(".lesson__next"), wait_for(".offline-lesson__status"))),
    State("pupil", "one page on the device", at("{lesson}heel/")),
    State("pupil", "lesson end on the device", at("{lesson}einde/")),
    State("pupil", "page that is not on the device", at("/mijn/")),
    State("pupil", "lesson end, all done", then(find_the_network, finish_lesson)),
    State("pupil", "one answer, right", then(at("/q/{quiz}/"), tick(0, "right"), check, SAVED)),
    State("pupil", "one answer, read again", read_again),
    State("pupil", "own page, busy", at("/mijn/")),
    State("pupil", "own data", then(at("/mijn/gegevens/"), unfold)),
    State("pupil", "erase, asked", at("/mijn/wissen/")),
    State("pupil", "left", then(at("/mijn/klaar/"), submit())),
    State("eraser", "erased",
          then(at("/q/{quiz}/"), tick(0, "right"), check, SAVED, at("/mijn/wissen/"), submit())),
    State("plain", "one answer, nothing chosen, without a script",
          then(at("/q/{quiz}/"), send_plainly()), status=422),
    State("plain", "one answer, right, without a script",
          then(keep("key"), tick(0, "right"), send_plainly()), status=200),
    State("plain", "question in a step, nothing chosen, without a script",
          then(every_block("3/"), send_plainly()), status=422),
    State("plain", "answer refused, saved before",
          then(at("/q/{quiz}/"), tick(1, "right"), send_plainly(key="kept key")), status=422),
    State("plain", "answer refused, unreadable",
          then(at("/q/{quiz}/"), tick(1, "right"), send_plainly(question="x")), status=400),
    State("plain", "answer refused, unknown question",
          then(at("/q/{quiz}/"), tick(1, "right"), send_plainly(question="new")), status=404),
    State("plain", "answer refused, nobody's",
          then(at("/q/{quiz}/"), tick(1, "right"), send_plainly(learner_tag="0" * 16)),
          status=200),
    State("plain", "answer refused, busy", at("/ongeluk/druk/"), status=503),
    State("plain", "request that cannot be read", at("/ongeluk/raar/"), status=400),
    State("plain", "error of ours", at("/ongeluk/fout/"), status=500),
    State("plain", "join, too often",
          with_limits_reached(at("/mee/"), submit(code="2222-2222")), status=429),
    State("plain", "return, too often",
          with_limits_reached(at("/terug/"), submit(code="222222-222222-222222")), status=429),
    State("plain", "sign in, too often", with_limits_reached(
        at("/account/login/"), submit(login="x@example.org", password="nee"))),
    State("plain", "password forgotten, too often", ask_too_often, status=429),
    State("plain", "form of another site", send_from_elsewhere, status=403),
    State("plain", "form of an ended visit",
          then(at("/account/login/"), lose_all_cookies, submit(login="x@x.nl", password="nee")),
          status=403),
    State("plain", "sign up, closed", at("/ongeluk/dicht/")),
    State("plain", "account, inactive", at("/account/inactive/")),
    State("plain", "elsewhere, a pupil", at("/ongeluk/elders/pupil/"), status=403),
    State("plain", "elsewhere, perhaps a pupil", at("/ongeluk/elders/unknown_role/"), status=403),
    State("plain", "elsewhere, address of an account", at("/ongeluk/elders/taken/"), status=403),
    State("plain", "elsewhere, failed", at("/ongeluk/elders/mislukt/")),
    State("plain", "elsewhere, stopped", at("/account/elders/afgebroken/")),
    State("plain", "elsewhere, the first time", at("/ongeluk/elders/nieuw/")),
    State("plain", "mail was sent", at("/account/confirm-email/")),
    State("newcomer", "classes, none", sign_up),
    State("newcomer", "address, asked", mail),
    State("newcomer", "address, confirmed", submit()),
    State("newcomer", "address, used link", at("/account/confirm-email/bestaat-niet/")),
    State("newcomer", "new password, asked", ask_for_a_new_password),
    State("newcomer", "new password", mail),
    State("newcomer", "new password, empty", submit()),
    State("newcomer", "new password, saved", choose_a_password),
    State("newcomer", "new password, used link", mail),
    State("teacher", "classes", then(lambda scene: scene.room and None, sign_in)),
    State("teacher", "calendar, none", at("/docent/agenda/")),
    State("teacher", "calendar, new address", submit()),
    State("teacher", "calendar", at("/docent/agenda/")),
    State("teacher", "class without pupils", empty_class),
    State("teacher", "class without assignment", class_without_assignment),
    State("teacher", "class overview", then(enrol_a_class, at("{room}"))),
    State("teacher", "class overview, who is least far",
          at("{room}?volgorde=voortgang&toon=open")),
    State("teacher", "class, all questions", at("{room}vragen/")),
    State("teacher", "class, what it thinks of a quiz", at("{room}vragen/?quiz={quiz}")),
    State("teacher", "board", at("{room}bord/")),
    State("teacher", "class settings", at("{room}beheer/")),
    State("teacher", "remove, asked", follow('a[href*="/weg/"][href*="/leerling/"]')),
    State("teacher", "class settings, one removed", submit("form.confirm__actions")),
    State("teacher", "class settings, unfolded", unfold),
    State("teacher", "nicknames of one pupil, none that can be", nickname_of(is_first=True)),
    State("teacher", "nicknames of one pupil, asked", nickname_of(is_first=False)),
    State("teacher", "nicknames of one pupil, not chosen", submit(), status=422),
    State("teacher", "nicknames of one pupil, sure", choose_earlier_nickname),
    State("teacher", "return code, asked",
          then(at("{room}beheer/"), follow('a[href*="/terugkeercode/"]'))),
    State("teacher", "return code, new", submit("form.confirm__actions")),
    State("teacher", "unassign, asked",
          then(at("{room}beheer/"), follow('a[href*="/opdracht/"][href*="/weg/"]'))),
    State("teacher", "change of an assignment", then(
        at("{room}beheer/"),
        follow('a[href*="/opdracht/"]:not([href*="/weg/"], [href*="nieuw"])'))),
    State("teacher", "change of an assignment, not right",
          submit(opens_on="2020-01-01"), status=422),
    State("observer", "classes, of an observer", sign_in_as_observer),
    State("observer", "class in numbers", at("{room}cijfers/")),
    State("observer", "not for an observer", at("{room}beheer/"), status=403),
    State("observer", "class, leaving asked", at("{room}verlaten/")),
    State("teacher", "class, slips with codes asked", at("{room}kaartjes/")),
    State("teacher", "class, slips with codes", submit("form.confirm__actions"), status=200),
    State("teacher", "class, into the archive asked", at("{room}archief/")),
    State("teacher", "class, copy", at("{room}kopie/")),
    State("teacher", "class, copy without a name", submit(name=""), status=422),
    State("teacher", "class, shared", at("{room}collegas/")),
    State("teacher", "class, sharing with nobody", submit("section:has(#add) form"), status=422),
    State("teacher", "class, handing over", at("{room}overdragen/")),
    State("teacher", "team, nobody invited", team_list),
    State("teacher", "team, a list that is none", choose_list(), status=422),
    State("teacher", "team, what a list would do", choose_list(*LIST), status=200),
    State("teacher", "team, invited", submit("main form")),
    State("teacher", "invitation for a team, of another account", open_team_link("bo")),
    State("teacher", "invitation for a team, of another account, not said", submit(), status=422),
    State("member", "invitation for a team, new account", open_team_link("noelle")),
    State("member", "invitation for a team, new account, not right", submit(password="x"),
          status=422),
    State("member", "invitation for a team, signed in", join_the_team),
    State("member", "own page of a member", submit()),
    State("member", "classes, of a member", at("/docent/")),
    State("member", "invitation for a team, used", open_team_link("noelle"), status=404),
    State("teacher", "team, invited, joined and over", list_of_each_state),
    State("teacher", "team, settings with names",
          lambda scene: scene.page.goto(scene.page.url.replace("deelnemers", "beheer")) and None),
    State("teacher", "assign", at("{room}opdracht/nieuw/")),
    State("teacher", "assign to some", unfold),
    State("teacher", "assign, empty", submit()),
    State("teacher", "class settings, name empty",
          then(at("{room}beheer/"), submit("section:has(#naming) form", name=""))),
    State("teacher", "board, closed",
          then(at("{room}bord/"), submit('form[action$="/dicht/"]'), at("{room}bord/"))),
    State("teacher", "new class", at("/docent/klas/nieuw/")),
    State("teacher", "new class, empty", submit(until="")),
    State("teacher", "preparing a class, not right", class_that_waits, status=422),
    State("waiting", "lesson that a teacher prepares", lesson_that_waits),
    State("waiting", "help, with that of the class", help_of_the_class),
    State("teacher", "lesson guide", at("{lesson}handleiding/")),
    State("teacher", "lesson guide, every block", every_block("handleiding/")),
    State("teacher", "board, every block in the handout", every_block("bord/afdrukken/")),
    State("teacher", "board, first slide with its help", then(at("{lesson}bord/1/"), unfold)),
    State("teacher", "board, notes", every_block("bord/1/notities/")),
    State("teacher", "board, an answer", first_answer_on_the_board),
    State("teacher", "quiz on paper", at("/q/{quiz}/papier/")),
    State("teacher", "quiz on paper, with its key", at("/q/{quiz}/papier/antwoorden/")),
    State("teacher", "municipality of the school", at("/docent/gemeente/")),
    State("teacher", "own account", at("/account/")),
    State("teacher", "own account, saved", submit('main form[action="/account/"]', name="Noa")),
    State("teacher", "weekly mail", at("/account/weekmail/")),
    State("teacher", "weekly mail, a language that is none",
          ask_in_no_language, 422),
    State("teacher", "weekly mail, asked for", ask_for_the_weekly_mail),
    State("who stops", "weekly mail, stop", stop_the_weekly_mail),
    State("who stops", "weekly mail, stopped", submit("form.confirm__actions"), 200),
    State("teacher", "where signed in", at("/account/sessions/")),
    State("teacher", "password again", at("/account/email/")),
    State("teacher", "password again, wrong", submit(password="nee")),
    # Before the address: one that waits must be confirmed first.
    State("teacher", "two steps, none", at("/account/twee-stappen/")),
    State("teacher", "two steps, new passkey",
          password_again("/account/twee-stappen/passkeys/add/")),
    State("teacher", "two steps, new app", at("/account/twee-stappen/totp/activate/")),
    State("teacher", "two steps, new app, wrong code", submit(code="000000")),
    State("teacher", "two steps, recovery codes", set_up_an_app),
    State("teacher", "two steps, recovery codes again",
          at("/account/twee-stappen/recovery-codes/")),
    State("teacher", "two steps, app on", at("/account/twee-stappen/")),
    State("teacher", "two steps, new recovery codes",
          at("/account/twee-stappen/recovery-codes/generate/")),
    State("teacher", "second step", sign_in_half),
    State("teacher", "second step, wrong code", submit(code="000000")),
    State("teacher", "second step again", second_step),
    State("teacher", "app off, asked",
          password_again("/account/twee-stappen/totp/deactivate/")),
    State("teacher", "app off", submit("form.confirm__actions")),
    State("teacher", "address", password_again("/account/email/")),
    State("teacher", "address, wrong", submit('main form:has([type="email"])', email="geen adres")),
    State("teacher", "elsewhere, not connected", password_again("/account/elders/")),
    State("teacher", "elsewhere, connected", connected_elsewhere),
    State("teacher", "elsewhere, disconnected", submit()),
    State("teacher", "elsewhere, connected again", connected_elsewhere),
    State("teacher", "first password", at("/ongeluk/elders/wachtwoord/")),
    State("teacher", "account's data", at("/account/gegevens/")),
    State("teacher", "account, deletion not yet", at("/account/wissen/")),
    State("teacher", "change password", at("/account/password/change/")),
    State("teacher", "change password, empty", submit()),
    State("teacher", "password changed", at("/account/password/change/done/")),
    State("teacher", "no diplomas", at("{room}diplomas/")),
    State("teacher", "diplomas", diplomas),
    State("professional", "certificates, none yet", sign_in_to_learn),
    State("professional", "path, all done", follow('main a[href="/certificaten/klein-pakket/"]')),
    State("professional", "certificate, asked for", follow('main a[href$="/aanvragen/"]')),
    State("professional", "certificate, no name", submit("main form[novalidate]"), status=422),
    State("professional", "certificate, looked at before",
          submit("main form[novalidate]", name="Noor de Wit")),
    State("holder", "certificate", with_certificate()),
    State("holder", "certificate, delete", follow('main a[href$="/weg/"]')),
    State("employer", "certificate checked", check_certificate),
    State("employer", "certificate unknown", at("/certificaat/bestaat-niet/"), status=404),
    State("once holder", "certificate, revoked", with_certificate("revoked")),
    State("employer", "certificate checked, revoked", check_certificate),
    State("passed", "check of a path passed, all done", passed_a_check(did_lessons=True)),
    State("passed before", "check of a path passed, lessons to do",
          passed_a_check(did_lessons=False)),
    State("visitor with work", "path, whose work", work_that_is_nobodys),
    State("employer", "path, without an account", at("/certificaten/klein-pakket/")),
    State("coordinator", "organisation", sign_in_as_coordinator),
    State("coordinator", "organisation, invited nobody",
          submit("section:has(#invite) form"), status=422),
    State("coordinator", "organisation, invited somebody", invite("invited")),
    State("coordinator", "organisation, classes came along",
          submit("section:has(#moves) form")),
    State("coordinator", "colleague", follow('tr:has-text("alleen") a[href*="/collega/"]')),
    State("coordinator", "colleague, nobody takes over",
          submit('main form[action$="/weg/"]'), status=422),
    State("coordinator", "organisation in figures", at("/organisatie/cijfers/")),
    State("coordinator", "leaving the organisation", at("/organisatie/verlaten/")),
    State("invited", "invitation, a new account", open_invitation("invited")),
    State("invited", "invitation, without a password", submit(), status=422),
    State("invited", "invitation, accepted", submit(password="zeven gele fietsen"), status=200),
    State("invited", "invitation, used",
          lambda scene: scene.page.goto(scene.things["invitation"]) and None, status=404),
    State("coordinator", "organisation, invited who has an account", invite_who_began_alone),
    State("alone", "invitation, sign in first", open_invitation("alone")),
    State("alone", "classes, as many as may be", lambda scene: sign_in_as(
        scene, scene.things["alone account"], "/docent/")),
    State("alone", "classes, one in the archive", archive_one),
    State("alone", "invitation, with an account",
          lambda scene: scene.page.goto(scene.things["invitation"]) and None),
    State("nobody's", "no municipality for this account", sign_in_for("")),
    State("nobody's", "account's data, of nobody in particular", at("/account/gegevens/")),
    State("nobody's", "account, deletion asked", password_again("/account/wissen/")),
    State("nobody's", "account deleted", submit("form.confirm__actions"), status=200),
    State("municipal", "municipality's texts", sign_in_for("GM0344")),
    State("municipal", "municipality's text, empty", follow('main a[href$="/lokale-hulp/"]')),
    State("municipal", "municipality's text, not right",
          submit("main form", text_nl="# Ga naar mevrouw Jansen"), status=422),
    State("municipal", "municipality's text, written", then(write_local_text, unfold)),
    State("pupil there", "municipality's text in a lesson", local_text_in_a_lesson),
    State("neighbour", "help page that asks where somebody lives", help_nearby),
    State("neighbour", "lesson that asks where somebody lives", choice_in_a_lesson),
    State("neighbour", "choosing a municipality", follow(".local-slot__choose a")),
    State("neighbour", "choosing a municipality, nearly right",
          submit(municipality="Utrecth"), status=422),
    State("neighbour", "lesson with help of the region",
          then(submit(municipality="Utrecht"), unfold)),
    State("neighbour", "choosing another municipality", follow(".local-slot__choose a")),
    State("neighbour", "help page with help of the region", at("/hulp/")),
    State("neighbour", "page that a municipality shares", at("/in-de-buurt/GM0344/")),
    State("neighbour", "page that a municipality shares, empty", at("/in-de-buurt/GM0363/")),
    State("editor", "no classes for this account", sign_in_as_editor),
    *[State("editor", f"{thing} in a preview, as {mode}", preview(path, mode))
      for thing, path in (("package", "pages/{package}/edit/"), ("lesson", "pages/{lesson}/edit/"))
      for mode in ("learner", "teacher")],
    State("editor", "lesson in a preview, on the board", preview("pages/{lesson}/edit/", "board")),
    *[State("editor", f"lesson in a preview, on paper, {mode}",
            preview("pages/{lesson}/edit/", mode))
      for mode in ("worksheet", "guide")],
    *[State("editor", f"quiz in a preview, {mode}",
            preview("snippets/quizzes/quiz/edit/{quiz}/", mode))
      for mode in ("learner", "all", "answered", "result", "print", "print_key", "teacher")],
    State("editor", "signal in a preview", signal_in_a_preview),
    State("editor", "unfinished question of the bank", look_in_the_bank),
    State("moderator", "no classes, after looking at editions", look_at_editions),
]  # fmt: skip
NAMES = [state.name for state in STATES]
