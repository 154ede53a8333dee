"""S-60 to S-64, S-69: what somebody may put in a zip, each beside one that is good."""

from __future__ import annotations

import resource
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from lessons import package_archive
from lessons.package_archive import RefusedArchiveError, unpack
from lessons.package_files import PackageError, read_package
from lessons.package_zip import pack
from lessons.yaml_lines import YamlError, read_yaml
from tests.factories.lessons import SMALL_PACKAGE

GOOD = {
    str(path.relative_to(SMALL_PACKAGE)): path.read_bytes()
    for path in sorted(SMALL_PACKAGE.rglob("*"))
    if path.is_file()
}

WORD = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}


def zipped(*extra: tuple[zipfile.ZipInfo | str, bytes], **options: int) -> BytesIO:
    """The small package with these entries as well."""
    packed = BytesIO(pack(GOOD))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in extra:
            archive.writestr(name, content)
    return packed


def codes(packed: BytesIO, folder: Path) -> list[str]:
    """For what it is refused; nothing was written then."""
    with pytest.raises(RefusedArchiveError) as refused:
        unpack(packed, folder)
    assert list(folder.iterdir()) == []
    return [one.code for one in refused.value.refusals]


def test_a_good_package_is_unpacked_and_can_be_read(tmp_path: Path) -> None:
    unpack(zipped(), tmp_path)
    found = {str(p.relative_to(tmp_path)): p.read_bytes() for p in tmp_path.rglob("*.*")}
    assert found == GOOD
    assert read_package(tmp_path, helplines={"testlijn"}).package.slug == "klein-pakket"


def test_a_document_that_is_a_zip_itself_is_good(tmp_path: Path) -> None:
    """S-60: it is looked into, and stays packed."""
    unpack(zipped(("documents/plan.docx", pack(WORD))), tmp_path)
    assert (tmp_path / "documents" / "plan.docx").read_bytes() == pack(WORD)


def test_a_folder_that_was_packed_by_hand_is_good_too(tmp_path: Path) -> None:
    inside = {"images/": b""} | GOOD
    by_hand = pack({f"Mijn pakket/{name}": content for name, content in inside.items()})
    unpack(BytesIO(by_hand), tmp_path)
    assert (tmp_path / "package.yaml").read_bytes() == GOOD["package.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        "../buiten.yaml",
        "images/../../buiten.svg",
        "/etc/passwd",
        "C:\\buiten.yaml",
        "c:/buiten.yaml",
        "..\\buiten.yaml",
        "\\buiten.yaml",
        "images\\..\\..\\buiten.svg",
    ],
)
def test_a_name_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    """S-61."""
    assert codes(zipped((name, b"x")), tmp_path) == ["outside"]


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    """S-61: the part before it would have been a good name."""
    packed = zipped(("images/goed.svgXrest", b"x")).getvalue().replace(b"svgXrest", b"svg\0rest")
    assert codes(BytesIO(packed), tmp_path) == ["outside"]


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    """S-61."""
    entry = zipfile.ZipInfo("images/link.svg")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert codes(zipped((entry, b"/etc/passwd")), tmp_path) == ["link"]
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    unpack(zipped((entry, b"<svg/>")), tmp_path)


