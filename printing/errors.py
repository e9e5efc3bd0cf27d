class RenderingError(Exception):
    """A template asked for something the renderer may not read: our mistake, not the user's."""
