# `make demo` shows everything at work, `make test` proves it. Both do all set-up themselves; `make` alone lists the targets.

SHELL := /bin/bash
PYTHON_BIN := .venv/bin/python
TYPED := hub kiosk display caller smartqueue scripts
CODE := $(TYPED) tests
KINDS := hub kiosk display caller dev
# Arguments of demo, bench and pytest: make demo ARGS="--seconds 60", make test ARGS="tests/domain".
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check pytest pictures screens bench docs pins clean

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf '%-18s %s\n' "$$name" "$$what"; done

setup: ## install what is missing: system packages, .venv, fonts
	@scripts/setup.sh test

demo: ## hub, kiosk, two callers and a display at work (windows, or simulated people without a screen)
	@scripts/setup.sh run
	@.venv/bin/smartqueue demo $(ARGS)

test: setup check pytest ## all checks and all tests

check: ## format, lint and types
	@scripts/setup.sh test
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/ruff check $(CODE)
	.venv/bin/mypy --strict $(TYPED)

pytest:
	$(PYTHON_BIN) -m pytest -n 2 --dist loadgroup $(ARGS)

pictures: ## draw every screen and ticket anew into docs/pictures
	@scripts/setup.sh test
	$(PYTHON_BIN) tests/house/house_pictures.py
	$(PYTHON_BIN) tests/kiosk/ticket_goldens.py

screens: ## draw every screen of the kiosk on every panel in three languages into build/screens (ARGS=needs: only those)
	@scripts/setup.sh test
	$(PYTHON_BIN) tests/kiosk/kiosk_pictures.py build/screens $(ARGS)

bench: ## measure, print a table and write JSON
	@scripts/setup.sh test
	$(PYTHON_BIN) tests/bench/run.py $(ARGS)

docs: ## write the generated parts of docs/ anew
	@scripts/setup.sh test
	$(PYTHON_BIN) scripts/reference.py
	$(PYTHON_BIN) scripts/wiring_drawings.py

# The pins stay as they are where they fit; make pins UPGRADE=1 looks for newer ones.
pins: ## resolve the pinned requirements of every kind of unit anew
	@scripts/setup.sh test
	@command -v uv >/dev/null || [ -x .venv/bin/uv ] || $(PYTHON_BIN) -m pip install --quiet uv
	@for kind in $(KINDS); do \
	  PATH="$$PATH:.venv/bin" uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url $(if $(UPGRADE),--upgrade) --extra $$kind pyproject.toml requirements/build.in \
	    --output-file requirements/$$kind.txt || exit 1; \
	done

clean: ## remove all that was made here, .venv too
	rm -rf .venv build dist demo-out *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
