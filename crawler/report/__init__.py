"""What is stored, as one page to look at: figures -> model -> charts -> HTML.

Pure functions, but for the drawing.
"""
