"""What is stored, as one page to look at: figures of the database -> a model -> charts and HTML. Pure, but for the drawing."""
