"""`code`: files that test themselves, names, kinks, branches, what a language lacks."""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from runpy import run_path
from typing import Any, cast

import pytest
import torch

import derivcli
from derivcli import LimitError, UsageError, code
from derivcli.exports import languages
from derivcli.exports.drafting import Wish, drafted
from derivcli.language.parser import parse
from derivcli.language.tree import variables
from derivcli.model.choices import CODE
from tests.exports.running import is_here, python_with, rustc


def drafted_code(expression: str, language: str) -> str:
    """Return a file without the numbers of the witnesses, for which nothing is started."""
    tree = parse(expression).tree
    names = variables(tree)
    table = languages.find(language)
    return table.write(drafted(Wish(tree, names, names), table))


SOFT = "where(x > 0, log(x), x)*exp(-y^2/2)"


def loaded(source: str) -> dict[str, Any]:
    """Return the names that a file in Python defines."""
    space: dict[str, Any] = {"__name__": "a_module"}
    exec(compile(source, "<code>", "exec"), space)  # noqa: S102 - what is under test
    return space


def outcome(language: str, source: str, folder: Path) -> str:
    """Run a file as a program, compiled with -DDERIV_MAIN where it is compiled; return what it says."""
    file, program = folder / f"f.{(*CODE[language][1], 'py')[0]}", folder / "f"
    file.write_text(source, encoding="utf-8")
    if language in _COMPILERS:
        last = ["-DDERIV_MAIN", str(file), "-o", str(program), "-lm"]
        subprocess.run([*_COMPILERS[language], *last], check=True, capture_output=True)
    commands = {"javascript": ["node", str(file)], "jax": [python_with("jax"), str(file)]}
    command = commands.get(language, [str(program)] if language in _COMPILERS else [])
    if command:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout if not done.returncode else done.stderr
    said = StringIO()
    with redirect_stdout(said):  # here, where the libraries are loaded
        try:
            run_path(str(file), run_name="__main__")
        except SystemExit as stop:
            return str(stop)
    return said.getvalue()


_COMPILERS = {
    "c": ["gcc", "-std=c99", "-Wall", "-Wextra", "-Werror"],
    "cpp": ["g++", "-std=c++17", "-Wall", "-Werror"],
}


@pytest.mark.parametrize("language", ["python", "numpy", "torch", "torch-function", "c", "javascript"])
def test_a_file_tests_itself_and_fails_where_a_number_is_wrong(language: str, tmp_path: Path) -> None:
    if not is_here(language):
        pytest.skip(f"{language} cannot be run here")
    source = code(SOFT, language, hessian=True)
    assert outcome(language, source, tmp_path) == "right at 3 points\n"
    # df/dx at (1.9, 0.3) is exp(-0.045)/1.9, of which the sixth digit is changed.
    assert f"{math.exp(-0.045) / 1.9:.6f}" == "0.503157"
    assert "0.50315" in source
    said = outcome(language, source.replace("0.50315", "0.50314"), tmp_path)
    assert "0.50315" in said
    assert "not 0.50314" in said


@pytest.mark.nightly
@pytest.mark.parametrize("language", ["cpp", "jax"])
def test_so_do_the_files_of_the_languages_that_start_slowly(language: str, tmp_path: Path) -> None:
    if not is_here(language):
        pytest.skip(f"{language} cannot be run here")
    assert outcome(language, code(SOFT, language, order=2), tmp_path) == "right at 3 points\n"


