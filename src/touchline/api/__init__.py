"""The JSON API's shell: one application, one shape of errors and long lists. Capabilities offer routers as `endpoints`."""

from ninja import Schema

# The text under each field of an answer becomes its description; answers are the facades' own dataclasses.
Schema.model_config["use_attribute_docstrings"] = True
