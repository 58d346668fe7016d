"""Kits: found, read, and held against what a contract chooses from them. A kit is data, never code."""

from govpack.kits.conditions import ConditionError, PlainEnvironment, holds
from govpack.kits.find import bundled_kits, find_kit
from govpack.kits.folders import copy_kit, copy_starter
from govpack.kits.kit import Clause, Kit
from govpack.kits.read import read_kit
from govpack.kits.select import (
    clauses_for,
    find_choice_problems,
    find_condition_problems,
    find_idle_choices,
    find_issue_problems,
)

__all__ = [
    "Clause",
    "ConditionError",
    "Kit",
    "PlainEnvironment",
    "bundled_kits",
    "clauses_for",
    "copy_kit",
    "copy_starter",
    "find_choice_problems",
    "find_condition_problems",
    "find_idle_choices",
    "find_issue_problems",
    "find_kit",
    "holds",
    "read_kit",
]
