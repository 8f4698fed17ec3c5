"""Layers and losses of torch, `nn.ReLU()(x)`, and the functions that they are here."""

from __future__ import annotations

_OF_THE_SAME_NAME = """
    ReLU ReLU6 ELU CELU SELU GELU SiLU Mish Softsign Softshrink Hardshrink Hardtanh Hardsigmoid Hardswish
    Tanh Tanhshrink Sigmoid LogSigmoid
"""
# Layers of torch: what they compute.
_ACTIVATIONS = {
    **{name: name.lower() for name in _OF_THE_SAME_NAME.split()},
    "LeakyReLU": "leaky_relu",
    "Softplus": "softplus of torch",
    "Threshold": "threshold of torch",
    "Identity": "value of",
}
# Losses of torch, of a value and its target: their settings have names, as what stands first is how to reduce many.
LOSSES = {
    "MSELoss": "mse",
    "L1Loss": "absolute difference",
    "SmoothL1Loss": "smooth absolute difference",
    "HuberLoss": "huber of a difference",
    "BCELoss": "cross entropy",
    "BCEWithLogitsLoss": "cross entropy of a logit",
}
LAYERS = {**_ACTIVATIONS, **LOSSES}
