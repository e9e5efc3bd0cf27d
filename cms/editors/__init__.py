"""The editors' desk: review, drafts for others, reports, and what waits for whom."""
