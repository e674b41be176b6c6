"""The themes by name. Each is a family of themes as they are found in the wild, reduced to its markup."""

from demo.themes.bare import Bare
from demo.themes.block import Block
from demo.themes.chain import Chain
from demo.themes.classic import Classic
from demo.themes.incategory import InCategory
from demo.themes.loadmore import LoadMore
from demo.themes.pressbook import PressBook
from demo.themes.theme import Theme

THEMES: dict[str, Theme] = {
    theme.name: theme for theme in (Classic(), PressBook(), Block(), Bare(), Chain(), LoadMore(), InCategory())
}
