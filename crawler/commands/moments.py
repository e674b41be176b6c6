"""Moments as argparse wants them."""

import argparse
from datetime import datetime

from crawler.moments import moment


def date_or_age(text: str) -> datetime:
    """What ``--since`` takes. Raises ArgumentTypeError, whose words argparse prints."""
    try:
        return moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
