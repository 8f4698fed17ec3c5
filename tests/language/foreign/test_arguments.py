"""Arguments with their names, and layers of torch."""

from __future__ import annotations

from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "plain"),
    [
        ("F.softplus(x, beta=2)", "softplus(2*x)/2"),
        ("F.softplus(x, 3)", "softplus(3*x)/3"),
        ("softplus(x, beta=2, threshold=20)", "softplus(2*x)/2"),
        ("F.gelu(x, approximate='tanh')", "gelu_tanh(x)"),
        ('F.gelu(x, approximate="none")', "gelu(x)"),
        ("jax.nn.gelu(x, approximate=False)", "gelu(x)"),
        ("jax.nn.gelu(x, approximate=True)", "gelu_tanh(x)"),
        ("torch.clamp(x, max=6, min=1)", "clamp(x, 1, 6)"),
        ("torch.clamp(x, min=0) + np.clip(y, a_min=1, a_max=2)", "max(x, 0) + clamp(y, 1, 2)"),
        ("F.hardtanh(x, max_val=2)", "hardtanh(x, -1, 2)"),
        ("F.relu(x, inplace=True) + torch.exp(input=y)", "relu(x) + exp(y)"),
        ("F.huber_loss(x, y, reduction='sum', delta=2)", "huber(x - y, 2)"),
        ("torch.pow(x, exponent=3)", "x^3"),
        ("F.elu(F.leaky_relu(x, negative_slope=0.2), alpha=3)", "elu(leaky_relu(x, 0.2), 3)"),
    ],
)
def test_an_argument_with_a_name_stands_in_its_place(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@for_all(
    ("text", "plain"),
    [
        ("nn.ReLU()(x)", "relu(x)"),
        ("torch.nn.LeakyReLU(0.2)(x - 1)", "leaky_relu(x - 1, 0.2)"),
        ("nn.ELU(alpha=0.5)(x)", "elu(x, 0.5)"),
        ("nn.Softplus(beta=2)(nn.Tanh()(x)*3)", "softplus(2*(tanh(x)*3))/2"),
        ("nn.GELU(approximate='tanh')(x)", "gelu_tanh(x)"),
        ("nn.MSELoss()(x, y)", "mse(x, y)"),
        ("torch.nn.MSELoss(reduction='sum')(x, y)", "mse(x, y)"),
        ("nn.L1Loss()(x, y)", "abs(x - y)"),
        ("nn.SmoothL1Loss()(x, y)", "huber(x - y)"),
        ("nn.SmoothL1Loss(beta=2)(x, y)", "huber(x - y, 2)/2"),
        ("nn.HuberLoss(delta=2)(x, y)", "huber(x - y, 2)"),
        ("nn.BCELoss()(x, y)", "-(y*log(x) + (1 - y)*log(1 - x))"),
        ("nn.BCEWithLogitsLoss()(x, y)", "softplus(x) - x*y"),
        ("keras.activations.mish(x)", "mish(x)"),
        ("keras.activations.leaky_relu(x, negative_slope=0.1)", "leaky_relu(x, 0.1)"),
        ("nn.Identity()(x) + nn.Threshold(1, 5)(y)", "x + where(y > 1, y, 5)"),
    ],
)
def test_a_layer_is_the_function_that_it_computes(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@for_all(
    ("text", "message"),
    [
        (
            "relu(x, input=y)",
            drawn(
                "this argument is given twice",
                "relu(x, input=y)",
                "        ^^^^^^^",
                "leave one of them out",
            ),
        ),
        (
            "F.softplus(x, threshold=5)",
            drawn(
                "an argument with this name is not supported",
                "F.softplus(x, threshold=5)",
                "              ^^^^^^^^^^",
                "give the arguments of `softplus` in their order",
            ),
        ),
        (
            "torch.nn.ReLU(x)",
            drawn(
                "`torch.nn.ReLU` is not supported",
                "torch.nn.ReLU(x)",
                "^^^^^^^^^^^^^",
                "it gives a function: write `nn.ReLU()(x)`",
            ),
        ),
        (
            "nn.MSELoss(x, y)",
            drawn(
                "`nn.MSELoss` is not supported",
                "nn.MSELoss(x, y)",
                "^^^^^^^^^^",
                "it gives a function: write `nn.MSELoss()(x, y)`",
            ),
        ),
        (
            "nn.HuberLoss(2)(x, y)",  # torch takes that 2 for `reduction`
            drawn(
                "a setting of a loss has a name",
                "nn.HuberLoss(2)(x, y)",
                "             ^",
                "write it as in `nn.HuberLoss(delta=2)(x, y)`",
            ),
        ),
        (
            "nn.BCEWithLogitsLoss(pos_weight=2)(x, y)",
            drawn(
                "an argument with this name is not supported",
                "nn.BCEWithLogitsLoss(pos_weight=2)(x, y)",
                "                     ^^^^^^^^^^^",
                "here it is written `softplus(x) - x*y`",
            ),
        ),
    ],
)
def test_what_has_no_place_is_refused(text: str, message: str) -> None:
    assert complaint(text) == message


def test_a_layer_is_a_product_where_its_module_has_a_value() -> None:
    assert "has no meaning here" not in complaint("nn.ReLU()(x)", "nn")


def test_many_arguments_with_names_inside_each_other_are_read() -> None:
    text = "F.elu(" * 60 + "x" + ", alpha=2)" * 60
    assert read(text) == read("elu(" * 60 + "x" + ", 2)" * 60)
