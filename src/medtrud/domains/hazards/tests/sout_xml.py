"""Invented workplaces of the exchange file."""

from .test_sout_file import END, HEAD

GUARANTEES = "".join(
    f"<{tag}><ActualAvailability>{bit}</ActualAvailability><NeedToEstablish>{bit}</NeedToEstablish>"
    f"<Reason>ТК РФ</Reason></{tag}>"
    for tag, bit in (
        ("PayIncrease", 1), ("CompensatoryLeave", 0), ("HalfDay", 0), ("Milk", 0), ("DieteticTherapy", 0),
        ("EarlyRetirement", 0), ("MedicalInspection", 1),
    )
)  # fmt: skip
PLACE = """<WorkPlaceAttested><SOUTCardNumber>{number}</SOUTCardNumber><SheetDate>2025-11-10</SheetDate>
<Id>{number}</Id><Position>{title}</Position><Profession Name="Токарь">19149</Profession>
<ETKS_EKS_Issue>ЕТКС, вып. 2</ETKS_EKS_Issue><SubUnit Id="S2">Участок</SubUnit>
<WorkersQuantity>2</WorkersQuantity><WomansQuantity>0</WomansQuantity><TeenagersQuantity>0</TeenagersQuantity>
<InvalidsQuantity>0</InvalidsQuantity><RawMaterials>сталь</RawMaterials><Equipment>станок</Equipment>
<WorkingConditions>{stated}</WorkingConditions><Snils>{snils}</Snils>
<Compensations>{guarantees}</Compensations>{factors}</WorkPlaceAttested>
"""
NOISE = """<Factors><Noise><Value Unit="дБА">{value}</Value><NormValue Unit="дБА">80</NormValue>
<WorkingConditions>{stated}</WorkingConditions><NormativeAct>СанПиН</NormativeAct>
<MeasuringPlace><Name>у станка</Name><Date>{measured}</Date><TimeBehavior>1</TimeBehavior>
<Value Unit="дБА">{value}</Value><Duration>0.6</Duration><FactorSource>станок</FactorSource>
<MeasuringTool Id="{tool}"/><WorkerForMeasurement Id="E1"/></MeasuringPlace></Noise></Factors>
"""
SIMILAR = """<SimilarWorkPlace><Id>{number}</Id><Position>Токарь</Position><SubUnit Id="S2">Участок</SubUnit>
<WorkersQuantity>1</WorkersQuantity><WomansQuantity>0</WomansQuantity><TeenagersQuantity>0</TeenagersQuantity>
<InvalidsQuantity>0</InvalidsQuantity><WorkingConditions>{stated}</WorkingConditions>
<Snils>отсутствует</Snils></SimilarWorkPlace>
"""


def assessed(
    number: str = "2", *, value: float = 83.4, stated: str = "3.1", title: str = "Токарь", tool: str = "T1",
    measured: str = "2024-12-20", snils: str = "отсутствует", total: str = "",
) -> str:  # fmt: skip
    """Return an assessed workplace with noise."""
    noise = NOISE.format(value=value, stated=stated, tool=tool, measured=measured)
    return PLACE.format(
        number=number, title=title, stated=total or stated, guarantees=GUARANTEES, factors=noise, snils=snils
    )


def alike(*numbers: str) -> str:
    """Return a group of similar workplaces."""
    return "<SimilarWorkPlacesGroup>{}</SimilarWorkPlacesGroup>".format(
        "".join(f"<WorkPlaceId>{number}</WorkPlaceId>" for number in numbers)
    )


def report(*places: str, inn: str = "7707083893", approved: str = "2025-11-20") -> str:
    """Return a whole file."""
    head = HEAD.replace("<INN>0098765437", f"<INN>{inn}").replace("<Date>2025-11-20", f"<Date>{approved}")
    return head + "".join(places) + END
