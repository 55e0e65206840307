"""YuNet, a net that finds faces: its packed weights as a graph for ONNX Runtime, and what it paints as faces.

How a cell of its maps tells a face: Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023. OpenCV has
the same as `FaceDetectorYN`, at two to three times the processor's time, and for one thread only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, NodeProto, TensorProto, numpy_helper

from bot.vision.embedded.nets import Array, Net
from bot.vision.embedded.pictures import Pixels

Rows = npt.NDArray[np.float32]
"""Faces × 15, the surest first, in pixels: left, top, width, height, x and y of five landmarks; last the score."""

STRIDES: Final = (8, 16, 32)
"""Pixels between the cells of its three maps."""
OVERLAP: Final = 0.3
"""Of two faces that share more of their area, the surer one counts (as OpenCV has it)."""
UNPACKS: Final = "DequantizeLinear"


class YuNet:
    """Finds faces; threads may share it.

    Args:
        weights: The file, with its weights packed in 8 bits.
        sure: The score from which on a find is a face, 0 to 1.
    """

    def __init__(self, weights: Path, sure: float) -> None:
        self._net = Net(onnx_of(weights))
        self._sure = sure

    def __call__(self, picture: Pixels) -> Rows:
        """Find the faces of a picture."""
        padded = _padded(picture)
        maps = self._net.outputs(np.asarray(cv2.dnn.blobFromImage(padded), dtype=np.float32))
        rows = [_faces(maps, stride, padded.shape[1] // stride, self._sure) for stride in STRIDES]
        found: Rows = np.concatenate(rows)
        kept = cv2.dnn.NMSBoxes(found[:, :4].tolist(), found[:, 14].tolist(), self._sure, OVERLAP)
        return found[np.asarray(kept, dtype=np.intp)]


def _padded(picture: Pixels) -> Pixels:
    """Add black to the right and below until every map fits."""
    down, right = (-side % max(STRIDES) for side in picture.shape[:2])
    return cv2.copyMakeBorder(picture, 0, down, 0, right, cv2.BORDER_CONSTANT).astype(np.uint8, copy=False)


def _faces(maps: Mapping[str, Array], stride: int, columns: int, sure: float) -> Rows:
    """Tell the faces of one map; its lists have an entry for each cell, row after row."""
    kind, there, box, marks = (maps[f"{name}_{stride}"][0] for name in ("cls", "obj", "bbox", "kps"))
    scores = np.sqrt(np.clip(kind[:, 0], 0, 1) * np.clip(there[:, 0], 0, 1))
    cells = np.flatnonzero(scores >= sure)
    corner = np.stack((cells % columns, cells // columns), axis=1).astype(np.float32)
    middle, size = (corner + box[cells, :2]) * stride, np.exp(box[cells, 2:]) * stride
    points = (marks[cells] + np.tile(corner, 5)) * stride
    return np.concatenate((middle - size / 2, size, points, scores[cells, None]), axis=1, dtype=np.float32)


def onnx_of(weights: Path) -> bytes:
    """Unpack the weights and open the input to pictures of every size; ONNX Runtime reads no biases packed in blocks.

    The input is 1 × 3 × height × width, blue first, 0 to 255; the outputs are named as in the file.
    """
    model = onnx.load(weights)
    graph, stored = model.graph, {tensor.name: tensor for tensor in model.graph.initializer}
    packed = [node for node in graph.node if node.op_type == UNPACKS]
    others = [node for node in graph.node if node.op_type != UNPACKS]
    used = {name for node in others for name in node.input}
    kept = [*(stored[name] for name in stored if name in used), *(_unpacked(node, stored) for node in packed)]
    _replace(graph.node, others)
    _replace(graph.initializer, kept)
    _replace(graph.value_info, [])
    _open_sizes(model)
    return bytes(model.SerializeToString())


def _unpacked(node: NodeProto, stored: Mapping[str, TensorProto]) -> TensorProto:
    """Do what `DequantizeLinear` says: a scale and a zero for each block of entries along an axis, or for all."""
    packed, scale, zero = (numpy_helper.to_array(stored[name]).astype(np.float32) for name in node.input)
    told = {attribute.name: attribute.i for attribute in node.attribute}
    if scale.ndim:
        scale, zero = (_spread(part, packed.shape, told["axis"], told["block_size"]) for part in (scale, zero))
    return numpy_helper.from_array((packed - zero) * scale, node.output[0])


def _spread(part: Array, shape: tuple[int, ...], axis: int, block: int) -> Array:
    return np.repeat(part, block, axis=axis).take(range(shape[axis]), axis=axis)


def _replace(items: Any, new: list[Any]) -> None:
    del items[:]
    items.extend(new)


def _open_sizes(model: ModelProto) -> None:
    for side, name in ((2, "height"), (3, "width")):
        model.graph.input[0].type.tensor_type.shape.dim[side].dim_param = name
    for output in model.graph.output:
        output.type.tensor_type.shape.dim[1].dim_param = f"cells of {output.name}"
