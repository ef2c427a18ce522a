"""A picture of a PDF → its samples, and back in another form; what cannot be read without loss of meaning is told to be left alone."""

from __future__ import annotations

from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream, StreamDecodeLevel, String

from briefpack.copies.resampling import Coded, Coding, Raster, coloured, of_fax, of_samples, opened

_GREY = frozenset({"/DeviceGray", "/CalGray"})
_COLOUR = frozenset({"/DeviceRGB", "/CalRGB"})
_LOSSY = frozenset({"/DCTDecode", "/JPXDecode"})
_PLAIN = frozenset({"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"})
_OF_COUNT = {1: "L", 3: "RGB", 4: "CMYK"}


@dataclass(frozen=True, slots=True)
class Picture:
    """Samples as they are stored, but colours where they were numbers of colours (named). lossy: whether they were compressed with losses."""

    pixels: Raster
    lossy: bool = False
    named: bool = False


def picture_of(stream: Stream) -> Picture | None:
    """The samples of an image; None where it is left alone: masked by colours, with a matte, of a kind that is rare or damaged."""
    if isinstance(stream.get("/Mask"), Array) or "/Alternates" in stream:
        return None
    soft = stream.get("/SMask")
    if "/Matte" in stream or (isinstance(soft, Stream) and "/Matte" in soft):
        return None
    try:
        return _read(stream)
    except (PdfError, TypeError, ValueError, KeyError):
        return None


def soft_mask(stream: Stream) -> Raster | None:
    """How opaque the pixels of an image are, an L; None where that is not said, or in no usual way."""
    mask = stream.get("/SMask")
    if not isinstance(mask, Stream) or "/Decode" in mask:
        return None
    found = picture_of(mask)
    return None if found is None or found.pixels.mode != "L" else found.pixels


def _read(stream: Stream) -> Picture | None:
    names = _filters(stream)
    width, height = int(stream.Width), int(stream.Height)
    if width < 1 or height < 1:
        return None
    stencil = bool(stream.get("/ImageMask", False))
    space = None if stencil else stream.get("/ColorSpace")
    if not stencil and space is None:
        return None
    if names == ["/CCITTFaxDecode"]:
        return _fax(stream, width, height)
    if len(names) == 1 and names[0] in _LOSSY:
        return None if space is None else _lossy(stream, names[0], space)
    if not set(names) <= _PLAIN:
        return None
    bits = 1 if stencil else int(stream.BitsPerComponent)
    mode = "L" if space is None else _mode(space)
    if mode is None:
        return None
    data = stream.read_bytes(StreamDecodeLevel.specialized)
    pixels = of_samples(data, width, height, mode, bits)
    if pixels is None:
        return None
    if mode == "P" and bits > 1:
        return _named(stream, pixels, space)
    return Picture(pixels)


def _filters(stream: Stream) -> list[str]:
    said = stream.get("/Filter")
    if said is None:
        return []
    return [str(each) for each in said] if isinstance(said, Array) else [str(said)]


def _mode(space: Object) -> str | None:
    """The samples of a colour space in Pillow's words; None for one whose samples cannot be averaged."""
    if isinstance(space, Name):
        name = str(space)
        return (
            "L" if name in _GREY else "RGB" if name in _COLOUR else "CMYK" if name == "/DeviceCMYK" else None
        )
    if not isinstance(space, Array) or len(space) < 2:
        return None
    match str(space[0]):
        case "/CalGray" | "/Separation":
            return "L"
        case "/CalRGB":
            return "RGB"
        case "/ICCBased":
            return _OF_COUNT.get(int(space[1].N))
        case "/Indexed":
            return "P"
        case _:
            return None


def _named(stream: Stream, numbers: Raster, space: Object | None) -> Picture | None:
    """Colours that stand in a table, in the space of the table."""
    if space is None or "/Decode" in stream:
        return None
    base, table = space[1], space[3]
    mode = _mode(base)
    if mode not in {"L", "RGB"}:
        return None
    palette = table.read_bytes() if isinstance(table, Stream) else bytes(table)
    return Picture(coloured(numbers, palette, 1 if mode == "L" else 3), named=True)


def _fax(stream: Stream, width: int, height: int) -> Picture | None:
    parms = stream.get("/DecodeParms", Dictionary())
    if isinstance(parms, Array):
        parms = parms[0]
    if int(parms.get("/K", 0)) >= 0 or bool(parms.get("/EncodedByteAlign", False)):
        return None
    if int(parms.get("/Columns", 1728)) != width:
        return None
    black_is_one = bool(parms.get("/BlackIs1", False))
    pixels = of_fax(stream.read_raw_bytes(), width, height, black_is_one=black_is_one)
    return None if pixels is None else Picture(pixels)


def _lossy(stream: Stream, name: str, space: Object) -> Picture | None:
    mode = _mode(space)
    if mode not in {"L", "RGB", "CMYK"} or int(stream.get("/SMaskInData", 0)):
        return None
    if name == "/DCTDecode":
        if "/DecodeParms" in stream:
            # How its colours are turned is said outside the file.
            return None
        pixels = opened(stream.read_raw_bytes(), ("JPEG",))
    else:
        pixels = opened(stream.read_raw_bytes(), ("JPEG2000",))
    if pixels is None or pixels.mode != mode or pixels.size != (int(stream.Width), int(stream.Height)):
        return None
    return Picture(pixels, lossy=True)


def put(stream: Stream, coded: Coded, *, named: bool) -> None:
    """Give an image other samples; what else is said of it stays. named: they were numbers of colours, and are in the space of the table from now on."""
    # A mask that paints has no colours.
    space = None if bool(stream.get("/ImageMask", False)) else stream.ColorSpace
    parms: Dictionary | None = None
    match coded.coding:
        case Coding.JPEG:
            filter_ = Name.DCTDecode
        case Coding.FLAT:
            filter_ = Name.FlateDecode
        case Coding.PREDICTED:
            filter_ = Name.FlateDecode
            colours = 3 if coded.mode == "RGB" else 1
            parms = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=coded.bits, Columns=coded.width)
        case Coding.FAX:
            filter_ = Name.CCITTFaxDecode
            parms = Dictionary(K=-1, Columns=coded.width, Rows=coded.height, BlackIs1=coded.black_is_one)
    stream.write(coded.data, filter=filter_, decode_parms=parms)
    stream.Width, stream.Height = coded.width, coded.height
    if space is None:
        return
    stream.BitsPerComponent = coded.bits
    if named:
        space = space[1]
    if coded.palette:
        last = len(coded.palette) // 3 - 1
        space = Array([Name.Indexed, space, last, String(coded.palette)])
    stream.ColorSpace = space
