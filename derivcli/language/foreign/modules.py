"""Dots: functions of modules, `np.exp(x)` and `std::exp(x)`, and methods, `x.tanh()` and `(x + 1).pow(2)`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from derivcli.errors import ExpressionError, Span, UnknownNameError
from derivcli.language import calls, catalogue
from derivcli.language.brackets import close
from derivcli.language.foreign.dialects import CONSTANTS, DIALECTS, FOLDED, METHODS, MODULES
from derivcli.language.names import misspelt
from derivcli.language.operators import PARENTHESES
from derivcli.language.tokens import NAME, NUMBER, SCALARS, Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

DOTS = frozenset({".", "::"})
_PACKAGES = frozenset({"linalg", "random", "fft", "ma"})
_SUMS = frozenset({"sum", "mean", "nansum", "nanmean"})
_MAKERS = frozenset({"tensor", "array", "asarray", "as_tensor"})  # of a plain number they change nothing
_DERIVATIVE = frozenset({"diff"})
_OWN = {"sympy": _DERIVATIVE}  # of numpy it is the difference of neighbours


def undotted(stream: list[Token], text: str, given: AbstractSet[str]) -> tuple[list[Token], frozenset[str]]:
    """Return tokens without dots, and the dialects of the modules that were named."""
    reader = _Dots(stream, text, given)
    return reader.run(), frozenset(reader.dialects)


class _Dots:
    """Copies tokens; `heads` are those that come before the operand of a method once it is known."""

    def __init__(self, stream: list[Token], text: str, given: AbstractSet[str]) -> None:
        self.stream = stream
        self.text = text
        self.given = given
        self.dialects: set[str] = set()
        self.position = 0
        self.found: list[Token] = []
        self.heads: dict[int, list[Token]] = {}
        self.open: list[int] = []  # where the operand starts that each open bracket belongs to
        self.last: int | None = None  # where the operand starts that has just ended

    def run(self) -> list[Token]:
        while self.position < len(self.stream):
            token = self.stream[self.position]
            if token.kind == NAME and self.stream[self.position + 1].kind in DOTS and self._path():
                continue
            if token.kind in DOTS:
                self._method(token)
                continue
            self._copy(token)
        heads = self.heads
        return [part for i, token in enumerate(self.found) for part in (*reversed(heads.get(i, [])), token)]

    def _copy(self, token: Token) -> None:
        before = self.found[-1] if self.found else None
        is_call = before is not None and before.kind == NAME and calls.name_called(before.text) is not None
        if token.kind in PARENTHESES:
            self.open.append(len(self.found) - is_call)
            self.last = None
        elif token.kind in PARENTHESES.values():
            self.last = self.open.pop() if self.open else None
        else:
            self.last = len(self.found) if token.kind in (NAME, NUMBER) else None
        self.found.append(token)
        self.position += 1

    # Modules.

    def _path(self) -> bool:
        """Read `np.exp` or `math.pi`; return whether a module stands here."""
        parts = [self.stream[self.position]]
        i = self.position + 1
        while self.stream[i].kind in DOTS and self.stream[i + 1].kind == NAME:
            parts.append(self.stream[i + 1])
            i += 2
        names = [part.text for part in parts]
        if names[0] in self.given:
            return False
        known = [n for n in range(1, len(parts)) if ".".join(names[:n]) in MODULES]
        if not known:
            return False
        count = known[-1]
        dialect = MODULES[".".join(names[:count])]
        self.dialects.add(dialect)
        constant = next(
            (n for n in (2, 1) if count + n <= len(names) and ".".join(names[count : count + n]) in CONSTANTS[dialect]),
            0,
        )
        used = count + (constant or 1)
        span = parts[0].span.to(parts[used - 1].span)
        self.position += 2 * used - 1
        if constant:
            self._constant(CONSTANTS[dialect][".".join(names[count:used])], Token(NAME, "", span))
        else:
            self._function(names[count], dialect, Token(NAME, self.text[slice(*span)], span))
        return True

    def _constant(self, meant: str, token: Token) -> None:
        if [t.kind for t in self.stream[self.position : self.position + 2]] == ["(", ")"]:
            self.position += 2
        self.last = len(self.found)
        self.found += template(meant, token)

    def _function(self, name: str, dialect: str, token: Token) -> None:
        folded = name.lower() if dialect in FOLDED else name
        opens, first = self.stream[self.position].kind, self.stream[min(self.position + 1, len(self.stream) - 1)]
        if name in _SUMS and opens == "(":
            end = self._ends.get(self.position, self.position)
            _refuse_sum(token, self.text[first.span.start : self.stream[end].span.start])
        is_number = name in _MAKERS and first.kind not in PARENTHESES
        meant = (
            "value of" if is_number else target(folded, DIALECTS[dialect], token, own=_OWN.get(dialect, frozenset()))
        )
        if self.stream[self.position].kind != "(":
            raise UnknownNameError(
                f"`{token.text}` is a function and is not called", token.span, hint=f"write `{token.text}(x)`"
            )
        self.last = None
        self.found.append(Token(NAME, meant, token.span))

    # Methods.

    def _method(self, dot: Token) -> None:
        name, bracket = self.stream[self.position + 1], self.stream[min(self.position + 2, len(self.stream) - 1)]
        start = self.last
        if name.kind != NAME or start is None or not close(dot, name):
            raise ExpressionError(
                f"`{dot.kind}` has no meaning here", dot.span, hint="write the function alone, such as `sin(x)`"
            )
        typed = dot.span.to(name.span)
        if bracket.kind != "(":
            reason = METHODS.get(name.text, "")
            hint = reason[1:] if reason.startswith("!") else "give each variable a name of its own, such as w"
            raise UnknownNameError(f"`{self.text[slice(*typed)]}` is not supported", typed, hint=hint)
        place = self.found[start]
        called = Token(NAME, self.text[slice(*typed)], typed)
        if name.text in _SUMS:
            _refuse_sum(called, self.text[place.span.start : dot.span.start])
        meant = target(name.text, METHODS, called, own=_DERIVATIVE)
        self._refuse_second_call(self.position + 2, place.span, meant)
        span = place.span.to(name.span)
        self.heads.setdefault(start, []).extend(
            (Token("(", "(", Span(place.span.start, place.span.start)), Token(NAME, meant, span))
        )
        self.position += 3
        if self.stream[self.position].kind == ")":
            self.found.append(self.stream[self.position])
            self.position += 1
            self.last = start
        else:
            self.found.append(Token(",", ",", bracket.span))
            self.open.append(start)
            self.last = None

    def _refuse_second_call(self, bracket: int, start: Span, meant: str) -> None:
        """Refuse `nn.ReLU()(x)`, which in Python calls what the method gives, and is no product."""
        end = self._ends.get(bracket)
        if end is not None and self.stream[end + 1].kind == "(":
            span = start.to(self.stream[end].span)
            raise ExpressionError(
                f"`{self.text[slice(*span)]}` is called once more",
                self.stream[end + 1].span,
                hint=f"write `{calls.name_called(meant) or meant}(x)` for a module of torch, or `*` to multiply",
            )

    @cached_property
    def _ends(self) -> dict[int, int]:
        """Where the round bracket closes that opens at a place."""
        found, opened = {}, []
        for k, token in enumerate(self.stream):
            if token.kind == "(":
                opened.append(k)
            elif token.kind == ")" and opened:
                found[opened.pop()] = k
        return found


def _refuse_sum(typed: Token, operand: str) -> NoReturn:
    """Refuse `x.pow(2).sum()`, whose slope by each element is that of what is summed."""
    hint = f"write `{operand}` for one element; {SCALARS}"
    raise UnknownNameError(f"`{typed.text}` is not supported", typed.span, hint=hint, suggestions=(operand,))


def target(name: str, dialect: dict[str, str], typed: Token, *, own: AbstractSet[str] = frozenset()) -> str:
    """Return what a function of a module is called here; raises `UnknownNameError` for one that is not read."""
    meant = dialect.get(name, name)
    if meant.startswith("!"):
        raise UnknownNameError(f"`{typed.text}` is not supported", typed.span, hint=meant[1:])
    if name in _PACKAGES:
        raise UnknownNameError(f"`{typed.text}` is not supported", typed.span, hint=SCALARS)
    if meant not in own and calls.name_called(meant) is None:
        found = misspelt(name, catalogue.function_names())
        hint = f"did you mean `{found[0]}`?" if found else "see deriv --manual pasting; " + SCALARS
        raise UnknownNameError(f"`{typed.text}` is not supported", typed.span, hint=hint, suggestions=found)
    return meant


def template(meant: str, token: Token) -> list[Token]:
    """Return the tokens of a text in the language, all in the place of one token."""
    return [Token(part.kind, part.text, token.span) for part in tokenize(meant)[:-1]]
