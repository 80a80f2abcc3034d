# make serve   the API with everything it needs, on http://127.0.0.1:8000/graphql
# make test    all tests, on a real PostgreSQL of their own
# make check   formatting, lints, types, import contracts
PYTHON ?= python3
VENV := .venv
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.PHONY: install serve test check format bench graphiql pins

install: $(INSTALLED)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Billwright needs Python 3.11 or newer; $(PYTHON) is older. Run: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }

$(INSTALLED): requirements.txt pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

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

# The built front end is committed; Node is needed only to build it anew.
graphiql:
	cd web/graphiql && npm ci && npm run build

# Newest versions that resolve together; read the diff before you commit it.
pins:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/pip install --quiet . && build/pins/bin/pip uninstall --quiet --yes billwright
	(echo '# Runtime dependencies, every one pinned. Written by `make pins` from pyproject.toml; no addresses.'; build/pins/bin/pip freeze) > requirements.txt
	build/pins/bin/pip install --quiet .[dev] && build/pins/bin/pip uninstall --quiet --yes billwright
	(printf '%s\n' '# What the tests and checks need on top of requirements.txt, every one pinned. Written by `make pins`.' '-r requirements.txt'; build/pins/bin/pip freeze | grep -vxFf requirements.txt) > requirements-dev.txt
