# The commands of the project; `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
SIZES ?= 10000 100000
ARGS ?=
export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help run test check bench serve test-faults format lock licences sbom translations pictures password

help: ## List these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: .venv/installed ## Try the catalogue: environment, database, real records, a staff user, and serve it
	@$(BIN)/python -m catalogue.local

test: .venv/installed-dev ## Run the whole suite on SQLite and on PostgreSQL, side by side
	$(BIN)/python -m tests.both $(ARGS)

test-faults: .venv/installed-dev ## Kill processes, fill disks, take databases away: what must hold then (a few minutes)
	TEST_DATABASE=sqlite $(BIN)/python -m pytest tests/faults -m faults $(ARGS)

check: .venv/installed-dev ## Lint, format, types, import contracts, migrations, translations, licences, deployment checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.translations
	@$(BIN)/python -m tests.licences >/dev/null
	$(BIN)/python -m tests.bill_of_materials
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=example.org \
		DATABASE_URL=sqlite:// INSECURE_HTTP=0 DEBUG=0 VAR_DIR=.venv/var \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/installed ## Print what each page costs, in multiples of a page that says nothing (bench/README.md)
	@for size in $(SIZES); do $(BIN)/python -m bench.load $$size || exit 1; done

serve: .venv/installed ## Serve as in production: settings from the environment, hashed static files
	$(BIN)/python manage.py collectstatic --noinput -v0
	MALLOC_ARENA_MAX=2 exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers $(WORKERS) \
		--blocking-threads 4 --no-ws catalogue.wsgi:application

format: .venv/installed-dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/installed-dev ## Compile requirements/*.txt from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --output-file requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --extra s3 \
		--custom-compile-command "make lock" --constraint requirements/run.txt --output-file requirements/s3.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --group dev \
		--extra s3 --custom-compile-command "make lock" --constraint requirements/run.txt --output-file requirements/dev.txt

licences: .venv/installed-dev ## List what runs with the catalogue, with its licences; fail on one that is not allowed
	@$(BIN)/python -m tests.licences

sbom: .venv/installed-dev ## Write docs/sbom.json, the bill of materials, of requirements/run.txt
	$(BIN)/python -m tests.bill_of_materials --update

translations: .venv/installed-dev ## Collect new texts into locale/ and compile them (needs Debian's gettext)
	$(BIN)/python -m tests.translations --update

pictures: .venv/installed-dev ## Draw the pictures of the staff's manual and of the README again (needs Chromium)
	TEST_DATABASE=sqlite $(BIN)/python -m pytest tests/browser/pictures.py -q $(ARGS)

password: .venv/installed ## Give the staff user of `make run` a new random password
	@$(BIN)/python -m catalogue.local --new-password

.venv/bin/python:
	@echo "· making the environment (.venv)"
	@$(PYTHON) -m venv .venv || { echo "python3-venv is missing: apt install python3-venv"; rm -rf .venv; exit 1; }

.venv/installed: requirements/run.txt | .venv/bin/python
	@echo "· installing the pinned dependencies"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed
	@echo "· installing the pinned dependencies of the tests"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
