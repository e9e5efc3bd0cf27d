"""What higher apps may listen to."""

from django.dispatch import Signal

# Sent after the commit: sender=Round, quiz_round=…, run=ResultRun, at=….
results_published = Signal()
