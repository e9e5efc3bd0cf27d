"""What higher apps may listen to."""

from django.dispatch import Signal

# An instrument's status, dates or relations changed, in the transaction of the change:
# sender=Instrument, instrument_ids={…}, newly_amended={…} (a part of them: amended just now).
instrument_status_changed = Signal()
