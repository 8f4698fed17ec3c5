"""Activation functions of neural networks."""

from __future__ import annotations

from derivcli.language.catalogue.rows import formula, special

# fmt: off
NETWORKS = (
    formula("relu", "max(x, 0)", "max(x, 0)", torch=True, smooth=False, partials=("where(x > 0, 1, 0)",)),
    formula("relu6", "min(max(x, 0), 6)", "where(x <= 0, 0, where(x >= 6, 6, x))", smooth=False),
    formula("leaky_relu", "x above 0, a*x below", "where(x > 0, x, a*x)", parameters=("x", "a"),
            defaults=("0.01",), aliases=("prelu",), smooth=False,
            partials=("where(x > 0, 1, a)", "where(x > 0, 0, x)")),
    formula("elu", "x above 0, a*(exp(x) - 1) below", "where(x > 0, x, a*expm1(x))", parameters=("x", "a"),
            defaults=("1",), smooth=False, partials=("where(x > 0, 1, a*exp(x))", "where(x > 0, 0, expm1(x))")),
    formula("celu", "x above 0, a*(exp(x/a) - 1) below", "where(x > 0, x, a*expm1(x/a))", parameters=("x", "a"),
            defaults=("1",), domain="x > 0 or a != 0", smooth=False,
            partials=("where(x > 0, 1, exp(x/a))", "where(x > 0, 0, expm1(x/a) - x*exp(x/a)/a)")),
    formula("selu", "scaled elu of self-normalizing networks",
            "1.0507009873554804934193349852946*elu(x, 1.6732632423543772848170429916717)", smooth=False),
    formula("hardtanh", "x held between a and b", "where(max(x, a) >= b, b, where(x <= a, a, x))",
            parameters=("x", "a", "b"), defaults=("-1", "1"), smooth=False),
    formula("hardsigmoid", "relu6(x + 3)/6", "relu6(x + 3)/6", smooth=False),
    formula("hardswish", "x*relu6(x + 3)/6", "x*relu6(x + 3)/6", smooth=False),
    formula("hardshrink", "0 between -a and a, else x", "where(abs(x) > a, x, 0)", parameters=("x", "a"),
            defaults=("0.5",), smooth=False, partials=("where(abs(x) > a, 1, 0)", "0")),
    formula("softshrink", "0 between -a and a, else x moved by a towards 0",
            "piecewise(x - a, a >= 0 and x > a, x + a, a >= 0 and x < -a, 0, a >= 0)", parameters=("x", "a"),
            defaults=("0.5",), domain="a >= 0", smooth=False,
            partials=("where(abs(x) > a, 1, 0)", "where(abs(x) > a, -sign(x), 0)")),
    formula("softsign", "x/(1 + abs(x))", "x/(1 + abs(x))", partials=("1/(1 + abs(x))^2",)),
    formula("tanhshrink", "x - tanh(x)", "x - tanh(x)", partials=("tanh(x)^2",)),
    formula("sigmoid", "1/(1 + exp(-x))", "1/(1 + exp(-x))",
            aliases=("expit", "logistic", "inv_logit", "logsig", "plogis"), torch=True,
            partials=("sigmoid(x)*(1 - sigmoid(x))",)),
    formula("logsigmoid", "log(sigmoid(x)) without underflow", "-softplus(-x)", partials=("sigmoid(-x)",)),
    formula("softplus", "log(1 + exp(x)) without overflow", "log(1 + exp(x))", torch=True,
            aliases=("log1p_exp", "log1pexp"), partials=("sigmoid(x)",)),
    formula("silu", "x*sigmoid(x)", "x*sigmoid(x)", aliases=("swish",), torch=True,
            partials=("sigmoid(x)*(1 + x*sigmoid(-x))",)),
    formula("mish", "x*tanh(softplus(x))", "x*tanh(softplus(x))"),
    formula("gelu", "x*ndtr(x), with the error function", "x*ndtr(x)",
            convention="the exact one, as in torch; gelu_tanh is the approximation"),
    formula("gelu_tanh", "gelu by its tanh approximation", "x*sigmoid(2*sqrt(2/pi)*(x + 0.044715*x^3))"),
    formula("norm_pdf", "normal density", "exp(-x^2/2)/sqrt(2*pi)", aliases=("normpdf", "dnorm"),
            partials=("-x*norm_pdf(x)",)),
    special("ndtr", "normal distribution function", "ndtr", "exp(-x^2/2)/sqrt(2*pi)",
            aliases=("Phi", "norm_cdf", "normcdf", "pnorm"), definition="erfc(-x/sqrt(2))/2"),
    special("log_ndtr", "log(ndtr(x)) without underflow", "log_ndtr", "sqrt(2/pi)/erfcx(-x/sqrt(2))",
            definition="log(erfc(-x/sqrt(2))/2)"),
    special("ndtri", "inverse of ndtr: normal quantile", "ndtri", "sqrt(2*pi)*exp(ndtri(x)^2/2)", domain="0 < x < 1",
            aliases=("probit", "norm_ppf", "qnorm"), definition="-sqrt(2)*erfcinv(2*x)"),
)
# fmt: on
