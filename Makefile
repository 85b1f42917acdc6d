# make report   set up, and make the report of the fictitious sample
# make quick    set up, and check what two minutes can check
# make test     set up, and run every check
# The rest is listed by `make help`.

PYTHON ?= python3
BIN := .venv/bin
# Files stay together for what their tests share; tests/conftest.py puts the long ones in front.
SPREAD := --numprocesses=logical --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help report quick test check coverage study docs format lab lock clean environment

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

report: ## Set up, and make the report of the fictitious sample in reports/
	@$(PYTHON) tools/setup_environment.py run
	$(BIN)/balanstest report data/sample/balanstest.toml

quick: environment ## Check what two minutes can check: format, lint, layers and the quick tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -m "not slow" $(SPREAD)

test: check ## Set up, and run every check

check: environment ## The same as test: format, lint, types, layers, tests and doctests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest --slice --durations=25 $(SPREAD)

coverage: environment ## Tell which lines the quick tests do not run
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not slow" $(SPREAD)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

study: ## Run every case of the slow tests, and the long studies again: calibration, fuzz, reading, every kind of report, exports and more
	@$(PYTHON) tools/setup_environment.py dev
	$(BIN)/pytest -m slow $(SPREAD)
	$(BIN)/python -m studies.calibration
	$(BIN)/python -m studies.monotone
	$(BIN)/python -m studies.stability
	$(BIN)/python -m studies.rebuilt
	$(BIN)/python -m studies.dossiers
	$(BIN)/python -m studies.profile_limits
	$(BIN)/python -m studies.fuzz
	$(BIN)/python -m studies.reading
	$(BIN)/python -m studies.disclosure
	$(BIN)/python -m studies.usefulness
	$(BIN)/python -m studies.delivered_files
	$(BIN)/python -m studies.report_matrix
	$(BIN)/python -m studies.faults
	$(BIN)/python -m studies.endured_faults
	$(BIN)/python -m studies.hostile_quarter
	$(BIN)/python -m studies.awkward_exports
	$(BIN)/python -m studies.planted_persons
	$(BIN)/python -m studies.verify
	$(BIN)/python -m studies.word_files
	$(BIN)/python -m studies.site_pages

docs: environment ## Build the documentation in docs/_build/
	$(BIN)/sphinx-build --fail-on-warning --quiet docs docs/_build
	@echo docs/_build/index.html

environment:
	@$(PYTHON) tools/setup_environment.py dev

format: environment ## Format the code, and repair what lint can repair
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lab: ## Set up JupyterLab, and open it on notebooks/; `make lab OPTIONS=--no-browser` passes on
	@$(PYTHON) tools/setup_environment.py lab
	$(BIN)/balanstest lab notebooks $(OPTIONS)

# The later locks keep to the versions of the first. Newer versions: `make lock LOCK=--upgrade`.
COMPILE = uv pip compile pyproject.toml --quiet --generate-hashes --universal \
	--python-version 3.11 --no-header --no-annotate --extra fast $(LOCK)

lock: ## Write the lock files in requirements/ again (needs uv)
	$(COMPILE) --group build --output-file requirements/run.txt
	$(COMPILE) --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) --group build --extra lab --constraint requirements/run.txt --output-file requirements/lab.txt

clean: ## Remove the environment and the caches; reports and studies stay
	rm -rf .venv .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
