"""Reads the arrays out of a file of PyTorch's first format, without PyTorch and without running what lies in it."""

import pickle
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

PREAMBLE: Final = 3
"""Pickles before the first one that matters: a magic number, a version, the sizes of types."""


KINDS: Final[Mapping[str, Any]] = {"FloatStorage": np.float32, "LongStorage": np.int64}


def _tensor(
    storage: tuple[Any, ...], offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_rest: object
) -> Any:
    return storage, offset, shape, strides


class _Unpickler(pickle.Unpickler):
    """Builds dictionaries and descriptions of tensors, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        allowed: dict[tuple[str, str], Any] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _tensor,
            **{("torch", kind): kind for kind in KINDS},
        }
        if (module, name) not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a file of weights")
        return allowed[module, name]

    def persistent_load(self, pid: Any) -> Any:
        _, kind, key, _device, count, _view = pid
        return kind, key, count


def arrays(path: Path) -> dict[str, Array]:
    """Read every tensor by its name.

    Raises:
        pickle.UnpicklingError: The file holds something other than tensors.
    """
    with path.open("rb") as file:
        for _ in range(PREAMBLE):
            _load(file)
        tensors = _load(file)
        keys = _load(file)
        kinds = {storage[1]: storage[0] for storage, *_ in tensors.values()}
        stored = {key: _stored(file, kinds[key]) for key in keys}
    return {name: _view(stored[storage[1]], *place) for name, (storage, *place) in tensors.items()}


def _load(file: BinaryIO) -> Any:
    return _Unpickler(file).load()


def _stored(file: BinaryIO, kind: str) -> Array:
    count = int.from_bytes(file.read(8), "little")
    dtype = np.dtype(KINDS[kind])
    return np.frombuffer(file.read(count * dtype.itemsize), dtype)


def _view(flat: Array, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> Array:
    steps = [step * flat.itemsize for step in strides]
    return np.ascontiguousarray(np.lib.stride_tricks.as_strided(flat[offset:], shape, steps))
