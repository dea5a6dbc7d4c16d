"""Reports of a day, a week or a month, from events alone (docs/reports.md). Begin with `making`."""
