from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image as Pillow

from briefpack.document import Document, Image, ImageData
from briefpack.images import load_image
from briefpack.pdf.layout import lay_out
from briefpack.pdf.writer import write_body
from tests.pdf.looks import style
from tests.samples import WHERE, SectionMaker, sample_meta


def _drawn(data: ImageData) -> Pillow.Image:
    """The picture as it is in a PDF."""
    maker = SectionMaker(1)
    maker.add(Image(data, "alt", "fig_1", WHERE))
    document = Document(sample_meta(), (), (maker.section("S"),), ())
    content = write_body(document, style(), lay_out(document, style())).content
    with pikepdf.open(io.BytesIO(content)) as opened:
        (image,) = opened.pages[1].Resources.XObject.values()
        return pikepdf.PdfImage(image).as_pil_image().copy()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [*(("png", mode) for mode in ("RGB", "L", "P", "RGBA", "1", "LA")), ("jpeg", "RGB"), ("jpeg", "L")],
)
def test_pixels_in_the_pdf_are_those_of_the_picture(kind: str, mode: str, tmp_path) -> None:
    picture = Pillow.linear_gradient("L").resize((40, 30)).convert(mode)
    path = tmp_path / f"picture.{kind}"
    picture.save(path)
    data = load_image(path)
    expected = Pillow.open(io.BytesIO(data.content))
    found = _drawn(data)
    assert found.size == expected.size
    assert found.convert("RGB").tobytes() == expected.convert("RGB").tobytes()


def test_a_picture_taller_than_the_frame_is_made_smaller() -> None:
    from briefpack.pdf.boxes import Figure
    from tests.samples import picture

    maker = SectionMaker(1)
    maker.add(Image(picture(50, 4000), "", "fig_1", WHERE, 1.0))
    document = Document(sample_meta(), (), (maker.section("S"),), ())
    laid = lay_out(document, style())
    (placed,) = (p for page in laid.pages for p in page.placed if isinstance(p.flow, Figure))
    assert placed.flow.height <= style().page.text_height + 0.01
    wide, high = placed.flow.size  # type: ignore[attr-defined]
    assert high / wide == pytest.approx(4000 / 50)
