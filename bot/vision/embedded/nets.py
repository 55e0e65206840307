"""Nets that ONNX Runtime runs, all set up the same way."""

import os
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

# Read by the import below it; else ONNX Runtime marks this machine with an id, and tells Microsoft of each model.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime as ort

Array = npt.NDArray[np.float32]

PROVIDER: Final = {"arena_extend_strategy": "kSameAsRequested"}
"""Memory that is kept grows by what is asked for, not to the next power of two."""


class Net:
    """A net of one input; threads may share it.

    Args:
        source: Its file, or its bytes.
        threads: How many work on one batch.
        keeps: Whether its memory is kept from batch to batch, which saves time where batches are large.
    """

    def __init__(self, source: Path | bytes, *, threads: int = 1, keeps: bool = False) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = keeps
        options.log_severity_level = 3
        model = source if isinstance(source, bytes) else str(source)
        self._session = ort.InferenceSession(model, options, providers=[("CPUExecutionProvider", PROVIDER)])
        self._input = self._session.get_inputs()[0].name

    @property
    def metadata(self) -> dict[str, str]:
        """What the file tells of itself, such as the letters that it knows."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def __call__(self, batch: Array) -> Array:
        """Run a batch through a net of one output."""
        (output,) = self.outputs(batch).values()
        return output

    def outputs(self, batch: Array) -> dict[str, Array]:
        """Run a batch: every output by its name."""
        outputs: list[Any] = list(self._session.run(None, {self._input: batch}))
        return {
            node.name: np.asarray(output, dtype=np.float32)
            for node, output in zip(self._session.get_outputs(), outputs, strict=True)
        }
