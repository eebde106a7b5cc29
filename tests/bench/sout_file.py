"""An invented report of conditions of work, as large as asked: noise, chemistry, light, heaviness at each place."""

import sys
from collections.abc import Iterator
from pathlib import Path

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<Attestation>
 <FileInfo><SchemeVersion>1.0.3</SchemeVersion><DataSource>bench</DataSource></FileInfo>
 <Date>{approved}</Date><WorkPlacesQuantity>{count}</WorkPlacesQuantity>
 <WorkPlacesAttested>{count}</WorkPlacesAttested><Region>35</Region>
 <Committee><Chairman><Name><LastName>Иванов</LastName><FirstName>Иван</FirstName></Name>
 <Position>директор</Position></Chairman></Committee>
 <AttestationOrganization><Name>ООО «Оценка»</Name><RegistrationNumber>100</RegistrationNumber>
 <RegistrationDate>2016-03-01</RegistrationDate><OGRN>1020000000019</OGRN><INN>0012345673</INN>
 <Address>г. Вологда</Address><Phone>1</Phone><E-mail>a@example.org</E-mail><Director>Сидоров</Director>
 <Workers><Expert Id="E1"><Name><LastName>Петров</LastName><FirstName>Пётр</FirstName></Name>
 <Position>эксперт</Position></Expert></Workers>
 <Laboratory><Name>ИЛ</Name><CertificateNumber>RA.RU.21АБ12</CertificateNumber>
 <CertificateIssueDate>2016-04-01</CertificateIssueDate>
 <MeasuringTool Id="T1"><SerialNumber>A-1</SerialNumber><CalibrationExpiryDate>2030-05-01</CalibrationExpiryDate>
 <Name>Шумомер</Name><FundNumber>12345-16</FundNumber></MeasuringTool></Laboratory></AttestationOrganization>
 <Enterprise><Name>{name}</Name><OGRN>1020000000998</OGRN><INN>{inn}</INN><OKPO>12345678</OKPO>
 <OKOGU>4100104</OKOGU><OKVED><Kod>24.10</Kod></OKVED><OKATO>19401000000</OKATO>
 <DeJureAddress>г. Вологда</DeJureAddress><PostAddress>г. Вологда</PostAddress><E-mail>a@example.org</E-mail>
 <Director>Иванов</Director><SubUnits>{units}</SubUnits>
"""
UNIT = '<SubUnit Id="S{number}"><Name>Цех № {number}</Name></SubUnit>'
TOOLS = '<MeasuringTool Id="T1"/><WorkerForMeasurement Id="E1"/>'
ACT = "<NormativeAct>СанПиН 1.2.3685-21</NormativeAct>"
SPOT = """<MeasuringPlace><Name>Участок {spot}</Name><Date>2026-01-15</Date><TimeBehavior>1</TimeBehavior>
<Value Unit="дБА">{value}</Value><Duration>0.3</Duration><FactorSource>станок</FactorSource>{tools}</MeasuringPlace>
"""
NOISE = """<Noise><Value Unit="дБА">{value}</Value><Uncertainty Unit="дБА">1.2</Uncertainty>
<NormValue Unit="дБА">80</NormValue><WorkingConditions>{stated}</WorkingConditions>{act}
<Protocol><Number>{number}-Ш</Number><Date>2026-01-16</Date></Protocol>{spots}</Noise>
"""
CHEMICAL = """<ChemicalFactors><WorkingConditions>2</WorkingConditions>
<Protocol><Number>{number}-Х</Number><Date>2026-01-16</Date></Protocol>
<ChemicalAgent><Kod Name="Масла минеральные">1197</Kod><ConcentrationMax Unit="мг/м3">{low}</ConcentrationMax>
<NormValueMax Unit="мг/м3">5</NormValueMax><WorkingConditions>2</WorkingConditions>{act}
<MeasuringPlace><Name>у станка</Name><Date>2026-01-15</Date><ConcentrationMax Unit="мг/м3">{low}</ConcentrationMax>
<Duration>0.6</Duration><FactorSource>СОЖ</FactorSource>{tools}</MeasuringPlace></ChemicalAgent></ChemicalFactors>
"""
LABOUR = """<LabourSeverity><WorkingConditions>2</WorkingConditions><Date>2026-01-15</Date>
<Protocol><Number>{number}-ТТП</Number><Date>2026-01-16</Date></Protocol>
<WeightLifting><SingleWeightLiftingMale><Value Unit="кг">{kilo}</Value><NormValue Unit="кг">30</NormValue>
<WorkingConditions>2</WorkingConditions>{act}{tools}</SingleWeightLiftingMale></WeightLifting>
<BodyBending><Value>{bends}</Value><NormValue>100</NormValue><WorkingConditions>2</WorkingConditions>{act}{tools}
</BodyBending></LabourSeverity>
"""
GUARANTEES = "".join(
    f"<{tag}><ActualAvailability>0</ActualAvailability><NeedToEstablish>0</NeedToEstablish>"
    f"<Reason>отсутствует</Reason></{tag}>"
    for tag in (
        "PayIncrease", "CompensatoryLeave", "HalfDay", "Milk", "DieteticTherapy", "EarlyRetirement",
        "MedicalInspection",
    )
)  # fmt: skip
PLACE = """<WorkPlaceAttested><SOUTCardNumber>{number}</SOUTCardNumber><SheetDate>2026-01-20</SheetDate>
<Id>{number}</Id><Position>{title}</Position><Profession Name="Токарь">19149</Profession>
<ETKS_EKS_Issue>ЕТКС, вып. 2</ETKS_EKS_Issue><SubUnit Id="S{unit}">Цех № {unit}</SubUnit>
<WorkersQuantity>2</WorkersQuantity><WomansQuantity>0</WomansQuantity><TeenagersQuantity>0</TeenagersQuantity>
<InvalidsQuantity>0</InvalidsQuantity><RawMaterials>сталь</RawMaterials><Equipment>станок 16К20</Equipment>
<WorkingConditions>{stated}</WorkingConditions><Snils>отсутствует</Snils>
<Compensations>{guarantees}</Compensations><Factors>{factors}</Factors></WorkPlaceAttested>
"""


def report(
    count: int, *, inn: str = "0098765437", name: str = "АО «Пример»", approved: str = "2026-02-01"
) -> Iterator[str]:
    """Yield the file in pieces; values differ from place to place."""
    units = max(count // 50, 1)
    told = "".join(UNIT.format(number=number) for number in range(1, units + 1))
    yield HEAD.format(approved=approved, count=count, inn=inn, name=name, units=told)
    for number in range(1, count + 1):
        value = 70 + number % 97 / 4
        stated = "2" if value <= 80 else "3.1" if value <= 85 else "3.2"
        spots = "".join(SPOT.format(spot=spot, value=value - spot, tools=TOOLS) for spot in range(3))
        facts = {"number": number, "tools": TOOLS, "act": ACT, "low": number % 40 / 10, "kilo": number % 14,
                 "bends": number % 90, "value": value, "stated": stated, "spots": spots}  # fmt: skip
        factors = "".join(each.format(**facts) for each in (CHEMICAL, NOISE, LABOUR))
        yield PLACE.format(
            number=number, title=f"Токарь {number}", unit=number % units + 1, stated=stated,
            guarantees=GUARANTEES, factors=factors,
        )  # fmt: skip
    yield "</Enterprise></Attestation>"


def main(path: str, count: str) -> None:
    """Write a file."""
    with Path(path).open("w", encoding="utf8") as stream:
        stream.writelines(report(int(count)))


if __name__ == "__main__":
    main(*sys.argv[1:])
