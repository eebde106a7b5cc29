"""The upload of ФГИС СОУТ 1.0.3 in our own words: fourteen factors. The notation is that of sout_words."""

WORDS = r"""
Protocol :: +name Number:text Date:day? ProductionControlExpertConclusion:text?
Agent :: = whole @Name:text?
SignedFloatValue :: = number @Unit:text? @Sign:Sign?
ChemistryAnalysisMethod :: = ChemistryAnalysisMethodKod @Name:text?
MeasurementConditions :: AirTemperature:Measure? AtmospherePressure:Measure? AirHumidity:Measure?
Used :: @Id:ref @Name:text?
MeasuringPlace :: +name Name:text Date:day ConcentrationMax:SignedFloatValue?
    ConcentrationAvg:SignedFloatValue? Duration FactorSource:text
    AnalysisMethod:ChemistryAnalysisMethod? MeasurementConditions? +tools
ChemicalAgent :: +name Kod:Agent ConcentrationMax:SignedFloatValue? ConcentrationAvg:SignedFloatValue?
    NormValueMax:Measure? NormValueAvg:Measure? WorkingConditions +acts MeasuringPlace+
AgentNoNormValue :: = AgentKod @Name:text?
ChemicalAgentNoNormValueMeasuringPlace :: +name Name:text Date:day Duration FactorSource:text
    WorkerForMeasurement:Used+
ChemicalAgentNoNormValue :: +name Kod:AgentNoNormValue WorkingConditions +acts
    MeasuringPlace:ChemicalAgentNoNormValueMeasuringPlace+
EnzymeMeasuringPlace :: +name Name:text Date:day ConcentrationMax:SignedFloatValue Duration
    FactorSource:text MeasurementConditions? +tools
Enzyme :: +name Kod:Agent ConcentrationMax:SignedFloatValue NormValue:Measure WorkingConditions +acts
    MeasuringPlace:EnzymeMeasuringPlace+
ChemicalFactors :: +name +classes Protocol* ChemicalAgent* ChemicalAgentNoNormValue* Enzyme*
MicroorganismProducerMeasuringPlace :: +name Name:text Date:day ConcentrationMax:Measure? Duration
    FactorSource:text +tools
MicroorganismProducer :: +name Kod:Agent NormValue:Measure WorkingConditions +acts
    MeasuringPlace:MicroorganismProducerMeasuringPlace+
MicroorganismPathogenic :: +name Kod:Agent WorkingConditions +acts
    MeasuringPlace:ChemicalAgentNoNormValueMeasuringPlace+
BiologicalFactors :: +name +classes Protocol* MicroorganismProducer* MicroorganismPathogenic*
WorkCategory :: = WorkCategoryKod @Name:text?
DustBurden :: +name Value:Measure NormValue:Measure WorkDaysPerYear:Measure WorkCategory
ChemicalAgentMeasuringPlace :: +name Name:text Date:day ConcentrationAvg:SignedFloatValue? Duration
    FactorSource:text MeasurementConditions? +tools
AerosolChemicalAgent :: +name Kod:Agent ConcentrationAvg:SignedFloatValue NormValue:Measure
    WorkingConditions +acts MeasuringPlace:ChemicalAgentMeasuringPlace+
Aerosol :: +name DustBurden? +classes Protocol* ChemicalAgent:AerosolChemicalAgent*
NoiseTimeBehavior :: = NoiseTimeBehaviorKod @Name:text?
NoiseOctave :: = NoiseOctaveKod @Name:text?
SoundPressureOctave :: Octave:NoiseOctave Value:Measure NormValue:Measure
NoiseMeasuringPlace :: +name Name:text Date:day TimeBehavior:NoiseTimeBehavior ValueMax:Measure?
    Value:Measure Duration FactorSource:text +tools SoundPressureOctave{0,9}
MeasuringData :: +name DateTime:moment Value:Measure ValueMax:Measure? MeasurementDuration:Duration
    +tools SoundPressureOctave{0,9}
WorkOperation :: +name Name:text TimeBehavior:NoiseTimeBehavior OperationDuration:DurationMinutes+
    FactorSource:text MeasuringData{3,6}
WorkOperationStrategy :: +name Value:Measure Uncertainty:Measure WorkOperation+
WorkFunctionStrategyMeasuringData :: +name DateTime:moment Value:Measure ValueMax:Measure?
    MeasurementDuration:Duration SoundPressureOctave{0,9} FactorSource:text +tools
WorkFunctionStrategy :: +name Name:text GroupSize:text EffectiveWorkDayDuration:text
    TimeBehavior:NoiseTimeBehavior Value:Measure Uncertainty:Measure
    MeasuringData:WorkFunctionStrategyMeasuringData{5,}
WorkDayStrategy :: +name EffectiveWorkDayDuration:text TimeBehavior:NoiseTimeBehavior Value:Measure
    Uncertainty:Measure MeasuringData:WorkFunctionStrategyMeasuringData{3,5}
Noise :: +name Value:Measure Uncertainty:Measure? NormValue:Measure +classes +acts Protocol*
    MeasuringPlace:NoiseMeasuringPlace* WorkOperationStrategy? WorkFunctionStrategy? WorkDayStrategy?
InfrasoundTimeBehavior :: = InfrasoundTimeBehaviorKod @Name:text?
InfrasoundOctave :: = InfrasoundOctaveKod @Name:text?
MeasuringPlaceSoundPressureOctave :: Octave:InfrasoundOctave Value:Measure? NormValue:Measure
InfrasoundMeasuringPlace :: +name Name:text Date:day TimeBehavior:InfrasoundTimeBehavior Value:Measure
    Duration FactorSource:text +tools SoundPressureOctave:MeasuringPlaceSoundPressureOctave{0,4}
Infrasound :: +name Value:Measure NormValue:Measure +classes +acts Protocol*
    MeasuringPlace:InfrasoundMeasuringPlace+
UltrasoundTimeBehavior :: = UltrasoundTimeBehaviorKod @Name:text?
UltrasoundOctave :: = UltrasoundOctaveKod @Name:text?
MeasuringPlaceSoundPressureOctave2 :: Octave:UltrasoundOctave Value:Measure NormValue:Measure
UltrasoundMeasuringPlace :: +name Name:text Date:day TimeBehavior:UltrasoundTimeBehavior Duration
    FactorSource:text WorkingConditions SoundPressureOctave:MeasuringPlaceSoundPressureOctave2{1,10}
    +tools
Ultrasound :: +name +classes +acts Protocol* MeasuringPlace:UltrasoundMeasuringPlace+
VibrationTimeBehavior :: = VibrationTimeBehaviorKod @Name:text?
LocalVibrationOctave :: = LocalVibrationOctaveKod @Name:text?
VibrationAcceleration :: Octave:LocalVibrationOctave ValueX:Measure ValueY:Measure ValueZ:Measure
    NormValue:Measure
LocalVibrationMeasuringPlace :: +name Name:text Date:day TimeBehavior:VibrationTimeBehavior
    ValueX:Measure ValueY:Measure ValueZ:Measure Duration FactorSource:text +tools
    VibrationAcceleration{0,8}
LocalVibration :: +name ValueX:Measure ValueY:Measure ValueZ:Measure NormValue:Measure +classes +acts
    Protocol* MeasuringPlace:LocalVibrationMeasuringPlace+
OverallVibrationOctave :: = OverallVibrationOctaveKod @Name:text?
MeasuringPlaceVibrationAcceleration :: Octave:OverallVibrationOctave ValueX:Measure ValueY:Measure
    ValueZ:Measure NormValueXY:Measure NormValueZ:Measure
OverallVibrationMeasuringPlace :: +name Name:text Date:day TimeBehavior:VibrationTimeBehavior
    ValueX:Measure ValueY:Measure ValueZ:Measure Duration FactorSource:text +tools
    VibrationAcceleration:MeasuringPlaceVibrationAcceleration{0,21}
OverallVibration :: +name ValueX:Measure ValueY:Measure ValueZ:Measure NormValueXY:Measure
    NormValueZ:Measure +classes +acts Protocol* MeasuringPlace:OverallVibrationMeasuringPlace+
EMField50hzHeight :: = EMField50hzHeightValues @Unit:text?
MeasuringPlaceMeasuringData :: Height:EMField50hzHeight Value:Measure
ElectricFieldIntensity50HzMeasuringPlace :: +name Name:text Date:day Duration FactorSource:text
    MeasuringData:MeasuringPlaceMeasuringData{1,3} MeasuringTool:Used* WorkerForMeasurement:Used+
ElectricFieldIntensity50Hz :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:ElectricFieldIntensity50HzMeasuringPlace+
OverallMagneticFieldIntensity50HzMeasuringPlace :: +name Name:text Date:day Duration FactorSource:text
    MeasuringData:MeasuringPlaceMeasuringData{1,4} +tools
OverallMagneticFieldIntensity50Hz :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:OverallMagneticFieldIntensity50HzMeasuringPlace+
LocalEMField50hzHeight :: = LocalEMField50hzHeightValues @Unit:text?
MeasuringPlaceMeasuringData2 :: Height:LocalEMField50hzHeight Value:Measure
LocalMagneticFieldIntensity50HzMeasuringPlace :: +name Name:text Date:day Duration FactorSource:text
    MeasuringData:MeasuringPlaceMeasuringData2{1,3} +tools
LocalMagneticFieldIntensity50Hz :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:LocalMagneticFieldIntensity50HzMeasuringPlace+
OperativeConditions1MeasuringPlace :: +name Name:text Date:day Duration FactorSource:text
    MeasuringData:MeasuringPlaceMeasuringData{1,3} +tools
OperativeConditions1 :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:OperativeConditions1MeasuringPlace+
ImpulseMagneticField :: +name OperativeConditions1? OperativeConditions2:OperativeConditions1?
    OperativeConditions3:OperativeConditions1?
ElectromagneticField50Hz :: +name ElectricFieldIntensity50Hz? OverallMagneticFieldIntensity50Hz?
    OverallMagneticFieldInduction50Hz:OverallMagneticFieldIntensity50Hz?
    LocalMagneticFieldIntensity50Hz? LocalMagneticFieldInduction50Hz:LocalMagneticFieldIntensity50Hz?
    ImpulseMagneticField?
Posture :: = PostureKod @Name:text?
RFFieldHeight :: = RFFieldHeightValues @Unit:text?
MeasuringPlaceMeasuringData3 :: Height:RFFieldHeight Value:Measure
ElectricFieldIntensityMeasuringPlace :: +name Name:text Date:day Duration Posture FactorSource:text
    MeasuringData:MeasuringPlaceMeasuringData3{3,3} +tools
ElectricFieldIntensity :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:ElectricFieldIntensityMeasuringPlace+
RadioFields_0.01-0.03mHz :: +name ElectricFieldIntensity? MagneticFieldIntensity:ElectricFieldIntensity?
MagneticFieldIntensity_0.03-3mHzMeasuringPlace :: +name Name:text Date:day Duration Posture
    FactorSource:text MeasuringData:MeasuringPlaceMeasuringData3{0,3} +tools
MagneticFieldIntensity_0.03-3mHz :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:MagneticFieldIntensity_0.03-3mHzMeasuringPlace+
RadioFields_0.03-300mHz :: +name ElectricFieldRadiantExposure_0.03-3mHz:ElectricFieldIntensity?
    MagneticFieldRadiantExposure_0.03-3mHz:ElectricFieldIntensity?
    ElectricFieldRadiantExposure_3-30mHz:ElectricFieldIntensity?
    ElectricFieldRadiantExposure_30-300mHz:ElectricFieldIntensity?
    MagneticFieldRadiantExposure_30-50mHz:ElectricFieldIntensity?
    ElectricFieldIntensity_0.03-3mHz:ElectricFieldIntensity?
    MagneticFieldIntensity_0.03-3mHz:MagneticFieldIntensity_0.03-3mHz?
    ElectricFieldIntensity_3-30mHz:ElectricFieldIntensity?
    ElectricFieldIntensity_30-300mHz:ElectricFieldIntensity?
    MagneticFieldIntensity_30-50mHz:MagneticFieldIntensity_0.03-3mHz?
LocalEnergyFluxDensityMeasuringPlace :: +name Name:text Value:Measure Date:day Duration
    FactorSource:text +tools
LocalEnergyFluxDensity :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:LocalEnergyFluxDensityMeasuringPlace+
RadioFields_300mHz-300gHz :: +name EnergyFluxDensityRadiantExposure:ElectricFieldIntensity?
    OverallEnergyFluxDensity:ElectricFieldIntensity? LocalEnergyFluxDensity?
RadioFields :: +name RadioFields_0.01-0.03mHz:RadioFields_0.01-0.03mHz?
    RadioFields_0.03-300mHz:RadioFields_0.03-300mHz?
    RadioFields_300mHz-300gHz:RadioFields_300mHz-300gHz?
ConstantMagneticField :: +name OverallMagneticFieldIntensity:ElectricFieldIntensity?
    OverallMagneticFieldInduction:ElectricFieldIntensity?
    LocalMagneticFieldIntensity:LocalMagneticFieldIntensity50Hz?
    LocalMagneticFieldInduction:LocalMagneticFieldIntensity50Hz?
UltravioletHeight :: = UltravioletHeightValues @Unit:text?
MeasuringPlaceMeasuringData4 :: Height:UltravioletHeight Value:Measure
UVA_60minMeasuringPlace :: +name Name:text Date:day Duration FactorSource:text
    MeasuringData:MeasuringPlaceMeasuringData4{2,3} +tools
UVA_60min :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:UVA_60minMeasuringPlace+
UltravioletRadiation :: +name UVA_60min? UVB_60min:UVA_60min? UVC_60min:UVA_60min? UVA_240min:UVA_60min?
    UVB_240min:UVA_60min? UVBC:UVA_60min?
PulseRadiation :: ExposureType:LaserExposureType PulseDuration:Measure PulseFrequency:Measure
    ExposureTime:Measure Duration:DurationSeconds WaveLength:Measure Power:Measure?
    OutputBeamDiameter:Measure? LaserDangerType? EnergyValue:Measure? NormEnergyValue:Measure?
    PowerValue:Measure? NormPowerValue:Measure? NormDailyDose:Measure? +tools
ContinuousRadiation :: ExposureType:LaserExposureType ExposureTime:Measure Duration:DurationSeconds
    WaveLength:Measure Power:Measure? OutputBeamDiameter:Measure? LaserDangerType? EnergyValue:Measure?
    NormEnergyValue:Measure? PowerValue:Measure? NormPowerValue:Measure? NormDailyDose:Measure? +tools
SkinIrradiationMeasuringData :: MeasuringPlaceName:text Date:day EnergyValue:Measure?
    NormEnergyValue:Measure? PowerValue:Measure? NormPowerValue:Measure? WorkingConditions +acts
    PulseRadiation* ContinuousRadiation*
SkinIrradiation :: MeasuringData:SkinIrradiationMeasuringData+
MeasuringDataPulseRadiation :: ExposureType:LaserExposureType CollimationType PulseDuration:Measure
    PulseFrequency:Measure ExposureTime:Measure Duration:DurationSeconds WaveLength:Measure
    Power:Measure? OutputBeamDiameter:Measure? RadiationAngular:Measure? LaserDangerType?
    EnergyValue:Measure? NormEnergyValue:Measure? PowerValue:Measure? NormPowerValue:Measure? +tools
MeasuringDataContinuousRadiation :: ExposureType:LaserExposureType CollimationType ExposureTime:Measure
    Duration:DurationSeconds WaveLength:Measure Power:Measure? OutputBeamDiameter:Measure?
    RadiationAngular:Measure? LaserDangerType? EnergyValue:Measure? NormEnergyValue:Measure?
    PowerValue:Measure? NormPowerValue:Measure? +tools
RetinaIrradiationMeasuringData :: MeasuringPlaceName:text Date:day EnergyValue:Measure?
    NormEnergyValue:Measure? PowerValue:Measure? NormPowerValue:Measure? WorkingConditions +acts
    PulseRadiation:MeasuringDataPulseRadiation* ContinuousRadiation:MeasuringDataContinuousRadiation*
RetinaIrradiation :: +name MeasuringData:RetinaIrradiationMeasuringData+
LaserRadiation :: +name SkinIrradiation* CorneaIrradiation:SkinIrradiation* RetinaIrradiation*
NonionizingRadiation :: +name +classes Protocol* ElectromagneticField50Hz? RadioFields?
    ElectrostaticField:ElectricFieldIntensity? ConstantMagneticField? UltravioletRadiation?
    LaserRadiation?
RadiationStaffGroup :: = RadiationStaffGroupKod @Name:text?
RadiationType :: = RadiationTypeKod @Name:text?
Radionuclide :: Kod:whole InhalationCompoundType:text
EffectiveDoseMeasuringPlace :: +name Name:text Value:Measure RadiationType Duration FactorSource:text
    Date:day Radionuclide* +tools
EffectiveDose :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:EffectiveDoseMeasuringPlace+
EquivalentDoseLensMeasuringPlace :: +name Name:text Value:Measure RadiationType Duration
    FactorSource:text Date:day +tools
EquivalentDoseLens :: +name Value:Measure NormValue:Measure WorkingConditions +acts
    MeasuringPlace:EquivalentDoseLensMeasuringPlace+
XRadiation :: +name EffectiveDose? EquivalentDoseLens? EquivalentDoseSkinHandFoot:EquivalentDoseLens?
AlphaActiveNuclidesSeparateMeasuringPlace :: Name:text Value:Measure Duration +tools
AlphaActiveNuclidesSeparate :: ContaminationObject Value:Measure NormValue:Measure Date:day
    WorkingConditions +acts MeasuringPlace:AlphaActiveNuclidesSeparateMeasuringPlace+
RadioactiveContamination :: +name AlphaActiveNuclidesSeparate{0,5}
    AlphaActiveNuclidesOther:AlphaActiveNuclidesSeparate{0,5}
    BetaActiveNuclides:AlphaActiveNuclidesSeparate{0,5}
IonizingRadiation :: +name +classes StaffGroup:RadiationStaffGroup Protocol* XRadiation?
    RadioactiveContamination?
MicroclimatePlaceType :: = MicroclimatePlaceTypeKod @Name:text?
AirTemperatureHeight :: = AirTemperatureHeightKod @Unit:text?
AirTemperatureAirTemperatureHeight :: Height:AirTemperatureHeight Value:Measure
AirTemperature :: +name Value:Measure NormValueMin:Measure NormValueMax:Measure WorkingConditions? +acts
    AirTemperatureHeight:AirTemperatureAirTemperatureHeight{2,2} +tools
AirSpeed :: +name Value:Measure NormValue:Measure WorkingConditions? FactorSource:text? +acts
    AirSpeedHeight:AirTemperatureAirTemperatureHeight{2,2} +tools
AirHumidityHeight :: = AirHumidityHeightKod @Unit:text?
AirHumidity :: +name Height:AirHumidityHeight Value:Measure NormValueMin:Measure NormValueMax:Measure
    WorkingConditions? +acts +tools
IndexValueHeight :: Height:AirTemperatureHeight Value:Measure? MoistBulbTemperature:Measure?
    BlackSphereTemperature:Measure?
ThermalLoadIndex :: +name Value:Measure NormValue:Measure WorkingConditions +acts IndexValueHeight*
    +tools
HeatRadiationIntensityHeight :: = HeatRadiationIntensityHeightKod @Unit:text?
HeatRadiationIntensityHeatRadiationIntensityHeight :: Height:HeatRadiationIntensityHeight Value:Measure
HeatRadiationIntensity :: +name Value:Measure FactorSource:text NormValue:Measure WorkingConditions
    DoseValue:Measure? DoseNormValue:Measure? Surface:Measure? DoseWorkingConditions:WorkingConditions?
    +acts HeatRadiationIntensityHeight:HeatRadiationIntensityHeatRadiationIntensityHeight{3,3} +tools
MicroclimateMeasuringPlace :: +name Name:text Date:day Duration WorkingConditions WorkCategory
    MicroclimatePlaceType? Posture AirTemperature? AirSpeed? AirHumidity? ThermalLoadIndex?
    HeatRadiationIntensity?
Microclimate :: +name +classes Protocol* MeasuringPlace:MicroclimateMeasuringPlace+
LevelAndOrientation :: = LevelAndOrientationKod @Name:text?
VisualWorkCategory :: = VisualWorkCategoryKod @Name:text?
GeneralIllumination :: +name Value:Measure? NormValue:Measure WorkingConditions +acts +tools
DirectGlare :: +name WorkingConditions FactorSource:text NormativeAct:text+ WorkerForMeasurement:Used+
LightEnvironmentMeasuringPlace :: +name Name:text Date:day Duration LevelAndOrientation?
    (RoomType:OperatingMode | VisualWorkCategory) WorkingConditions GeneralIllumination?
    CombinedIlluminationTotal:GeneralIllumination? CombinedIlluminationFromGeneral:GeneralIllumination?
    DirectGlare? ReflectedGlare:DirectGlare?
LightEnvironment :: +name +classes Protocol* MeasuringPlace:LightEnvironmentMeasuringPlace+
WeightMovementMeasurement :: Weight:Measure Distance:Measure TimesPerDay:whole
WeightMovementLess1mMale :: +name Value:Measure NormValue:Measure WorkingConditions JobDescription:text?
    +acts +tools WeightMovementMeasurement*
PhysicalDynamicLoad :: +name WeightMovementLess1mMale?
    WeightMovementLess1mFemale:WeightMovementLess1mMale?
    WeightMovement1to5mMale:WeightMovementLess1mMale?
    WeightMovement1to5mFemale:WeightMovementLess1mMale?
    WeightMovementMore5mMale:WeightMovementLess1mMale?
    WeightMovementMore5mFemale:WeightMovementLess1mMale?
SingleWeightLiftingMale :: +name Value:Measure NormValue:Measure WorkingConditions JobDescription:text?
    +acts +tools
WeightLiftingMeasurement :: Weight:Measure TimesPerDay:whole
TotalWeightLiftingOffWorkSurfaceMale :: +name Value:Measure NormValue:Measure WorkingConditions
    JobDescription:text? +acts +tools WeightLiftingMeasurement*
WeightLifting :: +name SingleWeightLiftingMale? SingleWeightLiftingFemale:SingleWeightLiftingMale?
    ConstantWeightLiftingMale:SingleWeightLiftingMale?
    ConstantWeightLiftingFemale:SingleWeightLiftingMale? TotalWeightLiftingOffWorkSurfaceMale?
    TotalWeightLiftingOffWorkSurfaceFemale:TotalWeightLiftingOffWorkSurfaceMale?
    TotalWeightLiftingOffFlorMale:TotalWeightLiftingOffWorkSurfaceMale?
    TotalWeightLiftingOffFlorFemale:TotalWeightLiftingOffWorkSurfaceMale?
MotorStereotypyMeasurement :: MotionNumber:Measure TimesPerDay:whole
MotorStereotypyLocalLoad :: +name Value:Measure? NormValue:Measure WorkingConditions
    JobDescription:text? +acts +tools MotorStereotypyMeasurement*
MotorStereotypy :: +name MotorStereotypyLocalLoad? MotorStereotypyRegionalLoad:MotorStereotypyLocalLoad?
StaticalLoadMeasurement :: Weight:Measure Duration:Measure TimesPerDay:whole
StaticalLoadOneHandMale :: +name Value:Measure NormValue:Measure WorkingConditions JobDescription:text?
    +acts +tools StaticalLoadMeasurement*
StaticalLoad :: +name StaticalLoadOneHandMale? StaticalLoadOneHandFemale:StaticalLoadOneHandMale?
    StaticalLoadTwoHandsMale:StaticalLoadOneHandMale?
    StaticalLoadTwoHandsFemale:StaticalLoadOneHandMale? StaticalLoadBodyMale:StaticalLoadOneHandMale?
    StaticalLoadBodyFemale:StaticalLoadOneHandMale?
WorkingPose :: = WorkingPoseKod @Name:text?
WorkingPoseMeasurement :: PoseType:text Duration:Measure
LabourSeverityWorkingPose :: +name Value:WorkingPose WorkingConditions JobDescription:text? +acts
    MeasuringTool:Used* WorkerForMeasurement:Used+ WorkingPoseMeasurement*
BodyBendingMeasurement :: BodyBendingNumber:Measure TimesPerDay:whole
BodyBending :: +name Value:Measure? NormValue:Measure WorkingConditions JobDescription:text? +acts
    +tools BodyBendingMeasurement*
TravellingMeasurement :: Distance:Measure TimesPerDay:whole
HorizontalTravelling :: +name Value:Measure? NormValue:Measure WorkingConditions JobDescription:text?
    +acts +tools TravellingMeasurement*
Travelling :: +name HorizontalTravelling? VerticalTravelling:HorizontalTravelling?
LabourSeverity :: +name WorkingConditions WorkingConditionsPPE:WorkingConditions? Date:day
    MeasurementPurpose:text? Protocol* PhysicalDynamicLoad? WeightLifting? MotorStereotypy?
    StaticalLoad? WorkingPose:LabourSeverityWorkingPose? BodyBending? Travelling?
SignalDensity :: +name Value:Measure? NormValueMin:Measure NormValueMax:Measure WorkingConditions +acts
    +tools
ObjectsUnderControl :: +name Value:Measure? NormValueMin:Measure NormValueMax:Measure WorkingConditions
    +acts WorkerForMeasurement:Used+
VocalLoad :: +name Value:Measure? NormValueMin:Measure NormValueMax:Measure WorkingConditions +acts
    MeasuringTool:Used* WorkerForMeasurement:Used+
LabourIntensity :: +name WorkingConditions WorkingConditionsPPE:WorkingConditions? Date:day
    JobDescription:text? MeasurementPurpose:text? Protocol* SignalDensity? ObjectsUnderControl?
    OpticalInstrumentUsage:SignalDensity? VocalLoad? OperationMonotony:ObjectsUnderControl?
    ControlMonotony:SignalDensity? RaptAttentionTime:SignalDensity?
"""
