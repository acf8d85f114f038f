from pathlib import Path

from django.test import RequestFactory

from portal.frame.views.media import media


def test_renditions_are_kept_for_a_year_and_other_files_asked_for_each_time(tmp_path: Path) -> None:
    for name in ("images/a.avif", "original_images/a.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    answers = [
        media(RequestFactory().get("/"), name, document_root=tmp_path).headers["Cache-Control"]
        for name in ("images/a.avif", "original_images/a.png")
    ]
    assert answers == ["public, max-age=31536000, immutable", "no-cache"]
