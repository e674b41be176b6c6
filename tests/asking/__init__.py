"""What is asked of the database, and how it is shown; without a database."""
