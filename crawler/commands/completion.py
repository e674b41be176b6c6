"""``scrapy completion``: what a shell needs to complete commands, options, arguments of spiders and settings."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from itertools import chain

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.misc import walk_modules_iter

from crawler.commands.refusal import refuse
from crawler.setting_words import names_of_ours
from crawler.spiders.base import SiteSpider

_SHELLS = ("bash", "zsh", "fish")
_ACTIONS = {"sites": ("list", "add", "remove", "show"), "completion": _SHELLS}

_OFFERS = {"bash": 'compgen -W "{words}" -- "$1"', "zsh": "compadd -S '' -- {words}"}
_LINE = {"bash": '"${COMP_WORDS[@]}"', "zsh": "$words"}
"""The words that are typed. fish completes by lists alone: there ``-a`` has the arguments of all spiders."""
_FUNCTION = """\
{name}() {{
    local word
    for word in {line}; do
        case "$word" in
{cases}        esac
    done
    {offer}
}}
"""
_CASE = "        {word}) {offer}; return ;;\n"
_NO_SPACE = """
_presswalk() { _shtab_scrapy "$@"; if [[ ${COMPREPLY[0]-} == *= ]]; then compopt -o nospace; fi }
complete -o bashdefault -F _presswalk scrapy
"""
"""Of bash, behind ``NAME=`` where a value follows; fish knows, and zsh is told by its function."""


class Command(ScrapyCommand):
    """Print a script for a shell."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    def syntax(self) -> str:
        """What follows the name of the command."""
        return "|".join(_SHELLS)

    def short_desc(self) -> str:
        """One line for ``scrapy``."""
        return "Print what a shell needs to complete commands: source <(scrapy completion bash)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print it."""
        import shtab  # noqa: PLC0415 - loaded by who needs it

        if len(args) != 1 or args[0] not in _SHELLS:
            refuse("completion", f"of which shell? {' or '.join(_SHELLS)}")
        loader = get_spider_loader(self.settings)
        spiders = {name: loader.load(name) for name in sorted(loader.list())}
        taken = {
            name: sorted(f"{argument}=" for argument in spider.arguments_model.taken())
            for name, spider in spiders.items()
            if issubclass(spider, SiteSpider)
        }
        names = {"-a": sorted({*chain(*taken.values())}), "-s": [f"{name}=" for name in names_of_ours()]}
        parser = _parser(self.settings, {**_ACTIONS, "crawl": list(spiders)}, names, args[0])
        preamble = _function("-a", args[0], names["-a"], taken) + _function("-s", args[0], names["-s"], {})
        script = shtab.complete(parser, args[0], preamble=preamble)
        sys.stdout.write(script + (_NO_SPACE if args[0] == "bash" else ""))


def _function(option: str, shell: str, names: Sequence[str], by_word: Mapping[str, Sequence[str]]) -> str:
    """What offers the names of an option: those that go with the first of these words on the line, else all."""
    if shell not in _OFFERS:
        return ""
    offer = _OFFERS[shell]
    cases = (_CASE.format(word=word, offer=offer.format(words=" ".join(own))) for word, own in by_word.items())
    if not by_word:
        return f"{_name_of(option)}() {{ {offer.format(words=' '.join(names))}; }}\n"
    return _FUNCTION.format(
        name=_name_of(option), line=_LINE[shell], cases="".join(cases), offer=offer.format(words=" ".join(names))
    )


def _name_of(option: str) -> str:
    return f"_presswalk_{option.removeprefix('-')}"


def _parser(
    settings: Settings, words: dict[str, Sequence[str]], names: dict[str, list[str]], shell: str
) -> argparse.ArgumentParser:
    """All commands as one parser: Scrapy makes one of the command that is called."""
    parser = argparse.ArgumentParser("scrapy")
    commands = parser.add_subparsers()
    for name, command in sorted(_commands().items()):
        command.settings = settings
        one = commands.add_parser(name, help=command.short_desc(), conflict_handler="resolve")
        command.add_options(one)
        if name in words:
            one.add_argument("word", choices=words[name])
        for action in one._actions:  # noqa: SLF001 - shtab says to put ``complete`` there, and Scrapy adds the options
            for option in names.keys() & set(action.option_strings):
                if shell == "fish":
                    action.choices = names[option]
                else:
                    action.complete = {shell: _name_of(option)}  # type: ignore[attr-defined] # shtab's
    return parser


def _commands() -> dict[str, ScrapyCommand]:
    modules = (*walk_modules_iter("scrapy.commands"), *walk_modules_iter("crawler.commands"))
    kinds = {module.__name__.rpartition(".")[2]: getattr(module, "Command", None) for module in modules}
    return {name: kind() for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, ScrapyCommand)}
