# Everything runs in .venv, made here on first use from PYTHON (3.10 or later, with pip and venv).
# A stamp file in it remembers what was installed: nothing is installed twice while pyproject.toml stands still.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet
ALL    := -m "slow or not slow or e2e"

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format format-check lint types test-slow test-all chromium libreoffice shells integrations pot bench \
        bench-formats docs site clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

demo: $(VENV)/.run ## lint examples/foreign-desk.txt and show the findings
	@$(BIN)/attrlint check --exit-zero examples/foreign-desk.txt

test: $(VENV)/.dev ## run the quick tests
	@$(BIN)/python -m pytest -q

check: format-check lint types test-all ## everything a change must pass: format, lint, types, all tests

format: $(VENV)/.dev ## rewrite the code in the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --quiet --fix --exit-zero --select I .

format-check: $(VENV)/.dev
	@$(BIN)/ruff format --check .

lint: $(VENV)/.dev ## lint the code with ruff
	@$(BIN)/ruff check .

types: $(VENV)/.dev ## check the types with mypy --strict
	@$(BIN)/mypy

test-slow: $(VENV)/.dev chromium libreoffice shells integrations
	@$(BIN)/python -m pytest -q -m "slow or e2e"

test-all: $(VENV)/.dev chromium libreoffice shells integrations
	@$(BIN)/python -m pytest -q $(ALL)

# Pages are tested in a Chromium and places in Markdown against pandoc. Where there is none, Debian's is installed by who
# may; else those tests are skipped.
chromium:
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || [ -n "$$CHROMIUM" ] || \
	  [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes chromium >/dev/null; } || \
	  echo "no Chromium could be installed: the tests of pages are skipped"
	@command -v pandoc >/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes pandoc >/dev/null; } || \
	  echo "pandoc could not be installed: its tests are skipped"

# Word and OpenDocument files are opened and saved again by a LibreOffice, in the same way.
libreoffice:
	@command -v soffice >/dev/null || [ -n "$$SOFFICE" ] || \
	  [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes libreoffice-writer-nogui python3-uno >/dev/null; } || \
	  echo "no LibreOffice could be installed: the tests of Word and OpenDocument files in it are skipped"

# Completion is tested in the shells themselves, the man page in man.
shells:
	@{ command -v zsh && command -v fish && command -v man; } >/dev/null || \
	  [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends fish man-db zsh >/dev/null; } || \
	  echo "no shells could be installed: the tests of completion and of the man page are skipped"

# The WordPress plugin is tested in WordPress, the JavaScript client in the editors it is made for: from npm and Debian.
PHP := php-cli php-curl php-mbstring php-mysql php-sqlite3 php-xml php-codesniffer mariadb-server-core gettext
integrations: tests/npm/node_modules/.stamp tests/debian/files/.stamp
	@{ command -v php && command -v phpcs && command -v xgettext && command -v mariadb-install-db && php -m | grep mysqli; } >/dev/null || \
	  [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $(PHP) >/dev/null; } || \
	  echo "no PHP could be installed: the tests of the WordPress plugin are skipped"

tests/npm/node_modules/.stamp: tests/npm/package.json
	@! command -v npm >/dev/null || { npm install --prefix tests/npm --no-package-lock --no-audit --no-fund --silent && touch $@; } || \
	  echo "npm could not fetch WordPress and the editors: their tests are skipped"

tests/debian/files/.stamp: tests/debian/fetch
	@! command -v apt-get >/dev/null || { tests/debian/fetch && touch $@; } || \
	  echo "apt could not fetch WordPress and PHP 7.4 from Debian: their tests are skipped"

pot: $(VENV)/.dev ## write the strings of the plugins for WordPress and Wagtail into their templates for translators
	@integrations/wordpress/make-pot
	@cd integrations/wagtail/attrlint_wagtail && $(CURDIR)/$(BIN)/django-admin makemessages --locale en --add-location file --no-wrap

bench: $(VENV)/.run ## time attrlint against proselint and retext-intensify (ARGS="--articles news.jsonl")
	@$(BIN)/python bench/run.py $(ARGS)

bench-formats: $(VENV)/.run ## time the same articles as plain text, Markdown, HTML and ninjs
	@$(BIN)/python bench/formats.py $(ARGS)

docs: $(VENV)/.dev ## write the generated parts of README.md and rules/README.md
	@$(BIN)/python docs/generate.py

site: $(VENV)/.dev ## build the documentation as a site in build/site
	@$(BIN)/properdocs build --strict

clean: ## remove everything that these targets made
	rm -rf $(VENV) bench/.venv bench/node_modules tests/npm/node_modules tests/debian/files build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find attrlint tests docs bench -name __pycache__ -type d -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	  echo "attrlint needs Python 3.10 or later; say which one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(PIP) --editable ".[test,dev]"
	@touch $@ $(VENV)/.run
