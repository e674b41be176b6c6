FROM python:3.11.11-slim-bookworm

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
