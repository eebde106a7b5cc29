"""Clinical COPD questionnaire."""

from ...rules import model
from ...rules.scales import copd_questionnaire

MODEL = model(__file__, copd_questionnaire)