@pytest.mark.parametrize("twin", ["images/omslag.svg", "package.yaml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused(twin: str, tmp_path: Path) -> None:
    """S-61: which of the two is read, differs from program to program."""
    assert codes(zipped((twin, b"<svg/>")), tmp_path) == ["twice"]


@pytest.mark.parametrize("twin", ["images/OMSLAG.svg", "Package.yaml", "images/omſlag.svg"])
def test_a_name_that_differs_in_capitals_only_is_refused(twin: str, tmp_path: Path) -> None:
    """S-61."""
    assert codes(zipped((twin, b"<svg/>")), tmp_path)[0] in ("twice", "unknown")


@pytest.mark.parametrize(
    "name", ["les.html", "images/x.gif", "script.js", "images/x.php", "x/y.yaml", "fr/package.yaml",
             "images/x.svg.exe", "documents/x.html", "documents/x.docm", "documents/a/x.pdf",
             ".git/config", "recordings/x.avi", "__MACOSX/package.yaml"],
)  # fmt: skip
def test_what_no_package_holds_is_refused(name: str, tmp_path: Path) -> None:
    assert codes(zipped((name, b"x")), tmp_path) == ["unknown"]


@pytest.mark.parametrize(
    "name", ["meer.zip", "images/x.tar.gz", "x.7z", "les.h5p", "x.docx", "documents/x.zip"]
)
def test_an_archive_inside_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    """S-60."""
    assert codes(zipped((name, b"x")), tmp_path) == ["nested"]


@pytest.mark.parametrize("name", ["images/x.svg", "recordings/x.mp4", "x.quiz.yaml"])
def test_an_archive_inside_is_refused_by_what_it_is(name: str, tmp_path: Path) -> None:
    """S-60."""
    assert codes(zipped((name, pack(GOOD))), tmp_path) == ["nested"]


def test_a_file_that_grows_out_of_all_proportion_is_refused(tmp_path: Path) -> None:
    """S-60: 40 MB of nothing is 40 kB in a zip."""
    assert codes(zipped(("recordings/x.mp4", bytes(40_000_000))), tmp_path) == ["bomb"]


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    lines = "\n".join(f"{number}: {number * number}" for number in range(40_000)).encode()
    assert codes(zipped(("les.lesson.yaml", lines)), tmp_path) == ["file_too_large"]


def test_many_files_that_are_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = [(f"images/x-{number}.svg", b"<svg/>" * 100) for number in range(5)]
    monkeypatch.setattr(package_archive, "MOST_UNPACKED", 100_000)
    unpack(zipped(*extra), tmp_path)
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(package_archive, "MOST_UNPACKED", 3_000)
    assert codes(zipped(*extra), tmp_path / "empty") == ["too_large_inside"]


def bomb_of_names() -> BytesIO:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(60_000):
            archive.writestr(zipfile.ZipInfo(f"images/x-{number}.svg"), b"")
    return packed


def bomb_of_nothing() -> BytesIO:
    return zipped(*((f"recordings/x-{n}.mp4", bytes(30_000_000)) for n in range(5)))


@pytest.mark.parametrize("make", [bomb_of_names, bomb_of_nothing])
def test_a_bomb_is_refused_soon_and_small(make: Callable[[], BytesIO], tmp_path: Path) -> None:
    """S-60: within 2 s and 200 MB."""
    packed = make()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    assert codes(packed, tmp_path)[0] in ("too_many", "bomb")
    assert time.process_time() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 200_000  # kB


def test_a_count_that_lies_does_not_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S-60: it says that it holds one file; its list of names is not even read."""
    monkeypatch.delattr(package_archive, "ZipFile")
    packed = bytearray(bomb_of_names().getvalue())
    at = packed.rfind(b"PK\x05\x06")
    packed[at + 8 : at + 12] = struct.pack("<HH", 1, 1)
    assert codes(BytesIO(bytes(packed)), tmp_path) == ["too_many"]


def test_a_size_that_lies_does_not_help(tmp_path: Path) -> None:
    """S-60: a megabyte that says it is ten bytes."""
    packed = bytearray(zipped(("images/x.svg", b"<svg/>" * 100_000)).getvalue())
    real = struct.pack("<I", 600_000)
    assert packed.count(real) == 2
    lying = bytes(packed).replace(real, struct.pack("<I", 10))
    assert codes(BytesIO(lying), tmp_path) == ["broken"]


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    packed = bytearray(zipped(("images/x.svg", b"<svg/>")).getvalue())
    at = packed.rfind(b"PK\x01\x02")
    packed[at + 8] |= 1
    assert codes(BytesIO(bytes(packed)), tmp_path) == ["encrypted"]


def test_another_way_of_packing_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("images/x.svg")
    entry.compress_type = zipfile.ZIP_LZMA
    assert codes(zipped((entry, b"<svg/>")), tmp_path) == ["packing"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("images/x.png", b"<script>", "no_picture"),
        ("images/x.jpg", b"GIF89a", "no_picture"),
        ("images/x.svg", b"\x89PNG\r\n\x1a\n\0\0", "no_text"),
        ("les.lesson.yaml", b"\xff\xfe", "no_text"),
        ("recordings/x.vtt", b"WEBVTT\0", "no_text"),
        ("documents/x.pdf", b"<script>", "no_document"),
        ("documents/x.pdf", pack(GOOD), "no_document"),
        ("documents/x.docx", pack(GOOD), "no_document"),
        ("documents/x.docx", pack(WORD | {"word/vbaProject.bin": b"x"}), "no_document"),
        ("documents/x.txt", b"MZ\0\1", "no_document"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    assert codes(zipped((name, content)), tmp_path) == [code]


def photo(size: tuple[int, int], kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("1", size).save(made, kind)
    return made.getvalue()


def test_a_picture_of_a_hundred_megapixels_is_refused(tmp_path: Path) -> None:
    """S-69."""
    unpack(zipped(("images/klein.png", photo((40, 40)))), tmp_path)
    (tmp_path / "empty").mkdir()
    large = zipfile.ZipInfo("images/groot.png")  # stored: the ratio is not what it is refused for
    assert codes(zipped((large, photo((10_000, 10_000)))), tmp_path / "empty") == [
        "too_many_pixels"
    ]


@pytest.mark.parametrize("content", [b"", b"hallo", b"PK\x03\x04", b"PK\x05\x06"])
def test_what_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    assert codes(BytesIO(content), tmp_path) == ["no_zip"]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_half_a_zip_is_refused(share: float, tmp_path: Path) -> None:
    whole = pack(GOOD)
    assert codes(BytesIO(whole[: int(len(whole) * share)]), tmp_path) == ["no_zip"]


def test_a_zip_in_which_a_byte_changed_is_refused(tmp_path: Path) -> None:
    packed = bytearray(pack(GOOD))
    packed[packed.find(b"PK\x03\x04") + 60] ^= 0xFF
    assert codes(BytesIO(bytes(packed)), tmp_path) == ["broken"]


def test_a_zip_without_a_package_is_refused(tmp_path: Path) -> None:
    rest = {name: content for name, content in GOOD.items() if name != "package.yaml"}
    assert codes(BytesIO(pack(rest)), tmp_path) == ["no_package"]


def test_all_that_is_wrong_is_named_at_once_and_can_be_shown(tmp_path: Path) -> None:
    """S-70: a name cannot turn the line round in which it is shown."""
    with pytest.raises(RefusedArchiveError) as refused:
        unpack(zipped(("les.exe", b""), ("../x", b""), ("images/\u202egvs.exe", b"")), tmp_path)
    shown = [(one.code, one.name) for one in refused.value.refusals]
    assert shown == [("unknown", "les.exe"), ("outside", "../x"), ("unknown", "images/�gvs.exe")]


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ngoals: [*c, *c]\n"


def test_lists_that_name_each_other_are_refused() -> None:
    """S-62: billion laughs. A word or a date may be named."""
    with pytest.raises(YamlError, match="write this out"):
        read_yaml(LAUGHS)
    assert read_yaml("a: &a 2026-01-01\nb: *a\n").content["b"].year == 2026


def test_lists_inside_lists_without_end_are_refused() -> None:
    """S-62."""
    with pytest.raises(YamlError, match="inside each other"):
        read_yaml("a: " + "[" * 20_000)


@pytest.mark.parametrize(
    "text",
    ["!!python/object/apply:os.system ['true']", "!!python/name:os.system", "!ding x"],
)
def test_yaml_makes_no_objects(text: str) -> None:
    """S-63."""
    with pytest.raises(YamlError):
        read_yaml(f"title: {text}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lees **rustig**", "<script>alert(1)</script>"),
        ("Lees **rustig**", '<b onclick="alert(1)">x</b><img src=x>'),
        ("Lees **rustig**", "[hier](javascript:alert(1))"),
    ],
)
def test_a_script_in_a_text_is_refused(old: str, new: str, tmp_path: Path) -> None:
    """S-64."""
    lesson = GOOD["les-een.lesson.yaml"].decode()
    assert old in lesson
    changed = {**GOOD, "les-een.lesson.yaml": lesson.replace(old, new).encode()}
    unpack(BytesIO(pack(changed)), tmp_path)
    with pytest.raises(PackageError, match=r"les-een\.lesson\.yaml"):
        read_package(tmp_path, helplines={"testlijn"})


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>',
    ],
)
def test_a_drawing_with_a_script_or_an_entity_is_refused(drawing: str, tmp_path: Path) -> None:
    """S-62, S-64."""
    unpack(BytesIO(pack({**GOOD, "images/omslag.svg": drawing.encode()})), tmp_path)
    with pytest.raises(PackageError, match=r"images/omslag\.svg"):
        read_package(tmp_path, helplines={"testlijn"})
