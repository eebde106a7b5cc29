"""The upload of ФГИС СОУТ 1.0.3 in our own words: the report, the organisations, the workplaces.

Notation, one kind per line (a continuation is indented):
  `Kind < text : a | b` values; `~ x` a pattern; `in 0..1` a range;
  `Kind :: = number @Unit:text? Child:Kind* Other+` a body, attributes, children in their order. `Child` alone
  is of the kind of the same name. `? * + {2,3}` as in regular expressions; `+tools` and the like: see GROUPS.
"""

WORDS = r"""
Version < text : 1.0 | 1.0.1 | 1.0.2 | 1.0.3
RegionKod < text : 01 | 02 | 03 | 04 | 05 | 06 | 07 | 08 | 09 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 |
    18 | 19 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 29 | 30 | 31 | 32 | 33 | 34 | 35 | 36 | 37 |
    38 | 39 | 40 | 41 | 42 | 43 | 44 | 45 | 46 | 47 | 48 | 49 | 50 | 51 | 52 | 53 | 54 | 55 | 56 | 57 |
    58 | 59 | 60 | 61 | 62 | 63 | 64 | 65 | 66 | 67 | 68 | 69 | 70 | 71 | 72 | 73 | 74 | 75 | 76 | 77 |
    78 | 79 | 83 | 86 | 87 | 89 | 91 | 92
OGRN < text ~ \d{13}|\d{15}
INN < text ~ \d{10}|\d{12}
KPP < text ~ \d{9}
OKPO < text ~ \d{8}|\d{10}
OKOGU < text ~ \d{5}|\d{7}
OKVEDClassifierKod < text : 0 | 1
OKVEDKod < text ~ \d{2}|\d{2}.\d{1}|\d{2}.\d{2}|\d{2}.\d{2}.\d{1}|\d{2}.\d{2}.\d{2}
OKATO < text ~ \d{2}|\d{5}|\d{8}|\d{11}
ExpertRegistrationNumber < text
Snils < text ~ (\d{3}-\d{3}-\d{3}(-| )\d{2})|отсутствует|Отсутствует
CertificateNumber < text ~ РОСС RU.\d{4}.\d{2}[А-Я][А-Я]\d{2}|РОСС
    RU.\d{4}.\d{6}|RA.RU.\d{2}[А-Я][А-Я]\d{2}|RA.RU.\d{6}|1/1 №\d{6}|1/1 № \d{6}|\d{4}|САРК
    RU.\d{4}.\d{6}|ГСЭН.RU.ЦОА.1/\d{2}|ГСЭН.RU.ЦОА.1/\d{3}|ГСЭН.RU.ЦОА.\d{3}|ГСЭН.RU.ЦОА.\d{3}.\d{2}|ИЛ/АЛ-\d{5}
AccreditationScopeKod < text : 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 25
    | 30 | 35
MeasuringToolFundNumber < text ~ (\d{5}-\d{2})|(\d{4}-\d{2})|(\d{3}-\d{2})|(\d{2}-\d{2})|(Не
    сертифицируется)
ProfessionKod < text ~ \d{5}|Отсутствует
WorkingConditions < text : - | 1 | 2 | 3.1 | 3.2 | 3.3 | 3.4 | 4
Bit < text : 0 | 1
Factor < text : 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14
PPERespiratoryOrgansComfort < text : 1 | 2 | 3 | 4 | 5
SpecificityKod < text : 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
InjuryRiskKod < text : 1 | 2
SedentaryPopulationsAvailabilityKod < text : 1 | 2
Sign < text : равно | более | более или равно | менее | менее или равно
Duration < number in 0.0..1.0
ChemistryAnalysisMethodKod < text : 1 | 2
AgentKod < text : 631 | 1066 | 1237 | 1639 | 1755 | 1863 | 2133 | 39 | 195 | 409 | 425 | 743 | 1741 |
    1984 | 2125 | 2362 | 123 | 2998 | 2988 | 2212 | 2198 | 2999 | 2210 | 2980 | 3000 | 1217 | 2978 |
    1561 | 1550
WorkCategoryKod < text : Iа | Iб | IIа | IIб | III
NoiseTimeBehaviorKod < text : 0 | 1 | 2 | 3
NoiseOctaveKod < text : 15 | 18 | 21 | 24 | 27 | 30 | 33 | 36 | 39
DurationMinutes < number in 0.0..480.0
InfrasoundTimeBehaviorKod < text : 0 | 1
InfrasoundOctaveKod < text : 3 | 6 | 9 | 12
UltrasoundTimeBehaviorKod < text : 0 | 1
UltrasoundOctaveKod < text : 41 | 42 | 43 | 44 | 45 | 46 | 47 | 48 | 49 | 50
VibrationTimeBehaviorKod < text : 0 | 1 | 2 | 3
LocalVibrationOctaveKod < text : 9 | 12 | 15 | 18 | 21 | 24 | 27 | 30
OverallVibrationOctaveKod < text : -1 | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 |
    15 | 16 | 17 | 18 | 19
EMField50hzHeightValues < text : 0 | 0.5 | 1.5 | 1.8
LocalEMField50hzHeightValues < text : 0 | 1 | 2
PostureKod < text : 0 | 1
RFFieldHeightValues < text : 0.5 | 0.8 | 1 | 1.4 | 1.7
UltravioletHeightValues < text : 0.5 | 1 | 0.5 - 1.0 | 1.5
LaserExposureType < text : 0 | 1
DurationSeconds < number in 0.0..30000.0
LaserDangerType < text : I | II | III | IV
CollimationType < text : 0 | 1
RadiationStaffGroupKod < text : 0 | 1
RadiationTypeKod < text : 0 | 1
ContaminationObject < text : 0 | 1 | 2 | 3 | 4
MicroclimatePlaceTypeKod < text : 1 | 2 | 3
AirTemperatureHeightKod < text : 0.1 | 1 | 1.5
AirHumidityHeightKod < text : 1 | 1.5
HeatRadiationIntensityHeightKod < text : 0.5 | 1 | 1.5
LevelAndOrientationKod < text : 0 | 1 | 2 | 3 | 4 | 5
VisualWorkCategoryKod < text : 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13
WorkingPoseKod < text : 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
FileInfo :: SchemeVersion:Version DataSource:text CreatedDate:day? DateSent:day?
Region :: = RegionKod @Name:text?
FullName :: LastName:text FirstName:text MiddleName:text?
Position :: = text @BeginDate:day?
CommitteeMember :: Name:FullName Position
Committee :: Chairman:CommitteeMember Member:CommitteeMember*
OrganizationName :: = text @ShortName:text?
OKVEDClassifier :: = OKVEDClassifierKod @Name:text?
OKVED :: = OKVEDKod @Name:text?
AttestationOrganizationOKVED :: Classifier:OKVEDClassifier? Kod:OKVED+
PostAddress :: = text @Index:text?
Certificate :: CertificateNumber:text CertificateIssueDate:day
Expert :: @Id:id RegistrationNumber:ExpertRegistrationNumber? Name:FullName Position Snils? Certificate?
Worker :: @Id:id Name:FullName Position Snils?
Workers :: Expert* Worker*
AccreditationScope :: = AccreditationScopeKod @Name:text?
LaboratoryAccreditationScope :: Description:text? Scope:AccreditationScope{1,19}
MeasuringToolCertificate :: = text @ValidUntil:day?
MeasuringTool :: @Id:id SerialNumber:text CalibrationDate:day? CalibrationExpiryDate:day
    CalibrationDocument:text? CalibrationOrganization:text? Name:text Brand:text? Producer:text?
    DateManufacture:day? InServiceDate:day? FundNumber:MeasuringToolFundNumber
    Certificate:MeasuringToolCertificate? CalibrationInterval:text? OperatingManual:text?
Laboratory :: Name:OrganizationName RegulatoryDocument:text? CertificateNumber CertificateIssueDate:day
    CertificateExpiryDate:day? AgencyName:text? AccreditationScope:LaboratoryAccreditationScope?
    Address:PostAddress? Phone:text* Fax:text* E-mail:text* Director:text? MeasuringTool*
AttestationOrganization :: +name Name:OrganizationName RegistrationNumber:whole RegistrationDate:day
    OGRN CreationDate:day? LiquidationDate:day? INN KPP? OKPO? OKOGU?
    OKVED:AttestationOrganizationOKVED? OKATO? Address:PostAddress Phone:text+ Fax:text* E-mail:text+
    Director:text Workers Laboratory
LaboratoryMeasuringTool :: @Id:id SerialNumber:text CalibrationExpiryDate:day Name:text
    FundNumber:MeasuringToolFundNumber
AttestationLaboratory :: Name:OrganizationName CertificateNumber CertificateIssueDate:day
    CertificateExpiryDate:day? MeasuringTool:LaboratoryMeasuringTool+
SubUnit :: @Id:id @ParentId:ref? Name:text Address:text? Order:text?
SubUnits :: SubUnit*
SubUnit2 :: = text @Id:ref?
ProfessionKod2 :: = ProfessionKod @Name:text?
WorkPlaceDeclared :: Id:text Position:text SubUnit:SubUnit2? Profession:ProfessionKod2
    WorkersQuantity:whole WomansQuantity:whole? TeenagersQuantity:whole? InvalidsQuantity:whole?
    ExpertConclusion:text Snils+
WorkPlaceImpossibleMeasurements :: Id:text Position:text SubUnit:SubUnit2? Profession:ProfessionKod2
    WorkersQuantity:whole WomansQuantity:whole? TeenagersQuantity:whole? InvalidsQuantity:whole?
    CommitteeProtocol:text Snils+
SimilarWorkPlacesGroup :: WorkPlaceId:text{2,}
PersonalProtectiveEquipmentCertificate :: Number:text IssueDate:day ExpiryDate:day
    CertificationOrganization:text
PersonalProtectiveEquipment :: Name:text Norm:text Certificate:PersonalProtectiveEquipmentCertificate?
    AvailabilityCheck:Bit OperatingDocumentationCheck:Bit MarkingCheck:Bit CompletnessCheck:Bit
    Factor{1,14}
Measure :: = number @Unit:text?
PPEEfficiencyAttributes :: Weight:Measure Value:Bit Comment:text?
ComfortFactors :: WearComfort:PPERespiratoryOrgansComfort BreathingEasiness:PPERespiratoryOrgansComfort
    MoistureUnderMask:PPERespiratoryOrgansComfort HighTemperatureUnderMask:PPERespiratoryOrgansComfort
    FitQualityMaskToChin:PPERespiratoryOrgansComfort FitQualityMaskNearNose:PPERespiratoryOrgansComfort
    FitQualityMaskToCheeks:PPERespiratoryOrgansComfort ViewLimitation:PPERespiratoryOrgansComfort
    EyesPPECompatibility:PPERespiratoryOrgansComfort
    MaskFixationReliabilityOverFace:PPERespiratoryOrgansComfort
    MaskStability:PPERespiratoryOrgansComfort Excoriation:PPERespiratoryOrgansComfort
    ConversationPossibility:PPERespiratoryOrgansComfort StorageConvenience:PPERespiratoryOrgansComfort
PPEConsumerProperties :: Weight:Measure Value:Bit Comment:text? MaskTightness:Bit ComfortFactors
EfficiencyAttributes :: PPECorrespondenceToFactors:PPEEfficiencyAttributes
    PPEProtectiveAttributesCorrespondenceToFactorsLevels:PPEEfficiencyAttributes PPEConsumerProperties?
    PPEProtectiveAttributesCorrespondenceToFactorsLevelsForSelectiveEconomicActivity:PPEEfficiencyAttributes?
    PPEUsageTimeCorrespondenceToProtectivePropertiesPreservation:PPEEfficiencyAttributes
    PPEServiceabilityCheck:PPEEfficiencyAttributes PPEStock:PPEEfficiencyAttributes
    ToolboxTalk:PPEEfficiencyAttributes OccupationalDisease:PPEEfficiencyAttributes
PersonalProtectiveEquipmentEfficiency :: Factor EfficiencyAttributes
    CollectiveProtectionMeansServiceability:text? WorkingConditionsClassReduction:text
PersonalProtectiveEquipmentUsage :: EmployeeName:FullName Snils StockCardCheck:Bit StandardNormName:text
    PersonalProtectiveEquipment* PersonalProtectiveEquipmentEfficiency{1,14}
PersonalProtectiveEquipment2 :: PersonalProtectiveEquipmentProtocol:text?
    PPEEfficiencyInvestigationDate:day? PPEExpert:ExpertRegistrationNumber?
    PersonalProtectiveEquipmentUsage*
SimilarWorkPlace :: Id:text Position:text SubUnit:SubUnit2 WorkersQuantity:whole WomansQuantity:whole
    TeenagersQuantity:whole InvalidsQuantity:whole WorkingConditions
    WorkingConditionsPPE:WorkingConditions? Snils+
    PersonalProtectiveEquipment:PersonalProtectiveEquipment2?
Specificity :: = SpecificityKod @Name:text?
Arrangement :: Name:text Purpose:text? DueDate:text? EngagedUnits:text?
WorkingConditionsImprovement :: +name Arrangement*
OperatingMode :: = text @Name:text?
Recommendations :: +name WorkingConditionsImprovement OperatingMode? StaffRecruitment:OperatingMode?
CompensationAttributes :: +name ActualAvailability:Bit NeedToEstablish:Bit Reason:text?
Compensations :: +name PayIncrease:CompensationAttributes CompensatoryLeave:CompensationAttributes
    HalfDay:CompensationAttributes Milk:CompensationAttributes DieteticTherapy:CompensationAttributes
    EarlyRetirement:CompensationAttributes MedicalInspection:CompensationAttributes
InjuryRiskClass :: = InjuryRiskKod @Name:text?
SedentaryPopulationsAvailability :: = SedentaryPopulationsAvailabilityKod @Name:text?
Factors :: ChemicalFactors? BiologicalFactors? Aerosol? Noise? Infrasound? Ultrasound? LocalVibration?
    OverallVibration? NonionizingRadiation? IonizingRadiation? Microclimate? LightEnvironment?
    LabourSeverity? LabourIntensity?
WorkPlaceAttested :: SOUTCardNumber:text SheetDate:day Id:text Position:text Profession:ProfessionKod2
    ETKS_EKS_Issue:text Specificity? SubUnit:SubUnit2 WorkersQuantity:whole WomansQuantity:whole
    TeenagersQuantity:whole InvalidsQuantity:whole RawMaterials:text Equipment:text Tools:text?
    JobDescription:text? WorkingConditions WorkingConditionsPPE:WorkingConditions? Snils+
    Recommendations? Compensations PersonalProtectiveEquipment:PersonalProtectiveEquipment2?
    InjuryRiskClass? SedentaryPopulationsAvailability? Factors{1,14}
Enterprise :: Name:OrganizationName OGRN INN OKPO OKOGU OKVED:AttestationOrganizationOKVED OKATO
    DeJureAddress:PostAddress PostAddress Phone:text* Fax:text* E-mail:text+ Director:text SubUnits*
    WorkPlaceDeclared* WorkPlaceImpossibleMeasurements* SimilarWorkPlacesGroup* SimilarWorkPlace*
    WorkPlaceAttested*
Attestation :: FileInfo Date:day WorkPlacesQuantity:whole WorkPlacesAttested:whole Region Contract:text?
    ExpertConclusion:text? ProductionControlProtocol:text? Committee AttestationOrganization
    Laboratory:AttestationLaboratory* Enterprise
"""

GROUPS = {
    "+name": "@Name:text?",
    "+tools": "MeasuringTool:Used+ WorkerForMeasurement:Used+",
    "+acts": "NormativeAct:text{1,11}",
    "+classes": "WorkingConditions WorkingConditionsPPE:WorkingConditions? MeasurementPurpose:text?",
}
