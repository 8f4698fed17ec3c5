"""Arguments in other places than ours: with their names, `clamp(x, min=0)`, or behind a layer, `nn.ELU(0.5)(x)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from derivcli.errors import ExpressionError
from derivcli.language import catalogue
from derivcli.language.brackets import called, closers, kinds, renamed
from derivcli.language.foreign.layers import LAYERS, LOSSES
from derivcli.language.foreign.vocabulary import EQUIVALENTS
from derivcli.language.tokens import NAME, Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from derivcli.language.brackets import Called

# What programs call the arguments of a function, in the order of ours; `|` stands between several names of one, and
# the names in the catalogue are known beside them.
_PARAMETERS = {
    **dict.fromkeys(("elu", "celu"), "input alpha"),
    **dict.fromkeys(("hardshrink", "softshrink"), "input lambd"),
    "leaky_relu": "input negative_slope|alpha",
    "hardtanh": "input min_val max_val",
    "clamp": "input|a min|a_min max|a_max",
    "log": "x base",
    "leaky_relu of tensorflow": "features|x alpha|negative_slope",
    "pow": "input|x exponent",
    "mse": "input target",
    "softplus of torch": "input beta",
    "huber of a difference": "input target delta",
    "smooth absolute difference": "input target beta",
    **dict.fromkeys(("absolute difference", "cross entropy", "cross entropy of a logit"), "input target"),
    "threshold of torch": "input threshold value",
    "weighted mean of": "input end weight",
}
_OF_TORCH = {"softplus": "softplus of torch"}  # `softplus(x, beta=2)`: torch alone gives it a setting
_ONE = "input|x"  # of a function that stands in neither table
# Arguments that change nothing of one number.
_IDLE = frozenset({"inplace", "dim", "axis", "reduction", "dtype", "out", "keepdim", "keepdims"})
# Arguments that choose another function: what each value chooses. torch cuts softplus at 20 where nothing is said, too.
_CHOOSING = {
    ("gelu", "approximate"): {"tanh": "gelu_tanh", "True": "gelu_tanh", "none": "gelu", "False": "gelu"},
    ("gelu_tanh", "approximate"): {"True": "gelu_tanh", "False": "gelu"},
    ("softplus of torch", "threshold"): {"20": "softplus of torch"},
}
_ONE_SIDED: dict[tuple[int, ...], str] = {(0, 1): "max", (0, 2): "min"}  # `clamp(x, min=0)` is max(x, 0)
_PATHS = (["torch", ".", "nn", "."], ["nn", "."])

Range = tuple[int, int]


class Recast(NamedTuple):
    """What stands in the place of a call: tokens and ranges of the stream; `after` is where the stream goes on."""

    pieces: tuple[Token | Range, ...]
    after: int


def arranged(stream: list[Token], plans: Mapping[int, Recast]) -> list[Token]:
    """Return tokens with calls in another order, by where they start; a range may hold others."""
    found: list[Token] = []
    waiting: list[Token | Range] = [(0, len(stream))]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, Token):
            found.append(piece)
            continue
        first, last = piece
        start = next((i for i in range(first, last) if i in plans), last)
        found += stream[first:start]
        if start < last:
            waiting += ((plans[start].after, last), *reversed(plans[start].pieces))
    return found


# Layers: `nn.LeakyReLU(0.2)(x)`.


def without_layers(stream: list[Token], given: AbstractSet[str]) -> list[Token]:
    """Return tokens in which a layer and what it is applied to are one call."""
    places = [i for i, token in enumerate(stream) if token.text in LAYERS and stream[i + 1].kind == "("]
    ends = closers(stream) if places else {}
    plans = {}
    for i in places:
        path = next((p for p in _PATHS if [t.text for t in stream[max(0, i - len(p)) : i]] == p), None)
        end = ends.get(ends.get(i + 1, -1) + 1)
        if path is not None and end is not None and path[0] not in given:
            start, closer = i - len(path), ends[i + 1]
            _check_settings(stream, i, closer)
            name = Token(NAME, LAYERS[stream[i].text], stream[start].span.to(stream[i].span))
            comma = Token(",", ",", stream[closer].span)
            settings = (comma, (i + 2, closer)) if closer > i + 2 else ()
            plans[start] = Recast((name, (closer + 1, end), *settings, stream[end]), end + 1)
    return arranged(stream, plans) if plans else stream


def _check_settings(stream: list[Token], name: int, closer: int) -> None:
    """Refuse `nn.HuberLoss(2)`: in torch that 2 is no delta."""
    first = stream[name + 2]
    if stream[name].text in LOSSES and closer > name + 2 and not _is_named(stream, name + 2):
        hint = "write it as in `nn.HuberLoss(delta=2)(x, y)`"
        raise ExpressionError("a setting of a loss has a name", first.span, hint=hint)


# Arguments with a name: `x.clamp(min=0)`.


def without_keywords(stream: list[Token]) -> list[Token]:
    """Return tokens whose arguments stand in their places; raises `ExpressionError` for one that is not known."""
    plans = {call.name: plan for call in called(stream) if (plan := _plan(stream, call)) is not None}
    return arranged(stream, plans) if plans else stream


def _plan(stream: list[Token], call: Called) -> Recast | None:
    """Return where the arguments of a call belong, or None where none has a name: `where(x = 1, 2, 3)`."""
    name = stream[call.name]
    row = catalogue.find(name.text)
    parts = list(zip((call.start + 1, *(comma + 1 for comma in call.commas)), (*call.commas, call.end), strict=True))
    if (row is None and name.text not in _PARAMETERS) or not any(_is_named(stream, start) for start, _ in parts):
        return None
    name = renamed(name, _OF_TORCH.get(name.text, name.text))
    places: dict[int, Range] = {}
    for position, (start, end) in enumerate(parts):
        argument = stream[start]
        if not _is_named(stream, start):
            places[position] = (start, end)
        elif (chosen := _chosen(name, argument, stream[start + 2 : end])) is not None:
            name = chosen
        elif argument.text not in _IDLE:
            place = _place(name, argument, stream[start + 1])
            if place in places:
                span = argument.span.to(stream[end - 1].span)
                raise ExpressionError("this argument is given twice", span, hint="leave one of them out")
            places[place] = (start + 2, end)
    one_sided = _ONE_SIDED.get(tuple(sorted(places))) if name.text == "clamp" else None
    if one_sided is not None:
        name, places = renamed(name, one_sided), dict(enumerate(places[place] for place in sorted(places)))
    return Recast(
        (name, stream[call.start], *_in_order(name, places, stream[call.start]), stream[call.end]), call.end + 1
    )


def _is_named(stream: list[Token], position: int) -> bool:
    return kinds(stream, position, 2) == [NAME, "="]


def _chosen(name: Token, argument: Token, value: list[Token]) -> Token | None:
    """Return the function that an argument chooses by its value, if it is one that does."""
    chosen = _CHOOSING.get((name.text, argument.text), {}).get(value[0].text) if len(value) == 1 else None
    return None if chosen is None else renamed(name, chosen)


def _parameters(name: str) -> list[set[str]]:
    """Return the names of each argument."""
    row = catalogue.find(name)
    known = [set(names.split("|")) for names in _PARAMETERS.get(row.name if row else name, _ONE).split()]
    own = row.parameters if row else ()
    longer = max(len(known), len(own))
    return [(known[i] if i < len(known) else set()) | set(own[i : i + 1]) for i in range(longer)]


def _place(name: Token, argument: Token, sign: Token) -> int:
    """Return the place of an argument with a name."""
    parameters = _parameters(name.text)
    for place, names in enumerate(parameters):
        if argument.text in names:
            return place
    row = catalogue.find(name.text)
    shown = row.name if row else name.text.partition(" ")[0]
    hint = f"give the arguments of `{shown}` in their order"
    if shown not in EQUIVALENTS and catalogue.find(shown) is None:  # `cross entropy`
        hint = f"here it is written `{EQUIVALENTS[name.text].shown}`"
    raise ExpressionError("an argument with this name is not supported", argument.span.to(sign.span), hint=hint)


def _in_order(name: Token, places: Mapping[int, Range], opener: Token) -> Iterator[Token | Range]:
    """Yield the arguments in their order, with commas; one that is left out before another has its default."""
    row = catalogue.find(name.text)
    first = len(row.parameters) - len(row.defaults) if row else 0
    for place in range(max(places, default=-1) + 1):
        if place:
            yield Token(",", ",", opener.span)
        if place in places:
            yield places[place]
        elif row is not None and first <= place < len(row.parameters):
            yield from (Token(part.kind, part.text, opener.span) for part in tokenize(row.defaults[place - first])[:-1])
