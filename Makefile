# make run    set up once, then serve the dashboard on http://localhost:8501
# make test   set up once, then every test, the browser's included
# make check  format, lint, types, layers, tests

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

.PHONY: run test test-engines check format lint types layers messages evaluate bench-read bench-map bench-start bench-import screenshots clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed
	$(BIN)/streamlit run dashboard.py --server.port $(PORT)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

# The store on PostgreSQL and on Spark, beside DuckDB. Starts them itself; needs `apt-get install postgresql` and Java 17.
test-engines: $(VENV)/.installed-engines
	$(BIN)/python -m pytest -m engines -n 0 tests/engines

check: lint types layers test

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports

# The reader measured against hand-coded reports: CORPUS holds CODEBOOK, dev.json, dev/ and score.py, REPORTS the five texts.
CORPUS  ?= ../shared/corpus
REPORTS ?= ../shared/reports

evaluate: $(VENV)/.installed-dev
	$(BIN)/python -m events.reading.evaluate --corpus $(CORPUS) --reports $(REPORTS) --write docs/evaluation.md

bench-read: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.bench_read $(CORPUS)/dev

# The map at 10^3 to 10^7 events, beside other ways to draw them; SIZES=1000,100000 does less.
SIZES ?= 1000,10000,100000,1000000,10000000

bench-map: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.bench_map --sizes $(SIZES)

# A cold start and what a visitor costs, beside a page with one marker.
bench-start: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.bench_start

# A million rows of UCDP GED's shape into a store, beside DuckDB reading them. GED: a release of which they are made.
GED ?= ../shared/data/ged_syria_2016_2019.csv

bench-import: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.bench_import $(GED) --write docs/import-speed.md

# The translators' catalogues, brought up to the strings in the source.
messages: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -k _ -k N_ -k ngettext:1,2 --no-location --sort-by-file --no-wrap --project Furat -o events/locale/furat.pot events
	$(BIN)/pybabel -q update -l ar -D furat --no-wrap --no-fuzzy-matching --ignore-obsolete -d events/locale -i events/locale/furat.pot

screenshots: $(VENV)/.installed-dev
	$(BIN)/python -m tests.screenshots docs/screenshots

clean:
	rm -rf $(VENV)

# A stamp a requirements file: set-up runs again only when the file changes.
$(VENV)/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Furat needs Python 3.11 or newer; found $$($(PYTHON) --version). Name one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV), once; this takes a minute."
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Setting up the tests, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m tests.chromium
	touch $@

$(VENV)/.installed-engines: requirements-engines.txt $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-engines.txt
	touch $@
