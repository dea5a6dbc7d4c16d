"""`python -m smartqueue VERB`, the same as `smartqueue VERB`."""

import sys

from smartqueue.cli import main

sys.exit(main())
