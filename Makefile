# make setup                             only set up: .venv/bin/scrapy works after it
# make crawl SITE=https://news.example   set up, crawl, show what was found
# make demo                              the same on a small site that runs on this machine
# make test                              set up what the tests need and run them
# make articles                          list the newest articles in the database
# make db                                keep the embedded MongoDB running, for mongosh, Compass or a notebook
# make bench-reading                     how well and how fast pages are read, beside other readers
# make bench-routes                      what crawls of a real WordPress cost (Debian's packages), held against targets
# make bench-copies                      how surely copies of a text are found and told from others
# make bench-asking                      what commands that ask cost, by how much is stored
# make bench                             what crawls cost the crawler, beside what Scrapy alone costs
# make fuzz                              mutations of pages, feeds, sitemaps, dates and addresses on their readers
# make drill                             kills, outages and long crawls: nothing is lost, nothing is stored twice
# make drill-work                        workers that are killed, frozen and cut off; a thousand sites (Debian's nats-server)
# make bench-push                        from a ping to the article in the database, and a flood of pings
# make bench-browser                     what a page costs in Chromium, beside plain HTTP
# make lint                              ruff and mypy

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Quiet twice: the pip of Python 3.11 warns that lxml has no extra "html_clean", which newer ones know by "html-clean".
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: crawl demo test lint articles db setup bench-reading bench-routes bench-copies bench-asking bench-push bench-browser bench fuzz drill drill-work
.DEFAULT_GOAL := help

.PHONY: help
help:
	@sed -n 's/^# make/make/p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Presswalk needs Python 3.11 or later; set PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/crawl.stamp: requirements.txt constraints.txt | $(BIN)/python
	@echo "Installing what a crawl needs into $(VENV) …"
	@$(PIP) --requirement requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt requirements-analysis.txt $(VENV)/crawl.stamp
	@echo "Installing what the tests need into $(VENV) …"
	@$(PIP) --requirement requirements-dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/test.stamp
	@echo "Installing what the benchmark of the reader needs into $(VENV) …"
	@$(PIP) --upgrade pip  # the one that Python 3.11 brings fails where two packages ask for the same extra of a third
	@$(PIP) --requirement requirements-bench.txt
	@touch $@

setup: $(VENV)/crawl.stamp

crawl: setup
	@test -n "$(SITE)" || { echo "Which site? make crawl SITE=https://news.example"; exit 2; }
	@$(BIN)/scrapy crawl wordpress -a 'site=$(SITE)' $(ARGS)

demo: setup
	@$(BIN)/python -m demo.crawl

articles: setup
	@$(BIN)/scrapy articles $(ARGS)

db: setup
	@$(BIN)/scrapy db

lint: $(VENV)/test.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

test: lint
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

bench-reading: $(VENV)/bench.stamp
	@$(BIN)/python -m benchmarks.reading $(ARGS)

bench-routes: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.routes $(ARGS)

bench-copies: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.copies $(ARGS)

bench-asking: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.asking $(ARGS)

bench: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.speed $(ARGS)

fuzz: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.fuzz $(ARGS)

drill: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.drills kills
	@$(BIN)/python -m benchmarks.drills outages
	@$(BIN)/python -m benchmarks.drills memory

drill-work: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.work failures
	@$(BIN)/python -m benchmarks.work takeover
	@$(BIN)/python -m benchmarks.work crowd

bench-push: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.push $(ARGS)

bench-browser: $(VENV)/test.stamp
	@$(BIN)/python -m benchmarks.browser $(ARGS)
