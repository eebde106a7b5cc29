"""Details of the exchange file as people call them."""

from ..types.sout_file import Ask

TITLES = {
    "ActualAvailability": "предоставляется сейчас", "Address": "адрес", "AirHumidity": "влажность",
    "AirSpeed": "скорость воздуха", "AirTemperature": "температура воздуха",
    "AirTemperatureHeight": "на высоте", "AttestationOrganization": "организация, проводившая СОУТ",
    "AirSpeedHeight": "на высоте", "BodyBending": "наклоны корпуса", "CalibrationExpiryDate": "поверка до",
    "CertificateIssueDate": "дата аттестата", "CertificateNumber": "номер аттестата",
    "Chairman": "председатель комиссии", "ChemicalAgent": "вещество", "Committee": "комиссия",
    "CommitteeProtocol": "протокол комиссии", "Compensations": "гарантии",
    "CompensatoryLeave": "дополнительный отпуск", "ConcentrationAvg": "среднесменная концентрация",
    "ConcentrationMax": "максимальная концентрация", "Date": "дата", "DateTime": "дата и время",
    "DeJureAddress": "юридический адрес", "DieteticTherapy": "лечебно-профилактическое питание",
    "Director": "руководитель", "Duration": "доля смены, от 0 до 1", "E-mail": "электронная почта",
    "ETKS_EKS_Issue": "выпуск ЕТКС, ЕКС", "EarlyRetirement": "досрочная пенсия",
    "EffectiveDose": "эффективная доза", "ElectricFieldIntensity50Hz": "электрическое поле 50 Гц",
    "Enterprise": "работодатель", "Equipment": "оборудование", "EquivalentDoseLens": "доза в хрусталике",
    "EquivalentDoseSkinHandFoot": "доза в коже, кистях, стопах", "Expert": "эксперт",
    "ExpertConclusion": "заключение эксперта", "FactorSource": "источник фактора", "FirstName": "имя",
    "FundNumber": "номер прибора в реестре", "GeneralIllumination": "освещённость",
    "HalfDay": "сокращённое рабочее время", "HeatRadiationIntensity": "тепловое излучение",
    "HeatRadiationIntensityHeight": "на высоте", "Height": "высота, м", "Id": "номер рабочего места",
    "InvalidsQuantity": "инвалидов", "Kod": "код вещества в ФГИС СОУТ", "Laboratory": "лаборатория",
    "LastName": "фамилия", "MeasuringData": "измерение", "MeasuringPlace": "место измерения",
    "MeasuringTool": "средство измерений", "MedicalInspection": "медицинские осмотры",
    "MicroorganismPathogenic": "возбудитель", "MicroorganismProducer": "микроорганизм-продуцент",
    "Milk": "молоко", "Name": "название", "NeedToEstablish": "нужно установить", "NormValue": "норматив",
    "NormValueAvg": "ПДК среднесменная", "NormValueMax": "норматив, не больше",
    "NormValueMin": "норматив, не меньше", "NormValueXY": "норматив X, Y", "NormValueZ": "норматив Z",
    "NormativeAct": "методика измерений (НПА)", "Octave": "полоса", "OKATO": "ОКАТО",
    "OGRN": "ОГРН", "INN": "ИНН", "OKOGU": "ОКОГУ",
    "OKPO": "ОКПО", "OKVED": "ОКВЭД", "PayIncrease": "повышенная оплата", "Phone": "телефон",
    "Position": "должность", "PostAddress": "почтовый адрес", "Posture": "рабочая поза",
    "Profession": "код ОК 016-94", "RadiationType": "вид излучения", "RawMaterials": "материалы и сырьё",
    "Region": "регион", "RegistrationDate": "дата внесения в реестр",
    "RegistrationNumber": "номер в реестре", "SheetDate": "дата составления карты",
    "SingleWeightLiftingFemale": "подъём груза, женщины", "SingleWeightLiftingMale": "подъём груза, мужчины",
    "Snils": "СНИЛС", "SoundPressureOctave": "полоса частот", "StaffGroup": "группа персонала",
    "SubUnit": "подразделение", "TeenagersQuantity": "до 18 лет", "ThermalLoadIndex": "ТНС-индекс",
    "TimeBehavior": "временной характер", "UVA_60min": "ультрафиолет А", "Value": "значение",
    "ValueX": "ось X", "ValueY": "ось Y", "ValueZ": "ось Z", "VisualWorkCategory": "разряд зрительных работ",
    "WomansQuantity": "женщин", "WorkCategory": "категория работ по энергозатратам",
    "WorkerForMeasurement": "кто измерял", "WorkersQuantity": "работников",
    "WorkingConditions": "класс условий труда", "WorkPlacesAttested": "оценено мест",
    "WorkPlacesQuantity": "всего рабочих мест", "@Id": "",
    "MotorStereotypyRegionalLoad": "региональная нагрузка",
    "MotorStereotypyLocalLoad": "локальная нагрузка", "HorizontalTravelling": "перемещение по горизонтали",
    "WorkingPose": "рабочая поза", "SignalDensity": "плотность сигналов",
    "ObjectsUnderControl": "объекты наблюдения", "VocalLoad": "нагрузка на голос",
    "ElectrostaticField": "электростатическое поле",
    "OverallMagneticFieldIntensity50Hz": "магнитное поле 50 Гц",
    "ConstantWeightLiftingMale": "подъём груза постоянно, мужчины",
    "ConstantWeightLiftingFemale": "подъём груза постоянно, женщины", "SchemeVersion": "версия схемы",
    "DataSource": "источник данных",
}  # fmt: skip
SILENT = frozenset({"Factors", "Compensations", "MeasuringPlace", "Name", "@Id", "Committee"})
VISUAL = ("А1", "А2", "Б1", "Б2", "В1", "В2", "Г", "Д", "Е", "Ж1", "Ж2", "З1", "З2")
WORDS: dict[str, dict[str, str]] = {
    "Posture": {"0": "стоя", "1": "сидя"},
    "RadiationType": {"0": "рентгеновское", "1": "гамма"},
    "StaffGroup": {"0": "группа А", "1": "группа Б"},
    "ActualAvailability": {"0": "нет", "1": "да"},
    "NeedToEstablish": {"0": "нет", "1": "да"},
    "VisualWorkCategory": {str(code): text for code, text in enumerate(VISUAL, 1)},
}  # fmt: skip
STEADY = {"0": "постоянный", "1": "непостоянный"}
CHANGING = {"0": "постоянный", "1": "колеблющийся", "2": "прерывистый", "3": "импульсный"}
CHANGING_FACTORS = frozenset({"Noise", "LocalVibration", "OverallVibration"})


