"""What makes a shell complete: options, their values, and the functions of the language.

The scripts are static: no Python starts where a person presses TAB. Options come from the table, functions from the
catalogue. In an expression the name that stands last is completed.
"""

from __future__ import annotations

from textwrap import fill, indent
from typing import TYPE_CHECKING

from derivcli.errors import ExitCode
from derivcli.language.catalogue.search import LISTED
from derivcli.model.option import ValueKind
from derivcli.model.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from derivcli.cli.call import CommandCall
    from derivcli.model.option import Option


def answer(call: CommandCall) -> ExitCode:
    """Print the script for the shell that is asked for; raises `UsageError` for what asks about an expression."""
    call.check_alone("completion", "prints a script", "deriv --manual scripts says where it belongs")
    call.target().write(script(call.options.completion))
    return ExitCode.AGREE


def script(shell: str, options: Sequence[Option] = OPTIONS) -> str:
    """Return the script for a shell: bash, zsh or fish."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](options)


def functions() -> list[str]:
    """Return the names that an expression may call, and the constants."""
    return [row.name for rows in LISTED.values() for row in rows]


def _lines(words: Iterable[str], margin: int) -> str:
    return indent(fill(" ".join(words), 100, break_long_words=False, break_on_hyphens=False), " " * margin)


_BASH = """\
# What bash completes behind `deriv`; printed by `deriv --completion bash`.
_deriv() {{
    local functions="
{functions}"
    local options="
{options}"
    local word=$2 before=$3 name found
    # bash takes `--format=csv` for three words
    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${{COMP_WORDS[COMP_CWORD - 2]}}; fi
    COMPREPLY=()
    case $before in
{values}
    esac
    case $word in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *)
        name=${{word##*[!A-Za-z0-9_]}}
        [[ $name == [A-Za-z]* ]] || return
        compopt -o nospace 2> /dev/null
        while IFS= read -r found; do
            COMPREPLY+=("${{word%"$name"}}$found")
        done < <(compgen -W "$functions" -- "$name")
        # two candidates, so that bash does not close the quotes behind the only one
        if ((${{#COMPREPLY[@]}} == 1)); then COMPREPLY+=("${{COMPREPLY[0]}}("); fi ;;
    esac
}}
complete -F _deriv deriv
"""


def _bash(options: Sequence[Option]) -> str:
    flags = [flag for option in options for flag in option.flags]
    followed = [option for option in options if option.takes_value]
    values = "\n".join(f"    {' | '.join(option.flags)}) {_bash_values(option)} ;;" for option in followed)
    return _BASH.format(functions=_lines(functions(), 8), options=_lines(flags, 8), values=values)


def _bash_values(option: Option) -> str:
    """Return what follows an option: one of its words, the name of a file, or what nobody knows."""
    words = [f'COMPREPLY=($(compgen -W "{" ".join(option.words)}" -- "$word"))'] if option.words else []
    # where a word fits, bash offers no files
    files = ['compopt -o default 2> /dev/null || COMPREPLY+=($(compgen -f -- "$word"))'] if _is_file(option) else []
    found = "; ".join((*words, *files, "return"))
    return f"if [[ $word != -* ]]; then {found}; fi" if option.may_stand_alone else found


_ZSH = """\
#compdef deriv
# What zsh completes behind `deriv`; printed by `deriv --completion zsh`.
_deriv_functions() {{
    local -a names=(
{functions}
    )
    [[ $PREFIX == -* ]] && return 1
    compset -P '*[^A-Za-z0-9_]'
    [[ $PREFIX == [A-Za-z]* ]] && compadd -S '' -a names
}}
_deriv() {{
    _arguments -S \\
{options} \\
        '*:expression:_deriv_functions'
}}
if [[ $funcstack[1] == _deriv ]]; then _deriv "$@"; else compdef _deriv deriv; fi
"""


def _zsh(options: Sequence[Option]) -> str:
    specs = " \\\n".join(f"        {_zsh_spec(option)}" for option in options)
    return _ZSH.format(functions=_lines(functions(), 8), options=specs)


def _zsh_spec(option: Option) -> str:
    """Return an option in the manner of zsh's _arguments: who it excludes, its names, its help, its value."""
    said = "".join(rf"\{mark}" if mark in "[]:\\" else mark for mark in option.line)
    long = f"{option.flag}=" if option.takes_value else option.flag
    about = f"[{said}]{_zsh_value(option)}"
    if option.kind.is_list:
        return _quoted(f"*{long}{about}")
    if not option.short:
        return _quoted(f"{long}{about}")
    short = f"{option.short}+" if option.takes_value else option.short
    return f"{_quoted(f'({option.short} {option.flag})')}{{{short},{long}}}{_quoted(about)}"


def _zsh_value(option: Option) -> str:
    if not option.takes_value:
        return ""
    words = f"({' '.join(option.words)})" if option.words else ""
    files = "_files" if _is_file(option) else ""
    both = rf'{{_alternative "words\:word\:{words}" "files\:file\:{files}"}}'
    values = both if words and files else words or files or " "
    return f"{'::' if option.may_stand_alone else ':'}{option.metavar}:{values}"


_FISH = """\
# What fish completes behind `deriv`; printed by `deriv --completion fish`.
function __deriv_functions
    set -l word (commandline --current-token --cut-at-cursor | string trim --left --chars '"\\'')
    string match --quiet --regex '[A-Za-z][A-Za-z0-9_]*$' -- $word; or return
    printf '%s\\n' (string replace --regex '[A-Za-z0-9_]*$' '' -- $word){{{functions}}}
end
complete -c deriv -f
complete -c deriv -n 'not string match --quiet -- "-*" (commandline --current-token)' -a '(__deriv_functions)'
{options}
"""


def _fish(options: Sequence[Option]) -> str:
    return _FISH.format(functions=",".join(functions()), options="\n".join(map(_fish_line, options)))


def _fish_line(option: Option) -> str:
    short = f" -s {option.short[1:]}" if option.short else ""
    words = f" -a {_quoted(' '.join(option.words))}" if option.words else ""
    line = f"complete -c deriv -l {option.name}{short}{words}{_fish_files(option)} -d {_quoted(option.line)}"
    if not option.may_stand_alone:
        return line
    files = " -F" if _is_file(option) else ""
    return f"{line}\ncomplete -c deriv -n 'test (commandline -opc)[-1] = {option.flag}'{words}{files}"


def _fish_files(option: Option) -> str:
    """Return whether a value has to follow, and whether that is the name of a file."""
    if _is_file(option):
        return " -F" if option.may_stand_alone else " -r -F"
    return " -x" if option.takes_value else ""


def _is_file(option: Option) -> bool:
    return option.kind is ValueKind.FILE


def _quoted(text: str) -> str:
    """Return a text in single quotes; no help or metavar holds one, which a test holds."""
    return f"'{text}'"
