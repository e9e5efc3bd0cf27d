"""Three offices with hours, bookings of people who do not exist, and half a year of feedback."""
