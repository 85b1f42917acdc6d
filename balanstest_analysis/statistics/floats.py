"""The arrays that the statistics are about; by itself, for who reads counts needs no more."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
