"""EfficientNet-Lite2 as an ONNX graph, put together from its weights (Tan and Le 2019; TensorFlow's `lite` variant)."""

from pathlib import Path
from typing import Any, Final

import numpy as np
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from bot.vision.embedded.torchfile import Array, arrays

INPUT: Final = "pixels"
SIDE: Final = 260
STRIDES: Final = {"_conv_stem": 2, "_blocks.1": 2, "_blocks.4": 2, "_blocks.7": 2, "_blocks.15": 2}
"""Where the picture is halved: the stem, and the first block of stages 2, 3, 4 and 6."""
EPSILON: Final = 1e-3
OPSET, IR_VERSION = 17, 8


def onnx_of(weights: Path) -> bytes:
    """Build the net; its input is RGB of 1 × 3 × 260 × 260 from -1 to 1, its output a probability for each class."""
    graph = Graph(arrays(weights))
    flow = graph.convolved(INPUT, "_conv_stem", "_bn0", clipped=True)
    for block in range(graph.blocks):
        flow = graph.block(flow, f"_blocks.{block}")
    flow = graph.convolved(flow, "_conv_head", "_bn1", clipped=True)
    flow = graph.node("Flatten", [graph.node("GlobalAveragePool", [flow])])
    flow = graph.node("Gemm", [flow, graph.weight("_fc.weight"), graph.weight("_fc.bias")], transB=1)
    return bytes(graph.model(graph.node("Softmax", [flow])).SerializeToString())


class Graph:
    """An ONNX graph that grows node by node; every method returns the name of what comes out."""

    def __init__(self, tensors: dict[str, Array]) -> None:
        self._tensors = tensors
        self._nodes: list[NodeProto] = []
        self._weights: dict[str, TensorProto] = {}

    @property
    def blocks(self) -> int:
        """How many blocks the weights speak of."""
        return len({name.split(".")[1] for name in self._tensors if name.startswith("_blocks.")})

    def block(self, flow: str, name: str) -> str:
        """Add an inverted bottleneck: expand, convolve in depth, project; add what came in where the shape allows."""
        stride, before = STRIDES.get(name, 1), flow
        if f"{name}._expand_conv.weight" in self._tensors:
            flow = self.convolved(flow, f"{name}._expand_conv", f"{name}._bn0", clipped=True)
        flow = self.convolved(flow, f"{name}._depthwise_conv", f"{name}._bn1", clipped=True, stride=stride, deep=True)
        flow = self.convolved(flow, f"{name}._project_conv", f"{name}._bn2", clipped=False)
        return self.node("Add", [flow, before]) if stride == 1 and self._same_width(name) else flow

    def convolved(self, flow: str, name: str, norm: str, *, clipped: bool, stride: int = 0, deep: bool = False) -> str:
        """Add a convolution with its batch normalisation and, where asked, ReLU6."""
        steps = [stride or STRIDES.get(name, 1)] * 2
        group = len(self._tensors[f"{name}.weight"]) if deep else 1
        weight = self.weight(f"{name}.weight")
        flow = self.node("Conv", [flow, weight], strides=steps, group=group, auto_pad="SAME_UPPER")
        parts = [self.weight(f"{norm}.{part}") for part in ("weight", "bias", "running_mean", "running_var")]
        flow = self.node("BatchNormalization", [flow, *parts], epsilon=EPSILON)
        return self.node("Clip", [flow, self._constant("zero", 0.0), self._constant("six", 6.0)]) if clipped else flow

    def node(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        """Add any node."""
        out = f"{kind}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [out], **attributes))
        return out

    def weight(self, name: str) -> str:
        """Add a tensor of the file."""
        self._weights[name] = numpy_helper.from_array(self._tensors[name], name)
        return name

    def model(self, out: str) -> ModelProto:
        """Close the graph."""
        image = helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, 3, SIDE, SIDE])
        scores = helper.make_tensor_value_info(out, TensorProto.FLOAT, [1, len(self._tensors["_fc.bias"])])
        graph: GraphProto = helper.make_graph(
            self._nodes, "efficientnet", [image], [scores], list(self._weights.values())
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)

    def _same_width(self, name: str) -> bool:
        """Tell whether a block lets out as many channels as it takes in."""
        out, _ = self._tensors[f"{name}._project_conv.weight"].shape[:2]
        first = self._tensors.get(f"{name}._expand_conv.weight", self._tensors[f"{name}._depthwise_conv.weight"])
        return bool(out == (first.shape[1] if f"{name}._expand_conv.weight" in self._tensors else first.shape[0]))

    def _constant(self, name: str, value: float) -> str:
        self._weights[name] = numpy_helper.from_array(np.array(value, dtype=np.float32), name)
        return name
