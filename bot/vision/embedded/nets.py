"""Nets that ONNX Runtime runs, all set up the same way."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

Array = npt.NDArray[np.float32]


class Net:
    """A net of one input and one output; threads may share it.

    Args:
        source: Its file, or its bytes.
    """

    def __init__(self, source: Path | bytes) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        model = source if isinstance(source, bytes) else str(source)
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def __call__(self, batch: Array) -> Array:
        """Run a batch."""
        outputs: list[Any] = list(self._session.run(None, {self._input: batch}))
        return np.asarray(outputs[0], dtype=np.float32)
