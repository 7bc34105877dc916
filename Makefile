# The commands of the project. Each makes what it needs; a bare `make` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
# No resolving: a lock file names every package, and what came out since it was made must not count. Not compiled
# ahead: Python compiles what is used when it is first used, which is less than half.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# Settings for commands that read the code and serve nobody.
AT_REST := SECRET_KEY=only-for-checks-that-serve-nobody-0123456789-abcdefghij DEMO=0 DEBUG=0 DATABASE_URL=sqlite:///:memory:
# As in production: `check --deploy` has nothing to say about these.
AS_DEPLOYED := $(AT_REST) PUBLIC_BASE_URL=https://content.example.org ALLOWED_HOSTS=content.example.org

.PHONY: help run test test-full screenshots examples lint lock

help: ## List these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

run: export PUBLIC_BASE_URL = http://127.0.0.1:$(PORT)
run: _port-is-free .venv/installed .env ## Serve the demo on http://127.0.0.1:8000/ (another port: make run PORT=8001)
	@mkdir -p static
	@echo "Database: bringing its tables up to date"
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo
	@exec $(BIN)/granian --interface wsgi --no-ws --blocking-threads 4 --host 127.0.0.1 --port $(PORT) \
		content_api.wsgi:application

test: .venv/installed-dev tests/node_modules/installed ## Run the tests on SQLite, then on PostgreSQL
	@status=0; for engine in sqlite postgresql; do \
		echo "Tests on $$engine"; \
		TEST_ENGINE=$$engine $(BIN)/python -m pytest --numprocesses auto --dist loadgroup || status=1; \
	done; exit $$status

test-full: export TEST_AMOUNT = full
test-full: test ## The same, with every proof at full length

screenshots: .venv/installed-dev tests/node_modules/installed ## Take the pictures of the documentation again, into docs/pictures
	@$(BIN)/python -m pytest --quiet tests/browser/pictures.py

examples: .venv/installed-dev ## Ask the demo again for the examples of the OpenAPI document, into docs/examples
	@$(BIN)/python -m pytest --quiet tests/seeded/writing_examples.py
	@$(AT_REST) $(BIN)/python manage.py spectacular --file docs/openapi.yaml

lint: .venv/installed-dev ## Check style, types, layers, migrations, the OpenAPI document and production settings
	@failed=(); \
	check() { name=$$1; shift; if said=$$("$$@" 2>&1); then echo "passed  $$name"; \
		else echo "FAILED  $$name"; echo "$$said"; failed+=("$$name"); fi; }; \
	check "style" $(BIN)/ruff check --output-format concise .; \
	check "format" $(BIN)/ruff format --check --quiet .; \
	check "types" env $(AT_REST) $(BIN)/mypy; \
	check "layers" $(BIN)/lint-imports --no-logo; \
	check "migrations" env $(AT_REST) $(BIN)/python manage.py makemigrations --check --dry-run; \
	check "system" env $(AT_REST) $(BIN)/python manage.py check --fail-level WARNING; \
	check "production settings" env $(AS_DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING; \
	check "OpenAPI document" env $(AT_REST) $(BIN)/python -m pytest --quiet tests/contracts/test_openapi.py; \
	if (( $${#failed[@]} )); then printf '\nFailed:'; printf ' %s;' "$${failed[@]}"; echo; exit 1; fi

lock: .venv/installed-dev ## Resolve the dependencies of pyproject.toml again (all of them: make lock UPGRADE=--upgrade)
	@$(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	@$(LOCK) $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

.venv/bin/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo "Python 3.11 or later is needed; found $$($(or $(PYTHON),python3) --version 2>&1 || true)." \
	"Install one, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Python: making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python could not make .venv." \
	"On Debian and Ubuntu, install the package python3-venv and try again." >&2; exit 1; }

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Packages: installing $$(grep -c == requirements.txt) into .venv, each checked against its hash (half a minute)"
	@$(INSTALL) --requirement requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "Packages: installing $$(grep -c == requirements-dev.txt) into .venv, each checked against its hash (a minute)"
	@$(INSTALL) --requirement requirements-dev.txt
	@touch .venv/installed $@

tests/node_modules/installed: tests/package-lock.json tests/package.json
	@command -v npm >/dev/null || { echo "npm was not found. It fetches what the tests need to look at pages and at the" \
	"OpenAPI document. Install it (Debian: apt-get install nodejs npm)." >&2; exit 1; }
	@echo "npm: installing $$(grep -c integrity $<) packages into tests/node_modules, each checked against its hash"
	@npm ci --prefix tests --silent --ignore-scripts --no-audit --no-fund
	@touch $@

.env: | .venv/bin/python
	@umask 077; $(BIN)/python -c 'import secrets; print(f"SECRET_KEY={secrets.token_urlsafe(50)}\nDEMO=1")' > $@

.PHONY: _port-is-free
_port-is-free: | .venv/bin/python
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || \
	{ echo "Port $(PORT) of 127.0.0.1 is taken. Stop what runs there, or choose another: make run PORT=8001" >&2; exit 1; }
