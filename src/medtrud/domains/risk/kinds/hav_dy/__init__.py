"""Years until a tenth of a group has white fingers."""

from ...rules import model
from ...rules.vibration import fingers

MODEL = model(__file__, fingers)
