"""Requests held against Rekognition's own service model, because botocore checks next to nothing before it sends."""

import base64
import binascii
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape

from bot.vision.embedded.refusals import Refused

INVALID = "InvalidParameterException"


@cache
def service() -> ServiceModel:
    """Load the model of the service that botocore carries."""
    return ServiceModel(Loader().load_service_model("rekognition", "service-2"), "rekognition")


def operation_model(operation: str) -> OperationModel | None:
    """Find an operation by Amazon's name, such as `DetectText`; None where there is no such thing."""
    model = service()
    return model.operation_model(operation) if operation in model.operation_names else None


def checked(operation: OperationModel, body: Mapping[str, Any]) -> dict[str, Any]:
    """Read a request as it went over the wire; blobs come back as bytes.

    Raises:
        Refused: It breaks a rule of the model: type, required member, range, length, pattern or enumeration.
    """
    shape = operation.input_shape
    return _structure(shape, body) if isinstance(shape, StructureShape) else {}


def _value(shape: Shape, value: Any) -> Any:
    if isinstance(shape, StructureShape):
        return _structure(shape, value)
    if isinstance(shape, ListShape):
        return _list(shape, value)
    if isinstance(shape, MapShape):
        return _map(shape, value)
    readers = {"string": _string, "blob": _blob, "boolean": _boolean, "integer": _integer, "float": _float}
    return readers[shape.type_name](shape, value)


def _structure(shape: StructureShape, value: Any) -> dict[str, Any]:
    _demand(isinstance(value, Mapping))
    _demand(value.keys() <= shape.members.keys())
    _demand(value.keys() >= set(shape.required_members))
    return {name: _value(shape.members[name], member) for name, member in value.items()}


def _list(shape: ListShape, value: Any) -> list[Any]:
    _demand(isinstance(value, list))
    _within(shape, len(value))
    return [_value(shape.member, member) for member in value]


def _map(shape: MapShape, value: Any) -> dict[str, Any]:
    _demand(isinstance(value, Mapping))
    _within(shape, len(value))
    return {_value(shape.key, key): _value(shape.value, member) for key, member in value.items()}


def _string(shape: Shape, value: Any) -> str:
    _demand(isinstance(value, str))
    _within(shape, len(value))
    pattern = shape.metadata.get("pattern")
    _demand(pattern is None or compiled(pattern).fullmatch(value) is not None)
    choices = shape.metadata.get("enum")
    _demand(choices is None or value in choices)
    return str(value)


def _blob(shape: Shape, value: Any) -> bytes:
    _demand(isinstance(value, str))
    try:
        data = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise Refused(INVALID) from error
    if shape.name == "ImageBlob" and len(data) > shape.metadata["max"]:
        raise Refused("ImageTooLargeException")
    _within(shape, len(data))
    return data


def _boolean(_shape: Shape, value: Any) -> bool:
    _demand(isinstance(value, bool))
    return bool(value)


def _integer(shape: Shape, value: Any) -> int:
    _demand(isinstance(value, int) and not isinstance(value, bool))
    _within(shape, value)
    return int(value)


def _float(shape: Shape, value: Any) -> float:
    _demand(isinstance(value, int | float) and not isinstance(value, bool))
    _within(shape, value)
    return float(value)


def _within(shape: Shape, size: float) -> None:
    low = shape.metadata.get("min", float("-inf"))
    high = shape.metadata.get("max", float("inf"))
    _demand(low <= size <= high)


def _demand(kept: bool) -> None:  # noqa: FBT001 - the one thing it is told is whether a rule was kept
    if not kept:
        raise Refused(INVALID)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the model; Java's Unicode classes are written Python's way."""
    return re.compile(pattern.replace(r"\p{L}", r"\w").replace(r"\p{N}", r"\d").replace(r"\p{Z}", r"\s"))
