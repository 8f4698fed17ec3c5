"""What one command line asks: its words and options, and what is read of them where it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from derivcli.cli.options import asked_format, format_of, of_no_form
from derivcli.cli.progress import wants_progress, watched
from derivcli.cli.streams import OutputFile, StandardOutput, is_file, same_file
from derivcli.document import Canvas
from derivcli.errors import UsageError
from derivcli.language.styles import Notation
from derivcli.model.choices import CODE, Verify
from derivcli.model.option import ValueKind, check_clash
from derivcli.model.options import EXPLAINING, OPTIONS, find, given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from derivcli.cli.options import Options
    from derivcli.cli.progress import Extent
    from derivcli.cli.streams import Environment, Target
    from derivcli.document import Format
    from derivcli.model import Request
    from derivcli.model.option import Option
    from derivcli.points.places import Places
    from derivcli.points.told import Told


@dataclass(frozen=True)  # with no slots: what has been read is kept
class CommandCall:
    """A command line, and where it was typed; `texts` are the expressions, none where none is needed.

    What is read here raises a `DerivError` for names, values and formats that cannot be read.
    """

    options: Options
    environment: Environment
    texts: Sequence[str] = ()

    @cached_property
    def canvas(self) -> Canvas:
        """What the answer is drawn on: the terminal, or a file, which has no width."""
        options, environment = self.options, self.environment
        own = {"prefix": options.prefix, "notation": Notation(options.notation)}
        if options.output:
            return Canvas(color=options.color == "always", **own)
        return Canvas(
            width=environment.width(),
            height=environment.height(),
            color=environment.wants_colour(options.color),
            unicode=environment.unicode(),
            **own,
        )

    @cached_property
    def places(self) -> Places:
        """What --at says."""
        from derivcli.points.places import parse_places

        return parse_places(self.options.at or [])

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What is asked of `differentiate`."""
        from derivcli.points.places import parse_at, parse_partials, parse_wrt

        read: dict[ValueKind, Any] = {
            ValueKind.NAMES: parse_wrt,
            ValueKind.MIXED: parse_partials,
            ValueKind.POINT: parse_at,
        }
        wanted = {option.key: getattr(self.options, option.key) for option in OPTIONS if option.python}
        texts = [option for option in OPTIONS if option.kind in read and wanted.get(option.key)]
        wanted |= {option.key: read[option.kind](wanted[option.key]) for option in texts}
        return {"at": self.places.constants if self.options.at else None, **wanted}

    @property
    def has_rows(self) -> bool:
        """Whether the answer is a row for each of many points."""
        return self.options.points is not None or bool(self.places.axes)

    @property
    def explains(self) -> bool:
        """Whether an explanation is asked for."""
        return bool(given(self.options, EXPLAINING))

    @cached_property
    def language(self) -> str | None:
        """The language of code: as asked, else as the name of the output file tells where nothing else is asked."""
        options = self.options
        if options.code is not None or given(options, [*EXPLAINING, find("plot"), find("graph"), find("points")]):
            return str(options.code) if options.code is not None else None
        suffix = PurePath(options.output or "").suffix.lower().removeprefix(".")
        named = next((name for name, (_, suffixes) in CODE.items() if suffix in suffixes), None)
        return named if named is not None and asked_format(options) is None else None

    @property
    def verify(self) -> Verify:
        """Which rows all witnesses look at."""
        return Verify(self.options.verify)

    @property
    def told(self) -> Told:
        """What the options say of the file of points."""
        from derivcli.points.told import read_told

        said = self.options
        return read_told(said.points_format, said.delimiter, said.decimal, said.encoding, said.rename or ())

    def format(self, *, rows: bool) -> Format:
        """Return the format of the answer; a note says where the name of the output file tells none."""
        chosen = format_of(self.options, rows=rows)
        self.environment.warn(*of_no_form(self.options))
        return chosen

    def target(self, source: str | None = None) -> Target:
        """Return where the answer goes, which is left empty where it is left early; `-` is standard output.

        Raises `UsageError` for the file that it is made from, and as `OutputFile`.
        """
        if not self.to_file:
            return StandardOutput(self.environment)
        name = self.options.output
        if source is not None and same_file(name, source):
            raise UsageError(f"--output would write over {name}, which is read", hint="give the name of a file")
        return OutputFile(name)

    def expressions(self) -> Any:
        """Return the only expression, or a list of several; one of them may stand on standard input."""
        texts = self.environment.texts(self.texts)
        return texts if len(texts) > 1 else texts[0]

    def request(self) -> Request:
        """Return what is asked of one expression."""
        from derivcli.api import request_of

        return request_of(self.expressions(), self.wanted)

    def watched(self, answers: Iterable[Any], extent: Extent, chosen: Format) -> Iterator[Any]:
        """Give the answers on, with a progress bar where that may be shown."""
        shown = wants_progress(self.environment, chosen, quiet=self.options.quiet, to_file=self.to_file)
        return watched(answers, extent, self.environment, shown=shown)

    @property
    def to_file(self) -> bool:
        """Whether the answer goes to a file."""
        return is_file(self.options.output)

    def check_alone(self, name: str, said: str, hint: str) -> None:
        """Raise `UsageError` for an option beside one that answers no question: the look of the text is all it asks."""
        beside = next((other for other in given(self.options) if other.name != name and not other.anywhere), None)
        if beside is not None:
            raise UsageError(f"--{name} {said}, and takes no {beside.flag}", hint=hint)

    def check_clash(self, option: Option) -> None:
        """Raise `UsageError` for what an option does not go with."""
        check_clash(option, given(self.options))

    def check_rows(self) -> None:
        """Raise `UsageError` for what many points do not go with."""
        self.check_one_expression("several expressions take one point")
        if self.options.points is not None and self.places.axes:
            raise UsageError(
                "--points and a range do not go together",
                hint="put the range into the file, or leave out one of the two",
            )
        if self.texts[0] == self.options.points == "-":
            raise UsageError("- stands for standard input, which can be read once only")

    def check_one_expression(self, said: str) -> None:
        """Raise `UsageError` for several expressions."""
        if len(self.texts) > 1:
            raise UsageError(said, hint="ask for one expression at a time")

    def check_one_point(self, said: str) -> None:
        """Raise `UsageError` for several points."""
        if self.places.axes:
            name = next(iter(self.places.axes))
            raise UsageError(said, hint=f"give `{name}` one value: --at {name}=2")
