"""The demo: a body with 320 people, a contest with one published round and one that is open.

Everything is made through the product's own operations; nothing is written behind their backs.
"""
