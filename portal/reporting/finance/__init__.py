"""The finance report: every grant by source and year, with summaries that add up to the same pence.

Page, CSV and workbook ask one query (`FinanceList.filtered`). Sums are made in the database, of whole pence.
"""
