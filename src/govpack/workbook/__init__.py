"""The vendor scorecard as an Excel workbook that people go on working in: live formulas with their values stored."""

from govpack.workbook.scorecard import write_scorecard

__all__ = ["write_scorecard"]
