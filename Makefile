# The doors of the project.  Each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test check bench model docs fix clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Recours needs Python 3.11 or later: apt-get install python3, or make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "The module venv is missing: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup            ## the story on the shipped mailbox, from import to papers
	@$(BIN)/recours demo

test: setup            ## every test, those in a real browser too
	@$(BIN)/python -m tools.programs
	@$(BIN)/pytest -n auto --dist loadfile

check: setup           ## format, lint, strict types, import layers, packs, docs in step, translations complete
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/recours law test
	$(BIN)/python -m tools.docs --check
	$(BIN)/python -m tools.translations

bench: setup           ## speed and accuracy; figures on standard output
	$(BIN)/python -m bench.whole_process
	$(BIN)/python -m bench.find --mb 100
	$(BIN)/python -m bench.accuracy
	$(BIN)/python -m bench.questions
	$(BIN)/python -m bench.law
	$(BIN)/python -m bench.web
	$(BIN)/python -m bench.papers
	$(BIN)/python -m bench.today

model: setup           ## fit the classifiers of acts and problems again (their own set-up beside: scikit-learn)
	@$(PYTHON) -m venv $(VENV)-model
	@$(VENV)-model/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-model.lock
	@$(VENV)-model/bin/pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(VENV)-model/bin/python -m tools.acts_model
	$(VENV)-model/bin/python -m tools.problem_model

docs: setup            ## write again what is generated
	$(BIN)/python -m tools.docs

fix: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(VENV)-model build dist demo out
