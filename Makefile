# make serve   the API with everything it needs, on http://127.0.0.1:8000/graphql
# make test    all tests, on a real PostgreSQL of their own
# make check   formatting, lints, types, import contracts
PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip --quiet --disable-pip-version-check
# Both are written last. The first holds the folder that the environment was made in.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.PHONY: install serve test check format bench graphiql pins

# An environment knows its place: one whose making was cut off, or that was moved or copied here,
# or whose Python is gone, is made anew.
ifneq ($(shell $(VENV)/bin/python -c '' 2>/dev/null && cat $(INSTALLED) 2>/dev/null),$(CURDIR))
IS_UNFIT := yes
.PHONY: $(INSTALLED)
endif

install: $(INSTALLED)

$(INSTALLED): requirements.txt pyproject.toml
	@$(if $(IS_UNFIT),$(new_environment))
	@rm -f $(INSTALLED) $(INSTALLED_DEV)
	$(PIP) install -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@pwd -P > $(INSTALLED)

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	@rm -f $(INSTALLED) $(INSTALLED_DEV)
	$(PIP) install -r requirements-dev.txt
	@pwd -P > $(INSTALLED) && touch $(INSTALLED_DEV)

define new_environment
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
    echo "Billwright needs Python 3.11 or newer, and '$(PYTHON)' is older or missing. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
    echo "'$(PYTHON)' cannot make virtual environments. On Debian: apt-get install python3-venv" >&2; exit 1; }; \
rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
endef

serve: $(INSTALLED)
	@$(VENV)/bin/billwright serve

test: $(INSTALLED_DEV)
	$(VENV)/bin/python -m pytest --numprocesses 2 --dist worksteal $(TESTS)

check: $(INSTALLED_DEV)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(INSTALLED_DEV)
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(INSTALLED_DEV)
	$(VENV)/bin/python -m bench.run --quick
	$(VENV)/bin/python -m bench.renewals --quick
	$(VENV)/bin/python -m bench.metering --quick

# The built front end is committed; Node is needed only to build it anew.
graphiql:
	cd web/graphiql && npm ci && npm run build

# The newest versions that resolve together, with the oldest Python that we support: run it with
# PYTHON=python3.11, and read the diff before you commit it. `pip freeze` writes no addresses.
PINS := build/pins/bin/python -m pip --quiet --disable-pip-version-check
FREEZE := $(PINS) freeze --all --exclude-editable --exclude pip

pins:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	$(PINS) install --upgrade setuptools
	$(PINS) install --no-build-isolation --editable .
	{ echo '# Everything that runs or installs Billwright, pinned. Written by `make pins` from pyproject.toml.'; $(FREEZE); } > build/requirements.txt
	$(PINS) install --no-build-isolation --editable '.[dev]'
	{ echo '# What the tests and checks need besides, pinned. Written by `make pins` from pyproject.toml.'; echo '-r requirements.txt'; $(FREEZE) | grep -vxFf build/requirements.txt; } > requirements-dev.txt
	mv build/requirements.txt requirements.txt && rm -rf build/pins
