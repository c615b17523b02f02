"""The exercise brings its own databases: it is the same whichever the suite runs on, and is done once."""

import os

collect_ignore = [] if os.environ.get("TEST_DATABASE") == "postgresql" else ["test_exercise.py"]
