"""The reviewed seed content: read from YAML, checked, and taken through the real workflow, release by release."""
