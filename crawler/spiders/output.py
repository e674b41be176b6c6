"""What the spiders yield."""

from scrapy import Request

from crawler.items import Article, Missing

Output = Request | Article | Missing
