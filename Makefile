# Short words for what the README spells out; nothing here is needed to run or test Amends.
PYTHON := .venv/bin/python

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run:  ## set up once and serve
	python3 backend

test:  ## every test, the browser's included
	python3 tests

fast:  ## the rules and the order of the house
	python3 tests tests/rules tests/architecture

browser:  ## the browser's tests alone
	python3 tests tests/browser tests/extension

format:  ## Python as ruff writes it, JavaScript as Biome writes it
	$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .
	$(PYTHON) -m tests.extension.npm_checks biome check --write

texts:  ## the texts of code and templates, into the catalogues
	$(PYTHON) backend/texts.py

versions:  ## the newest versions of everything, into constraints.txt
	head -2 constraints.txt > constraints.new
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links pyproject.toml >> constraints.new
	mv constraints.new constraints.txt

image:  ## the container image
	docker build --tag amends .

.PHONY: help run test fast browser format texts versions image
