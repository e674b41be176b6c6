#!/bin/sh
# Crawl the sites of sites.txt again and again: what cron does, for a container. Stops at once when told to.
trap 'exit 0' TERM INT
while :; do
    scrapy crawl wordpress -a site=@sites.txt &
    wait $!
    sleep "${CRAWL_EVERY_SECONDS:-1800}" &
    wait $!
done