def test_python_is_laid_out_as_this() -> None:
    assert code("5*x**4 + 3*x**3", "python") == (
        "# f(x) = 5*x**4 + 3*x**3\n"
        "# df/dx = 20*x**3 + 9*x**2\n"
        "#\n"
        "# Written by: deriv '5*x**4 + 3*x**3' --code python\n"
        "\n\n"
        "def f(x):\n"
        "    return 5 * x**4 + 3 * x**3\n"
        "\n\n"
        "def gradient(x):\n"
        "    return (20 * x**3 + 9 * x**2,)\n"
        "\n\n"
        "# The numbers of the witnesses: a point, then f there and its derivatives.\n"
        "SAMPLES = [\n"
        "    ((0.7,), (2.2295, 11.27)),\n"
        "    ((1.9,), (85.7375, 169.67)),\n"
        "    ((-0.6,), (0.0, -1.08)),\n"
        "]\n"
        "\n"
        'if __name__ == "__main__":\n'
        "    for point, expected in SAMPLES:\n"
        "        found = (f(*point), *gradient(*point))\n"
        "        for number, wanted in zip(found, expected, strict=True):\n"
        "            if not abs(number - wanted) <= (1e-9 * abs(wanted) or 1e-12):\n"
        '                raise SystemExit(f"at {point}: {number}, not {wanted}")\n'
        '    print("right at 3 points")\n'
    )


@pytest.mark.parametrize("language", CODE)
def test_every_language_writes_f_its_gradient_and_its_hessian(language: str) -> None:
    source = code("x^2*sin(y)/3 + mod(y, 2)", language, order=2)
    assert "f(x, y) = x**2*sin(y)/3 + y % 2" in source
    assert source.endswith("\n")
    assert "  \n" not in source


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("lambda*x + in_ + class^2", ["lambda_", "x", "in_", "class_"]),
        ("f + gradient + math + abs(x)", ["f_", "gradient_", "math_", "x"]),
        ("α + θ_1 + SAMPLES + t0", ["α", "θ_1", "SAMPLES_", "t0"]),
    ],
)
def test_names_are_kept_and_words_of_the_language_get_a_stroke(expression: str, names: list[str]) -> None:
    assert f"def f({', '.join(names)}):" in drafted_code(expression, "python")


def test_names_in_c_are_ascii_and_in_fortran_differ_in_more_than_case() -> None:
    assert "double f(double alpha, double double_, double x_, double x__)" in code("α + double + x_ + x__", "c")
    assert "function f(x, X_, f_)" in code("x + X + f", "fortran")
    assert "// Names: char is char_, α is alpha." in code("char + α", "c")


def test_a_part_gets_a_name_that_no_variable_has() -> None:
    space = loaded(drafted_code("exp(t0)*exp(t0) + t1*sin(exp(t0)) + t2", "python"))
    assert space["f"](0.5, 2.0, 3.0) == pytest.approx(math.exp(0.5) ** 2 + 2 * math.sin(math.exp(0.5)) + 3, rel=1e-15)


# What torch's autograd returns at these kinks, as its documentation of each has it.
@pytest.mark.parametrize(
    ("expression", "point", "slopes"),
    [
        ("abs(x)", [0.0], [0.0]),
        ("relu(x)", [0.0], [0.0]),
        ("max(x, y)", [1.0, 1.0], [0.5, 0.5]),
        ("min(x, y)", [1.0, 1.0], [0.5, 0.5]),
        ("max(x, y, z)", [1.0, 1.0, 1.0], [0.25, 0.25, 0.5]),
        ("floor(x)", [2.0], [0.0]),
        ("x^y", [0.0, 2.0], [0.0, 0.0]),
    ],
)
@pytest.mark.parametrize("language", ["python", "torch", "torch-function"])
def test_at_a_kink_the_gradient_is_torchs(
    language: str, expression: str, point: list[float], slopes: list[float]
) -> None:
    space = loaded(drafted_code(expression, language))
    if language == "python":
        assert [float(number) for number in space["gradient"](*point)] == slopes
    else:
        tensors = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in point]
        assert [number.item() for number in space["gradient"](*tensors)] == slopes
        found = torch.autograd.grad(space["f"](*tensors), tensors)
        assert [grad.item() for grad in found] == slopes


