"""What we promise, in figures."""

import os

# Else the `rapidocr` that we are compared with lets ONNX Runtime tell its maker of each model.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
