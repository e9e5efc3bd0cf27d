"""Zalo: links to share by, and posting to an Official Account through an outbox.

Off until an administrator has put in the tokens of the Official Account.
"""