LEAKS = [
    ("where(x > 0, log(x), x)", -1.0, 1.0),
    ("where(x > 0, sqrt(x), 0)", 0.0, 0.0),
    ("where(x < 10, x^200, x)", 1e3, 1.0),
    ("where(x > 0, where(x < 1, sqrt(1 - x), log(x)), x^3)", -2.0, 12.0),
    ("where(x != 0, sin(x)/x, 1)", 0.0, 0.0),
]


@pytest.mark.parametrize(("expression", "x", "slope"), LEAKS)
@pytest.mark.parametrize("language", ["torch", "torch-function"])
def test_a_branch_that_is_not_taken_leaks_no_nan(language: str, expression: str, x: float, slope: float) -> None:
    space = loaded(drafted_code(expression, language))
    tensor = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (found,) = torch.autograd.grad(space["f"](tensor), tensor, create_graph=True)
    assert found.item() == slope
    assert space["gradient"](tensor)[0].item() == slope
    if found.requires_grad:
        (second,) = torch.autograd.grad(found, tensor)
        assert math.isfinite(second.item())


def test_nor_does_python_compute_it() -> None:
    space = loaded(drafted_code("where(x > 0, log(x)*sqrt(x)*log(x), x)", "python"))
    assert space["f"](-2.0) == -2.0
    assert space["gradient"](-2.0) == (1,)
    with pytest.raises(ValueError, match="math domain error"):
        loaded(drafted_code("log(x)", "python"))["f"](-2.0)


@pytest.mark.parametrize(
    "expression", ["x*exp(-x^2)*sin(y)", "where(x > y, log(x^2 + 1), y^3)/(1 + x^2)", "gelu(x)*y + atan2(x, y)"]
)
def test_the_function_passes_torchs_own_checks_and_is_batched(expression: str) -> None:
    space = loaded(drafted_code(expression, "torch-function"))
    x = torch.tensor([0.7, -1.3, 2.1], dtype=torch.float64, requires_grad=True)
    y = torch.tensor([0.4, 1.9, -0.6], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(space["f"], (x, y))
    assert torch.autograd.gradgradcheck(space["f"], (x, y))
    assert torch.equal(torch.vmap(space["f"])(x, y), space["f"](x, y))
    slopes = torch.func.vmap(torch.func.grad(space["f"], argnums=(0, 1)))(x.detach(), y.detach())
    wanted = space["gradient"](x, y)
    assert all(torch.allclose(a, b, rtol=1e-14) for a, b in zip(slopes, wanted, strict=True))


def test_held_variables_get_no_slope() -> None:
    space = loaded(code("x^2*y", "torch-function", wrt="x"))
    x, y = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (3.0, 2.0))
    by_x, by_y = cast("tuple[Any, Any]", torch.autograd.grad(space["f"](x, y), [x, y], allow_unused=True))
    assert by_x.item() == 12.0
    assert by_y is None
    assert len(space["gradient"](x, y)) == 1


def test_float32_stays_float32() -> None:
    space = loaded(drafted_code("where(x > 0, 0.1, 0.2)*1 + max(x, 0)", "torch"))
    assert space["f"](torch.tensor(1.0)).dtype == torch.float32
    # A number that stands in both branches keeps all digits of float64.
    assert (
        loaded(drafted_code("where(x > 0, 0.1, 0.2)", "torch"))["f"](torch.tensor(1.0, dtype=torch.float64)).item()
        == 0.1
    )


def test_arrays_of_whole_numbers_do_not_overflow() -> None:
    space = loaded(drafted_code("x^25 + 1/x", "numpy"))
    assert space["f"]([2, 10]).tolist() == [2.0**25 + 0.5, 10.0**25 + 0.1]


