"""`python -m tui` is `dl-tutor`."""

import sys

from tui.cli import main

sys.exit(main())
