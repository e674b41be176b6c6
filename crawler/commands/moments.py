"""Moments as argparse wants them."""

import argparse
from datetime import datetime

from crawler.moments import end_of_day, moment


def date_or_age(text: str) -> datetime:
    """What ``--since`` takes. Raises ArgumentTypeError, whose words argparse prints."""
    try:
        return moment(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def end_of_day_or_age(text: str) -> datetime:
    """What ``--until`` takes: a date alone includes that day. Raises ArgumentTypeError."""
    try:
        return end_of_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
