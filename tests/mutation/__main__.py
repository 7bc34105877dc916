"""Run `python -m tests.mutation` to see whether the tests notice what is changed in the modules that decide.

Give paths to look at some of them only. One line is written for each survivor, and a figure for each module.
"""

from __future__ import annotations

import subprocess
import sys

_WORKFLOW = ["tests/editorial", "tests/proofs/test_histories_told.py", "tests/journeys/test_regulatory_story.py"]
TESTS = {
    "therapies/status.py": ["tests/therapies"],
    "content_api/editorial/policies.py": [*_WORKFLOW, "tests/admin/test_review.py", "tests/releases/test_overtaken.py"],
    "content_api/releases/policies.py": [*_WORKFLOW, "tests/releases", "tests/admin/test_releases.py"],
    "content_api/releases/publishing.py": ["tests/releases", "tests/delivery/test_changes.py", "tests/editions"],
}

for path in sys.argv[1:] or TESTS:
    options = ["-q", "-p", "tests.mutation.plugin", "-p", "no:cacheprovider", "--mutate", path]
    subprocess.run([sys.executable, "-m", "pytest", *options, *TESTS[path]], check=True)
