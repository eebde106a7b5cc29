"""Risk models and forecasts: what a worker's exposure and measurements may lead to, and in how many people.

Requirements: R2, C4.
Law: order 29н of Минздрав (SCORE), standards and publications named by each model.
Invariants: outside its range a model refuses and names the range; a missing input is never normal;
a forecast is never overwritten, a new edition makes a new row; an employer never sees a personal result.
"""
