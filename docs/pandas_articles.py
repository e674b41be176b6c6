"""Articles in pandas: what is published where and when, about what, and what of it changes.

    pip install --constraint constraints.txt --requirement requirements-analysis.txt
    make db                                        # prints the URI of the embedded database; or use your own
    MONGODB_URI=… python docs/pandas_articles.py

An export does as well, without a database:  scrapy articles --limit 0 -o articles.parquet
                                             pandas.read_parquet("articles.parquet")
"""

import os
import sys

import pandas
from pymongo import MongoClient

FIELDS = (
    "site",
    "published_at",
    "last_change",
    "language",
    "categories",
    "word_count",
    "revision",
)

if not (uri := os.environ.get("MONGODB_URI")):
    sys.stderr.write("MONGODB_URI is not set: it names the database; make db prints that of the embedded one\n")
    sys.exit(2)

with MongoClient(uri, tz_aware=True) as client:
    found = client[os.environ.get("MONGODB_DATABASE", "presswalk")]["articles"].find({}, dict.fromkeys(FIELDS, 1))
    articles = pandas.DataFrame(found, columns=FIELDS)

latest = articles["last_change"].str  # what the site last did with each: see docs/schema.md
articles["kind"], articles["fields"] = latest["kind"], latest["fields"]

dated = articles.dropna(subset=["published_at"]).set_index("published_at").sort_index()

print("Articles per site and year")
print(dated.groupby(["site", dated.index.year]).size().unstack(fill_value=0).to_string(), "\n")

print("Articles by hour of the day (UTC)")
by_hour = dated.groupby(dated.index.hour).size()
print(by_hour.sort_values(ascending=False, kind="stable").head(3).to_string(header=False), "\n")

print("Categories, by articles and words")
filed = articles.explode("categories").groupby("categories")["word_count"].agg(["size", "mean"]).round(1)
print(filed.sort_values(["size", "mean"], ascending=False).head(5).to_string(), "\n")

print("Languages")
print(articles["language"].value_counts().to_string(header=False), "\n")

# As scrapy articles --changed has it: a revision may also be of what was only read otherwise.
changed = articles[(articles["revision"] > 0) & (articles["kind"] != "added")]
print(f"{len(changed)} of {len(articles)} have changed since they were found; what changed:")
print(changed.explode("fields")["fields"].value_counts().to_string(header=False))
