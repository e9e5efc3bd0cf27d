"""Where pages find what their previews share with those of snippets."""

from core.previewing import FramedPreviewMixin

__all__ = ["FramedPreviewMixin"]
