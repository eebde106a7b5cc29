"""Age and noise together, age part of 2017."""

from ...rules import model
from ...rules.hearing import htlan_2017

MODEL = model(__file__, htlan_2017)
