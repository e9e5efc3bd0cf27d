def as_markdown(results):
    return ""


def write(t):
    pass
