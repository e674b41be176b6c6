"""``scrapy completion``: what a shell needs to complete commands, options, arguments of spiders and settings."""

import argparse
import sys
from collections.abc import Sequence

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.misc import walk_modules_iter

from crawler.commands.refusal import refuse
from crawler.setting_words import names_of_ours
from crawler.spiders.base import SiteSpider

_SHELLS = ("bash", "zsh", "fish")
_ACTIONS = {"sites": ("list", "add", "remove", "show"), "completion": _SHELLS}

_FUNCTIONS = {
    "bash": '{name}() {{ compgen -W "{words}" -- "$1"; }}\n',
    "zsh": "{name}() {{ compadd -S '' -- {words} }}\n",
}
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
        models = [
            spider.arguments_model for spider in map(loader.load, loader.list()) if issubclass(spider, SiteSpider)
        ]
        names = {
            "-a": sorted({f"{name}=" for model in models for name in model.model_fields if name not in model.fixed}),
            "-s": [f"{name}=" for name in names_of_ours()],
        }
        parser = _parser(self.settings, {**_ACTIONS, "crawl": sorted(loader.list())}, names, args[0])
        script = shtab.complete(parser, args[0], preamble=_preamble(args[0], names))
        sys.stdout.write(script + (_NO_SPACE if args[0] == "bash" else ""))


def _preamble(shell: str, names: dict[str, list[str]]) -> str:
    form = _FUNCTIONS.get(shell, "")
    return "".join(form.format(name=_function(option), words=" ".join(told)) for option, told in names.items())


def _function(option: str) -> str:
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
                    action.complete = {shell: _function(option)}  # type: ignore[attr-defined] # shtab's
    return parser


def _commands() -> dict[str, ScrapyCommand]:
    modules = (*walk_modules_iter("scrapy.commands"), *walk_modules_iter("crawler.commands"))
    kinds = {module.__name__.rpartition(".")[2]: getattr(module, "Command", None) for module in modules}
    return {name: kind() for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, ScrapyCommand)}
