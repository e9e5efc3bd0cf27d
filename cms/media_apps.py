"""Wagtail's pictures and files, under our policy of who keeps to which collection.

Registered by their apps, each at the moment Wagtail registers its own: hooks may be read earlier.
"""

from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig


class ImagesConfig(WagtailImagesAppConfig):
    def ready(self) -> None:
        super().ready()
        _narrow(self.get_model("Image"))


class DocumentsConfig(WagtailDocsAppConfig):
    def ready(self) -> None:
        super().ready()
        _narrow(self.get_model("Document"))


def _narrow(model: type) -> None:
    from wagtail.permissions import register_permission_policy

    from cms.editors.unit_collections import UnitMediaPolicy

    policy = UnitMediaPolicy(model, auth_model=model, owner_field_name="uploaded_by_user")
    register_permission_policy(model, policy)
