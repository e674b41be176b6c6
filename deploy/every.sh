#!/bin/sh
# Crawl the sites of sites.txt again and again: what cron does, for a container. A crawl under way ends cleanly.
child=
trap 'kill -TERM "$child" 2>/dev/null; wait "$child"; exit 0' TERM INT
while :; do
    scrapy crawl wordpress -a site=@sites.txt &
    child=$!
    wait "$child"
    sleep "${CRAWL_EVERY_SECONDS:-1800}" &
    child=$!
    wait "$child"
done
