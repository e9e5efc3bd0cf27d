"""A bank's questions as files that others, and our own readers, can read.

``exported`` says what a question is here; each other module writes one format from it; ``losses``
says what a format cannot hold. Only ``exporting`` knows the database.
"""
