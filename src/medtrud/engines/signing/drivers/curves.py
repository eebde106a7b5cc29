"""Elliptic curves of ГОСТ Р 34.10-2012 in pure Python: Jacobian coordinates and a comb for the base point.

Not constant in time: a machine that signs with long-lived keys should have the GOST engine or a token.
"""

from dataclasses import dataclass
from functools import cache

Point = tuple[int, int]
Jacobian = tuple[int, int, int]
WINDOW = 4
ZERO: Jacobian = (0, 1, 0)


class CurveError(ValueError):
    """A point or a constant that does not lie on its curve."""


@dataclass(frozen=True)
class Curve:
    """y^2 = x^3 + ax + b over p; q is the order of the base point, size the bytes of a coordinate."""

    name: str
    size: int
    p: int
    a: int
    b: int
    q: int
    base: Point

    def holds(self, point: Point) -> bool:
        """Whether the point lies on the curve."""
        x, y = point
        return 0 <= x < self.p and 0 <= y < self.p and (y * y - (x * x + self.a) * x - self.b) % self.p == 0


def _curve(name: str, words: str) -> Curve:
    p, a, b, q, x, y = (int(word, 16) for word in words.split())
    return Curve(name, (p.bit_length() + 7) // 8, p, a, b, q, (x, y))


P256 = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFD97"
P512 = "F" * 125 + "DC7"
TEST = _curve(
    "test",
    "8000000000000000000000000000000000000000000000000000000000000431 7 "
    "5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E "
    "8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3 2 "
    "08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8",
)
CRYPTOPRO_A = _curve(
    "256-B",
    f"{P256} FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFD94 A6 "
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6C611070995AD10045841B09B761B893 1 "
    "8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14",
)
CRYPTOPRO_B = _curve(
    "256-C",
    "8000000000000000000000000000000000000000000000000000000000000C99 "
    "8000000000000000000000000000000000000000000000000000000000000C96 "
    "3E1AF419A269A5F866A7D3C25C3DF80AE979259373FF2B182F49D4CE7E1BBC8B "
    "800000000000000000000000000000015F700CFFF1A624E5E497161BCC8A198F 1 "
    "3FA8124359F96680B83D1C3EB2C070E5C545C9858D03ECFB744BF8D717717EFC",
)
CRYPTOPRO_C = _curve(
    "256-D",
    "9B9F605F5A858107AB1EC85E6B41C8AACF846E86789051D37998F7B9022D759B "
    "9B9F605F5A858107AB1EC85E6B41C8AACF846E86789051D37998F7B9022D7598 805A "
    "9B9F605F5A858107AB1EC85E6B41C8AA582CA3511EDDFB74F02F3A6598980BB9 0 "
    "41ECE55743711A8C3CBF3783CD08C0EE4D4DC440D4641A8F366E550DFDB3BB67",
)
TC26_256_A = _curve(
    "256-A",
    f"{P256} C2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335 "
    "295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513 "
    "400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67 "
    "91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28 "
    "32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C",
)
TC26_512_A = _curve(
    "512-A",
    f"{P512} {'F' * 125}DC4 "
    "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265"
    "EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760 "
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
    "27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275 3 "
    "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921"
    "DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4",
)
TC26_512_B = _curve(
    "512-B",
    f"8{'0' * 125}6F 8{'0' * 125}6C "
    "687D1B459DC841457E3E06CF6F5E2517B97C7D614AF138BCBF85DC806C4B289F"
    "3E965D2DB1416D217F8B276FAD1AB69C50F78BEE1FA3106EFB8CCBC7C5140116 "
    "8000000000000000000000000000000000000000000000000000000000000001"
    "49A1EC142565A545ACFDB77BD9D40CFA8B996712101BEA0EC6346C54374F25BD 2 "
    "1A8F7EDA389B094C2C071E3647A8940F3C123B697578C213BE6DD9E6C8EC7335"
    "DCB228FD1EDF4A39152CBCAAF8C0398828041055F94CEEEC7E21340780FE41BD",
)
TC26_512_C = _curve(
    "512-C",
    f"{P512} "
    "DC9203E514A721875485A529D2C722FB187BC8980EB866644DE41C68E1430645"
    "46E861C0E2C9EDD92ADE71F46FCF50FF2AD97F951FDA9F2A2EB6546F39689BD3 "
    "B4C4EE28CEBC6C2C8AC12952CF37F16AC7EFB6A9F69F4B57FFDA2E4F0DE5ADE0"
    "38CBC2FFF719D2C18DE0284B8BFEF3B52B8CC7A5F5BF0A3C8D2319A5312557E1 "
    "3FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
    "C98CDBA46506AB004C33A9FF5147502CC8EDA9E7A769A12694623CEF47F023ED "
    "E2E31EDFC23DE7BDEBE241CE593EF5DE2295B7A9CBAEF021D385F7074CEA043A"
    "A27272A7AE602BF2A7B9033DB9ED3610C6FB85487EAE97AAC5BC7928C1950148 "
    "F5CE40D95B5EB899ABBCCFF5911CB8577939804D6527378B8C108C3D2090FF9B"
    "E18E2D33E3021ED2EF32D85822423B6304F726AA854BAE07D0396E9A9ADDC40F",
)
CURVES = {
    "1.2.643.2.2.35.0": TEST,
    "1.2.643.2.2.35.1": CRYPTOPRO_A,
    "1.2.643.2.2.35.2": CRYPTOPRO_B,
    "1.2.643.2.2.35.3": CRYPTOPRO_C,
    "1.2.643.2.2.36.0": CRYPTOPRO_A,
    "1.2.643.2.2.36.1": CRYPTOPRO_C,
    "1.2.643.7.1.2.1.1.1": TC26_256_A,
    "1.2.643.7.1.2.1.1.2": CRYPTOPRO_A,
    "1.2.643.7.1.2.1.1.3": CRYPTOPRO_B,
    "1.2.643.7.1.2.1.1.4": CRYPTOPRO_C,
    "1.2.643.7.1.2.1.2.1": TC26_512_A,
    "1.2.643.7.1.2.1.2.2": TC26_512_B,
    "1.2.643.7.1.2.1.2.3": TC26_512_C,
}


def double(curve: Curve, point: Jacobian) -> Jacobian:
    """Return 2P."""
    x, y, z = point
    p = curve.p
    if not y or not z:
        return ZERO
    yy = y * y % p
    s = 4 * x * yy % p
    zz = z * z % p
    m = (3 * (x - zz) * (x + zz) if curve.a == p - 3 else 3 * x * x + curve.a * zz * zz) % p
    xr = (m * m - 2 * s) % p
    return xr, (m * (s - xr) - 8 * yy * yy) % p, 2 * y * z % p


def add(curve: Curve, point: Jacobian, other: Point) -> Jacobian:
    """Return P + Q for an affine Q."""
    x, y, z = point
    p = curve.p
    if not z:
        return other[0], other[1], 1
    zz = z * z % p
    h = (other[0] * zz - x) % p
    r = (other[1] * zz % p * z - y) % p
    if not h:
        return double(curve, point) if not r else ZERO
    hh = h * h % p
    hhh = h * hh % p
    v = x * hh % p
    xr = (r * r - hhh - 2 * v) % p
    return xr, (r * (v - xr) - y * hhh) % p, z * h % p


def affine(curve: Curve, points: list[Jacobian]) -> list[Point]:
    """Leave Jacobian coordinates with one inversion for all points; none may be zero."""
    products = [1]
    for *_, z in points:
        products.append(products[-1] * z % curve.p)
    inverse = pow(products[-1], -1, curve.p)
    result = []
    for (x, y, z), before in zip(reversed(points), reversed(products[:-1]), strict=True):
        own = inverse * before % curve.p
        inverse = inverse * z % curve.p
        square = own * own % curve.p
        result.append((x * square % curve.p, y * square % curve.p * own % curve.p))
    return result[::-1]


@cache
def comb(curve: Curve) -> list[list[Point]]:
    """Return multiples of the base point, 15 for each four bits of a number."""
    if not curve.holds(curve.base):
        raise CurveError(f"{curve.name}: the base point is not on the curve")
    points: list[Jacobian] = []
    step = curve.base
    for _ in range(2 * curve.size):
        row: list[Jacobian] = [(*step, 1)]
        for _ in range(2, 1 << WINDOW):
            row.append(add(curve, row[-1], step))
        points += row
        step = affine(curve, [add(curve, row[-1], step)])[0]
    flat = affine(curve, points)
    width = (1 << WINDOW) - 1
    return [flat[place : place + width] for place in range(0, len(flat), width)]


def times_base(curve: Curve, number: int) -> Jacobian:
    """Return number * G."""
    total = ZERO
    for row in comb(curve):
        if nibble := number & 15:
            total = add(curve, total, row[nibble - 1])
        number >>= WINDOW
    return total


def times(curve: Curve, number: int, point: Point, start: Jacobian = ZERO) -> Jacobian:
    """Return start + number * P by signed windows of five bits."""
    odd = _odd_multiples(curve, point)
    total = ZERO
    for digit in reversed(_signed_windows(number)):
        total = double(curve, total)
        if digit > 0:
            total = add(curve, total, odd[digit >> 1])
        elif digit:
            x, y = odd[-digit >> 1]
            total = add(curve, total, (x, curve.p - y))
    if not start[2]:
        return total
    return add(curve, total, affine(curve, [start])[0])


def _odd_multiples(curve: Curve, point: Point) -> list[Point]:
    twice = affine(curve, [double(curve, (*point, 1))])[0]
    row: list[Jacobian] = [(*point, 1)]
    for _ in range(7):
        row.append(add(curve, row[-1], twice))
    return affine(curve, row)


def _signed_windows(number: int) -> list[int]:
    digits = []
    while number:
        digit = 0
        if number & 1:
            digit = number & 31
            if digit > 15:  # noqa: PLR2004 - half of the window of five bits
                digit -= 32
            number -= digit
        digits.append(digit)
        number >>= 1
    return digits
