"""Records as sheets: an Excel workbook, or the same sheets as CSV in a zip archive."""
