"""The promises of the project, each with the refusal beside it."""
