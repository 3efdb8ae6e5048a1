"""Static files in production: compressed, named by their content, with the imports inside modules renamed too."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """A module's ``import "./outbox.js"`` must name the hashed file, or a browser mixes two releases."""

    support_js_module_import_aggregation = True