@pytest.mark.parametrize(
    ("expression", "x", "value"),
    [
        ("1/2*x", 3.0, 1.5),
        ("x*10^20", 1.0, 1e20),
        ("x + 1e400", 1.0, math.inf),
        ("mod(-7, 3)*x", 1.0, 2.0),
        ("mod(x, 3)", -7.0, 2.0),
        ("-mod(x, 3)", -7.0, -2.0),
        ("2^-x", 2.0, 0.25),
        ("(-x)^2", 3.0, 9.0),
        ("-x^2", 3.0, -9.0),
        ("--x", 3.0, 3.0),
        ("x - (1 - (2 - x))", 5.0, 1.0),
        ("8/x/2", 2.0, 2.0),
        ("8/(x/2)", 2.0, 8.0),
        ("x^3^2", 2.0, 512.0),
        ("log(x, 3)", 9.0, 2.0),
        ("round(x)", 2.5, 2.0),
        ("round(x)", -3.5, -4.0),
        ("sinc(x)", 0.0, 1.0),
        ("x^(1/3)", 8.0, 2.0),
        ("root(x, 3)", -8.0, -2.0),
        ("1.0000000000000002*x", 1.0, 1.0000000000000002),
    ],
)
def test_numbers_and_signs_are_read_as_they_are_meant(expression: str, x: float, value: float) -> None:
    for language in ("python", "numpy"):
        assert loaded(drafted_code(expression, language))["f"](x) == pytest.approx(value, rel=4e-16)


# By hand: the slope of tanh is 4*exp(-2*x)/(1 + exp(-2*x))^2, of log(1 - exp(-x)) it is exp(-x)/(1 - exp(-x)).
@pytest.mark.parametrize(
    ("expression", "x", "slope"),
    [
        ("tanh(x)", 700.0, 0.0),
        ("tanh(x)", -360.0, 4 * math.exp(-720)),
        ("tanh(x)", 20.0, 4 * math.exp(-40)),
        ("sech(x)", 700.0, -2 * math.exp(-700)),
        ("csch(x)", -700.0, -2 * math.exp(-700)),
        ("coth(x)", 800.0, 0.0),
        ("log1mexp(x)", 720.0, math.exp(-720)),
        ("log1m_exp(x)", -800.0, 0.0),
    ],
)
def test_a_slope_does_not_overflow_where_f_does_not(expression: str, x: float, slope: float) -> None:
    space = loaded(drafted_code(expression, "python"))
    assert math.isfinite(space["f"](x))
    assert space["gradient"](x)[0] == pytest.approx(slope, rel=1e-15, abs=0)


def test_slopes_of_squares_that_overflow_are_0_in_python() -> None:
    # x**2 raises from 1.4e154 on; the slopes there are 1/(1 + x^2) = 1e-400 and less, which is 0
    for expression in ("atan(x)", "erf(x)", "erfc(x)"):
        assert loaded(drafted_code(expression, "python"))["gradient"](1e200)[0] == 0


def test_a_factorial_is_the_gamma_function_where_a_language_has_it() -> None:
    space = loaded(drafted_code("x!", "numpy"))
    # 3! and its slope 6*(1 + 1/2 + 1/3 - 0.5772...), by mpmath: diff(factorial, 3)
    assert space["f"](3.0) == pytest.approx(6, rel=1e-14)
    assert space["gradient"](3.0)[0] == pytest.approx(7.536706010590802, rel=1e-13)
    with pytest.raises(UsageError, match=r"torch has no gamma, which factorial or its derivative needs"):
        code("x!", "torch")


def test_what_a_language_lacks_is_named_with_its_place() -> None:
    with pytest.raises(UsageError) as caught:
        code("1 + erf(x)", "rust")
    assert (caught.value.message, caught.value.source) == ("rust has no erf", "1 + erf(x)")
    assert caught.value.span == (4, 10)
    assert "python" in (caught.value.hint or "")
    with pytest.raises(UsageError, match="c has no digamma, which gamma or its derivative needs"):
        code("gamma(x)", "c")
    with pytest.raises(UsageError, match="javascript has no erfc, which ndtr or its derivative needs"):
        code("x*ndtr(x)", "javascript")
    with pytest.raises(UsageError, match="the derivative of `besselj` by its parameter n has no closed form"):
        code("besselj(n, x)", "numpy")


