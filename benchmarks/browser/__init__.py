"""What a page costs in a browser, beside plain HTTP."""