def ask_title(ask: Ask) -> str:
    """Name a detail: what it belongs to and what it is."""
    names = ask.names[2:] if ask.names[0] == "Factors" else ask.names
    said = [name for name in names[:-1] if name not in SILENT]
    last = names[-1]
    if "OKVED" in said:
        said, last = [name for name in said if name != "OKVED"], "OKVED"
    if last == "@Id":
        return ", ".join(TITLES[name] for name in said if name in TITLES)
    if last == "Name" and "MeasuringPlace" in names:
        said.append("MeasuringPlace")
    told = [TITLES[name] for name in said if name in TITLES] + [TITLES.get(last, last)]
    if last == "Value" and "MeasuringPlace" in names and "SoundPressureOctave" not in names:
        told[-1] = "значение на месте измерения"
    if numbered := _number(ask):
        told.insert(-1, numbered)
    return ", ".join(told)


def _number(ask: Ask) -> str:
    """Return which of several readings is meant."""
    for step in reversed(ask.path.split("/")[:-1]):
        name, _, index = step.partition("[")
        if name in ("MeasuringData", "AirTemperatureHeight", "AirSpeedHeight",
                    "HeatRadiationIntensityHeight"):  # fmt: skip
            return f"№ {int(index.rstrip(']')) + 1}"
    return ""


def choices_of(ask: Ask) -> list[tuple[str, str]]:
    """Return the values to choose from with their words."""
    last = ask.names[-1]
    words = WORDS.get(last, {})
    if last == "TimeBehavior":
        words = CHANGING if CHANGING_FACTORS & set(ask.names) else STEADY
    return [(code, words.get(code, code)) for code in ask.values]
