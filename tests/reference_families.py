"""Families of the reference cases that the analysis does not use, as entries of the same shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtr, ndtri

from balanstest_analysis.statistics.curves import LOGIT, Link, linear_curve, moments_from
from balanstest_analysis.statistics.families import CurveFamily, glm_family
from balanstest_analysis.statistics.floats import Floats

PROBIT = Link(
    name="Probit",
    inverse=ndtr,
    slope=lambda rate: np.exp(-(ndtri(rate) ** 2) / 2) / np.sqrt(2 * np.pi),
    forward=ndtri,
)


@dataclass(frozen=True, kw_only=True)
class WeibullCurve:
    """p = g + (1 - g) (1 - exp(-b x^a)), with logit g, log b and log (a - least) as parameters.

    A fixed exponent leaves the first two; an exponent of 1 is the quantal-linear model.
    """

    months: Floats
    exponent: float | None = None
    least: float = 0.0

    @property
    def parameter_names(self) -> tuple[str, ...]:
        return ("logit_background", "log_slope", "log_exponent")[: 2 if self.exponent else 3]

    def _parts(self, parameters):
        background, slope = expit(parameters[:, 0:1]), np.exp(parameters[:, 1:2])
        a = self.exponent or self.least + np.exp(parameters[:, 2:3])
        log_x = np.log(np.where(self.months > 0, self.months, 1.0))
        hazard = np.where(self.months > 0, slope * np.exp(a * log_x), 0.0)
        return background, hazard, a, log_x

    def rates(self, parameters):
        background, hazard, _, _ = self._parts(parameters)
        return background - (1 - background) * np.expm1(-hazard)

    def jacobian(self, parameters, rates):
        background, hazard, a, log_x = self._parts(parameters)
        survival = np.exp(-hazard)
        columns = [background * (1 - background) * survival, (1 - background) * survival * hazard]
        if self.exponent is None:
            columns.append((1 - background) * survival * hazard * log_x * (a - self.least))
        return np.stack(columns, axis=1)

    def moments(self, parameters, rates, residual, weight):
        return moments_from(self.jacobian(parameters, rates), residual, weight)

    def start(self, exposure, events):
        low, high = events.min() / exposure.max() + 1e-3, 1 / self.months.max()
        a = self.exponent or self.least + 1.0
        return np.array([np.log(low), a * np.log(high), 0.0][: len(self.parameter_names)])

    def at(self, months):
        return WeibullCurve(
            months=np.asarray(months, dtype=float), exponent=self.exponent, least=self.least
        )


def _weibull(name, **fixed):
    return CurveFamily(
        name=name,
        formula="p = g + (1 - g) (1 - exp(-b x^a))",
        parameters=2 if "exponent" in fixed else 3,
        bind=lambda months, _: WeibullCurve(months=np.asarray(months, dtype=float), **fixed),
    )


PROBIT_FAMILY = glm_family("probit", "probit p = a + b x", PROBIT, lambda x: x)
QUANTAL_LINEAR = _weibull("quantal-linear", exponent=1.0)
WEIBULL = _weibull("weibull", least=1.0)
WEIBULL_UNRESTRICTED = _weibull("weibull-unrestricted")


# A second group of subjects lies on the same axis, this much further on.
SECOND_GROUP = 1000.0


def _common_slope(x):
    second = x >= SECOND_GROUP
    return np.column_stack([~second, second, x - SECOND_GROUP * second]).astype(float)


COMMON_SLOPE = CurveFamily(
    name="common-slope",
    formula="logit p = a_group + b x",
    parameters=3,
    bind=lambda months, _: linear_curve(
        LOGIT, _common_slope, ("first", "second", "slope"), np.asarray(months, dtype=float)
    ),
)


@dataclass(frozen=True, kw_only=True)
class CommonStartCurve:
    """p = c + (d - c) (1 - exp(-exp(b (log x - log e)))) for two groups that share d.

    The parameters are logit d, then b, log e and logit c of the first group, then of the second.
    """

    months: Floats
    parameter_names: tuple[str, ...] = (
        "logit_d", "b_1", "log_e_1", "logit_c_1", "b_2", "log_e_2", "logit_c_2"
    )  # fmt: skip

    def _parts(self, parameters):
        second = self.months >= SECOND_GROUP
        x = np.where(second, self.months - SECOND_GROUP, self.months)
        b, log_e, logit_c = (
            np.where(second, parameters[:, place + 3 : place + 4], parameters[:, place : place + 1])
            for place in (1, 2, 3)
        )
        distance = np.log(np.maximum(x, 1e-9)) - log_e
        hazard = np.exp(np.clip(b * distance, -30.0, 30.0))
        return expit(parameters[:, 0:1]), expit(logit_c), b, distance, hazard, second

    def rates(self, parameters):
        start, end, _, _, hazard, _ = self._parts(parameters)
        return end - (start - end) * np.expm1(-hazard)

    def jacobian(self, parameters, rates):
        start, end, b, distance, hazard, second = self._parts(parameters)
        alive = np.exp(-hazard)
        steep = (start - end) * alive * hazard
        own = [steep * distance, -steep * b, end * (1 - end) * alive]
        columns = [start * (1 - start) * (1 - alive)]
        columns += [column * ~second for column in own] + [column * second for column in own]
        return np.stack(columns, axis=1)

    def moments(self, parameters, rates, residual, weight):
        return moments_from(self.jacobian(parameters, rates), residual, weight)

    def start(self, exposure, events):
        return np.array([2.5, -1.5, 3.0, -0.8, -1.0, 4.0, -3.0])

    def at(self, months):
        return CommonStartCurve(months=np.asarray(months, dtype=float))


COMMON_START = CurveFamily(
    name="common-start",
    formula="p = c + (d - c) (1 - exp(-exp(b (log x - log e))))",
    parameters=7,
    bind=lambda months, _: CommonStartCurve(months=np.asarray(months, dtype=float)),
)