@pytest.mark.parametrize(
    ("expression", "message", "span"),
    [
        ("erf(x)+beta(x,2)", "rust has no erf", (0, 6)),
        ("beta(x,2)+erf(x)", "rust has no beta", (0, 9)),
        ("1 + gamma(x)", "rust has no gamma", (4, 12)),
        ("beta(erf(x),2)", "rust has no erf", (5, 11)),
    ],
)
def test_of_several_that_are_lacking_the_first_is_named_at_its_own_place(
    expression: str, message: str, span: tuple[int, int]
) -> None:
    with pytest.raises(UsageError) as caught:
        code(expression, "rust")
    assert (caught.value.message, caught.value.span) == (message, span)


def test_what_cannot_be_written_is_refused() -> None:
    for arguments, message in (
        (("x^2", "brainfuck"), "no such language: brainfuck"),
        (("2 + 3", "c"), "there is no variable, so there is no gradient"),
        ((["x", "y"], "c"), "code is written of one expression"),
    ):
        with pytest.raises(UsageError, match=message):
            code(*arguments)
    with pytest.raises(UsageError, match="code has derivatives up to order 2, not 3"):
        code("x^5", "c", order=3)
    with pytest.raises(UsageError, match="--code and --tangent do not go together"):
        code("x^5", "c", at={"x": 2}, tangent=True)
    with pytest.raises(LimitError, match="8,192 characters"):
        drafted_code("*".join(f"(x + exp({k}*x))" for k in range(900)), "excel")


def test_a_point_that_is_given_is_the_first_of_the_samples() -> None:
    assert "    ((100.0,), (10.0, 0.05)),\n" in code("sqrt(x)", "python", at={"x": 100})


def test_a_name_that_is_too_long_for_fortran_is_cut_and_stays_apart() -> None:
    long = "a" * 62  # Fortran 2008 has names of up to 63 characters
    source = code(f"{long}bc*{long}bd + {long}B + x", "fortran")
    names = (f"{long}b", f"{long}_", f"{'a' * 61}__")
    assert f"pure function f({', '.join(names)}, x) result(value)" in " ".join(source.replace("&", "").split())
    assert f"! Names: {long}bc is {names[0]}, {long}bd is {names[1]}, {long}B is {names[2]}.\n" in source
    assert "Names:" not in code(f"{long}bc*{long}bd", "python")


@pytest.mark.parametrize(
    ("expression", "at", "lines"),
    [
        ("x^2", {"x": 2}, ["# Written by: deriv 'x**2' --code python --at x=2", ""]),
        (
            "sqrt(x) + y",
            {"x": -1, "y": "sqrt(2)"},
            [
                "# Written by: deriv 'sqrt(x) + y' --code python --at x=-1 --at 'y=sqrt(2)'",
                "# f has no value at x = -1, y = sqrt(2): the code is not tested there.",
                "",
            ],
        ),
        ("cbrt(x)", {"x": 0}, ["# There is no df/dx at x = 0: the code is not tested there.", ""]),
    ],
)
def test_a_point_that_is_given_is_told(expression: str, at: dict[str, object], lines: list[str]) -> None:
    comment = code(expression, "python", at=at).split("import math")[0]
    assert "\n".join(lines) in comment


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("abs(x)", ": 0 for abs at 0."),
        ("max(x, 1) + relu(x)", ": 0 for relu at 0, half for each of two equal in max."),
        ("hardtanh(x)", "."),
        ("where(x > 0, log(x), x)", None),
        ("atan2(x, 2) + floor(x)", None),
    ],
)
def test_kinks_are_told_where_f_has_some(expression: str, said: str | None) -> None:
    source = code(expression, "python")
    if said is None:
        assert "kink" not in source
    else:
        assert f"# At a kink the gradient is torch's convention{said}\n" in source


