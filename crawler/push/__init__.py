"""What sites send us when they publish: pings, WebSub, rssCloud, a webhook.

One module per protocol, pure; ``receiver`` is the HTTP server in front of them. A push brings no content: it says that
a site that is followed has changed, and the site is looked at sooner.
"""
