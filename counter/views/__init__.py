"""Views of the counter: public, booking, feedback for citizens; desk, hours, report for staff."""
