FROM python:3.11.11-slim-bookworm AS base

RUN useradd --create-home --uid 1000 presswalk
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt --constraint constraints.txt
COPY scrapy.cfg ./
COPY crawler crawler
COPY pipelines pipelines
COPY deploy deploy
RUN install -d -o presswalk /app/data /app/data/spill /app/out
USER presswalk
ENV PYTHONUNBUFFERED=1
CMD ["scrapy", "list"]

# With Chromium, and what the Node that Playwright brings along needs. A container allows it no sandbox of its own: the container is one (docs/browser.md).
FROM base AS browser
USER root
RUN apt-get update && apt-get install --yes --no-install-recommends chromium libatomic1 && rm -rf /var/lib/apt/lists/*
USER presswalk
ENV BROWSER_SANDBOX=0

# What is built unless a target is named.
FROM base