def test_the_command_that_wrote_it_says_what_a_constant_is_differentiated_by() -> None:
    assert "# Written by: deriv 7 --code python --wrt x\n" in code("7", "python", wrt="x")
    assert "# Written by: deriv 'x*y' --code python\n" in code("x*y", "python", wrt=("x", "y"))


def test_without_a_sure_point_it_says_that_nothing_is_tested() -> None:
    source = code("sqrt(-1 - x^2)", "python")
    assert "the code is not tested" in source
    assert "SAMPLES = []" in source


def test_many_terms_and_many_variables_are_lines_of_a_width() -> None:
    terms = " + ".join(f"{k}*x{k % 10}^2*sin(x{(k + 1) % 10})" for k in range(1, 201))
    source = drafted_code(terms, "python")
    assert max(map(len, (line for line in source.splitlines() if not line.startswith("#")))) <= 92
    space = loaded(source)
    point = [0.1 * k for k in range(1, 11)]
    order = [int(name[1:]) for name in space["f"].__code__.co_varnames[:10]]
    at = dict(zip(order, point, strict=True))
    wanted = math.fsum(k * at[k % 10] ** 2 * math.sin(at[(k + 1) % 10]) for k in range(1, 201))
    assert space["f"](*point) == pytest.approx(wanted, rel=1e-13)


def test_the_house_offers_it() -> None:
    assert derivcli.code is code


@pytest.mark.skipif(not rustc(), reason="rustc is not here")
@pytest.mark.nightly
def test_rust_compiles_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "f.rs"
    # A method of a choice among literals: they have no type but that which they are given.
    literals = "(-where(x > 1, 12, 7))^2*x + where(x > 1, -12, -7)^2 + where(x > 2, 3, where(x > 1, 4, 5))^2"
    expression = f"where(x > 0, log(x), x)*X^2 + {literals}"
    file.write_text(code(expression, "rust", order=2), encoding="utf-8")
    command = [
        rustc(),
        "--crate-type",
        "lib",
        "-D",
        "warnings",
        "--edition",
        "2021",
        str(file),
        "-o",
        str(tmp_path / "f"),
    ]
    subprocess.run(command, check=True, capture_output=True)


def test_python_is_as_its_formatter_has_it(tmp_path: Path) -> None:
    ruff = shutil.which("ruff") or str(Path(sys.executable).parent / "ruff")
    for language in ("python", "numpy", "torch", "torch-function", "jax"):
        file = tmp_path / f"{language}.py"
        file.write_text(code("x^2*sin(y)/3 + where(x > 0, log(x), y)*exp(-y^2/2)", language, order=2), encoding="utf-8")
    done = subprocess.run(
        [ruff, "format", "--diff", "--isolated", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


# Where a naive form loses all its digits; the numbers are those of mpmath with 50.
@pytest.mark.parametrize(
    ("expression", "x", "value"),
    [
        ("log(1 + x)/x", 1e-9, 0.9999999995000000003),
        ("(1 - cos(x))/x^2", 1e-9, 0.5),
        ("sqrt(x + 1) - sqrt(x)", 1e9, 1.5811388296889058e-05),
        ("log(1 + exp(x))", 1900.0, 1900.0),
    ],
)
def test_a_stable_form_keeps_its_digits(expression: str, x: float, value: float) -> None:
    source = code(expression, "numpy", stable=True)
    assert "--stable\n" in source
    assert "which keeps its digits" in source
    assert loaded(source)["f"](x) == pytest.approx(value, rel=1e-15)
    assert loaded(code(expression, "numpy"))["f"](x) != pytest.approx(value, rel=1e-9)


def test_what_is_stable_stays_as_it_is() -> None:
    assert code("x^2 + sin(x)", "c", stable=True) == code("x^2 + sin(x)", "c")


def test_an_argument_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="code\\(\\) got an unexpected argument 'stabel'"):
        code("x", "c", stabel=True)
