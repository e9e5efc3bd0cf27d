"""Question files as authors really send them: Word, Excel or CSV, Moodle GIFT.

Readers are pure: bytes in, a `ParseResult` out, nothing guessed and nothing dropped silently. What
they have to say is a code with facts; `messages.py` has the words. `applying.py` writes to the
bank.
"""
