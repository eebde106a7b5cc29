"""Special assessment of conditions of work (СОУТ): what was measured, and the classes that follow."""

from dataclasses import dataclass

from medtrud.kernel.decision import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One measured or counted value of a factor; docs/sout-class.md names the indicators.

    None and "" mean that nothing is known, never a zero.
    """

    indicator: str
    value: float | None = None
    unit: str = ""
    norm: float | None = None  # the limit to compare with, in the same unit: ПДК, ПДУ, Ен
    norm_kind: str = ""  # "max" single, "ss" shift mean, "obuv"
    subject: str = ""  # substance, dust, micro-organism, source
    features: tuple[str, ...] = ()  # rows of the methodology: "chem_irritant", "apfd_high", "rf_3_30"
    sums: tuple[str, ...] = ()  # groups of one direction of action, appendix 8: "1а"
    code: str = ""  # group of pathogens I-IV, code of a working pose
    place: str = ""  # zone of work
    hours: float | None = None  # time in the zone
    share: float | None = None  # share of the shift, 0-1
    category: str = ""  # of work by energy: Iа, Iб, IIа, IIб, III
    sex: str = ""  # "male", "female": norms of heaviness differ
    band: float | None = None  # band of frequency
    shifts: int | None = None  # in contact in a year
    shifts_year: int | None = None
    marks: tuple[str, ...] = ()  # "impulse", "tonal", "included", "outdoor", "group_a"


@dataclass(frozen=True, slots=True)
class FactorMeasured:
    """Everything measured about one factor at a workplace."""

    factor: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Lowering:
    """What the commission decided about effective protection against one factor (п. 94)."""

    factor: str
    steps: int = 1
    conclusion: bool = False  # the expert's conclusion is there
    agreed: bool = False  # with Роспотребнадзор, for more than one step


@dataclass(frozen=True, slots=True)
class Measured:
    """The measurements of one workplace; a factor that was not found to be there is absent."""

    factors: tuple[FactorMeasured, ...]
    shift_hours: float | None = None
    lowered: tuple[Lowering, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassedLine:
    """One comparison: the value, the bound it was compared with, the class."""

    indicator: str
    title: str
    sout_class: str
    value: float | None = None
    unit: str = ""
    bound: float | None = None
    subject: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ClassedFactor:
    """The class of one factor; "" = the rules give none, an expert decides (flags say why)."""

    factor: str
    title: str
    sout_class: str
    reasons: tuple[Reason, ...] = ()
    lines: tuple[ClassedLine, ...] = ()
    flags: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()  # factors already counted in this class (п. 46)
    at_least: str = ""  # what is known when sout_class is ""
    ppe_class: str = ""  # with protection, when the commission may lower it
    cooling: str = ""  # microclimate: the class of its cooling side


@dataclass(frozen=True, slots=True)
class CardClass:
    """The classes of a card; total "" = some factor awaits an expert, then at_least is known."""

    total: str
    at_least: str
    factors: tuple[ClassedFactor, ...]
    act: str  # "33н", "817н"
    edition: str
    flags: tuple[str, ...] = ()
    total_ppe: str = ""  # with protection


@dataclass(frozen=True, slots=True)
class SoutFactor:
    """One of the fourteen factors of a card."""

    code: str
    title: str
    number: int  # in the federal exchange format
    units: tuple[str, ...]
    annex: tuple[str, ...]  # rows of the annex to order 29н it may feed; a section stands for its rows


@dataclass(frozen=True, slots=True)
class ClassifierRow:
    """One row of the classifier of harmful factors."""

    code: str
    title: str
    factors: tuple[str, ...]
    identified: str


@dataclass(frozen=True, slots=True)
class ListedSubstance:
    """A substance of appendices 2-7; the printed limits are those of 2014 and only a hint."""

    code: str
    title: str
    feature: str  # row of the methodology
    pdk_printed: str
    hazard: str
    features: str
    skin: bool
    note: str
